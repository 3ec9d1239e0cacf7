"""Every write on persons, and every reading that leaves a trace."""

from beffroi.people.services.addresses import (
    AddressDraft,
    add_address,
    change_address,
    end_address,
    open_sealed_address,
    seal_address,
    unseal_address,
)
from beffroi.people.services.bonds import (
    add_tie,
    end_tie,
    join_household,
    leave_household,
    open_household,
)
from beffroi.people.services.bulk import enter_many
from beffroi.people.services.common import UnknownPerson
from beffroi.people.services.contradictions import explain_contradiction
from beffroi.people.services.doubles import (
    dismiss_duplicate,
    find_duplicates,
    merge,
    undo_merge,
)
from beffroi.people.services.exporting import export_everything
from beffroi.people.services.identifiers import add_identifier, end_identifier
from beffroi.people.services.identity import (
    Identity,
    add_contact,
    add_language,
    add_name,
    add_person,
    change_identity,
    note_death,
    remove_contact,
    set_civil_status,
    set_languages,
)
from beffroi.people.services.index import forget_unused_words
from beffroi.people.services.keepers import name_keeper, remove_keeper
from beffroi.people.services.reading import note_list_read, read_person, search_persons
from beffroi.people.services.rights import (
    RepresentativeDraft,
    add_representative,
    end_representative,
    give_consent,
    withdraw_consent,
)
from beffroi.people.services.staff import link_staff, refresh_barred, unlink_staff
from beffroi.people.services.whole import Entry, enter_whole

__all__ = [
    "AddressDraft",
    "Entry",
    "Identity",
    "RepresentativeDraft",
    "UnknownPerson",
    "add_address",
    "add_contact",
    "add_identifier",
    "add_language",
    "add_name",
    "add_person",
    "add_representative",
    "add_tie",
    "change_address",
    "change_identity",
    "dismiss_duplicate",
    "end_address",
    "end_identifier",
    "end_representative",
    "end_tie",
    "enter_many",
    "enter_whole",
    "explain_contradiction",
    "export_everything",
    "find_duplicates",
    "forget_unused_words",
    "give_consent",
    "join_household",
    "leave_household",
    "link_staff",
    "merge",
    "name_keeper",
    "note_death",
    "note_list_read",
    "open_household",
    "open_sealed_address",
    "read_person",
    "refresh_barred",
    "remove_contact",
    "remove_keeper",
    "seal_address",
    "search_persons",
    "set_civil_status",
    "set_languages",
    "undo_merge",
    "unlink_staff",
    "unseal_address",
    "withdraw_consent",
]
