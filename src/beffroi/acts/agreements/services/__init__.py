"""Every write on agreements: drafting, signing, following, partners and places."""

from beffroi.acts.agreements.services.base import AgreementOver, AlreadyMoved
from beffroi.acts.agreements.services.drafting import (
    ClauseDraft,
    add_clauses,
    draft,
    draft_piis,
    draft_transit,
    draft_work,
    drop_clause,
    note_needs,
    set_terms,
)
from beffroi.acts.agreements.services.extracting import extract_agreements
from beffroi.acts.agreements.services.following import (
    count_month,
    evaluate,
    finish,
    mark_clause,
    read_agreement,
    renew_transit,
    start,
)
from beffroi.acts.agreements.services.papers import write_paper
from beffroi.acts.agreements.services.partners import (
    keep_partner,
    keep_place,
    read_list,
    take_place,
)
from beffroi.acts.agreements.services.signing import (
    amend,
    give_up_amendment,
    lacks_of,
    propose,
    sign,
    sign_amendment,
    take_back,
)

__all__ = [
    "extract_agreements",
    "AgreementOver", "AlreadyMoved", "ClauseDraft", "add_clauses", "amend", "count_month", "draft",
    "draft_piis", "draft_transit", "draft_work", "drop_clause", "evaluate", "finish",
    "give_up_amendment", "keep_partner", "keep_place", "lacks_of", "mark_clause", "note_needs",
    "propose", "read_agreement", "read_list", "renew_transit", "set_terms", "sign",
    "sign_amendment", "start", "take_back", "take_place", "write_paper",
]  # fmt: skip
