"""The letters of an index date: one batch a team, so that each leader prints her own."""

from collections import defaultdict
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from beffroi.casework import aids, sequels
from beffroi.casework.letter_facts import calculation_steps, recipient_of, worker_facts
from beffroi.casework.models import IndexLine, IndexRun
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.services.batches import MOST_LETTERS
from beffroi.documents.letters.values import Draft


def open_letters(run: IndexRun, by: Actor, at: datetime) -> list[str]:
    """This function will open the batches of letters of what was applied; their keys.

    A person without an address that may be printed gets hers by hand.
    """
    known = set(run.batches)
    teams: dict[str, list[Draft]] = defaultdict(list)
    lines = run.lines.filter(decision__isnull=False).select_related(
        "decision", "grant__file__team", "grant__file__person", "grant__file__worker"
    )
    if known:
        lines = lines.filter(decision__decided_at__gt=run.applied_at)
    for line in lines.order_by("pk"):
        teams[line.grant.file.team.name].append(_draft(run, line))
    found = []
    for team, drafts in sorted(teams.items()):
        for first in range(0, len(drafts), MOST_LETTERS):
            title = _("Index du %(day)s, %(team)s") % {
                "day": date_format(run.on_date, "j F Y"), "team": team,
            }  # fmt: skip
            batch = letters.open_batch(
                title=title, drafts=drafts[first : first + MOST_LETTERS], by=by, at=at
            )
            found.append(str(batch))
    return found


def _draft(run: IndexRun, line: IndexLine) -> Draft:
    file, decision = line.grant.file, line.decision
    assert decision is not None
    try:
        recipient = recipient_of(file, Delivery.POST)
    except InvalidInput:
        recipient = recipient_of(file, Delivery.HAND)
    return Draft(
        kind="index_change", lang=file.person.lang, owner_kind="social_file",
        owner_ref=decision.number, subject_ref=file.number, recipient=recipient,
        order=recipient.lines[-1] if recipient.lines else "",
        facts={
            **worker_facts(file),
            "aid": {
                "label": str(aids.aid(line.grant.kind).label).lower(),
                "calculation": calculation_steps(decision.computation_ref),
            },
            "index": {
                "date": run.on_date, "old_amount": line.old_amount, "new_amount": line.new_amount,
                "reason": sequels.index_texts()["reason"],
            },
        },
    )  # fmt: skip
