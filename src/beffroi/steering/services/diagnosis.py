"""The diagnosis of a plan: editions of the ISADF read from a file, needs in words."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput
from beffroi.core.versions import update_at_version
from beffroi.rules.isadf import OutsideScale, UnknownEdition, edition, position
from beffroi.steering.enums import Priority
from beffroi.steering.models import DiagnosisItem, IsadfImport, IsadfValue, Line, Plan, Right
from beffroi.steering.permissions import can_steer
from beffroi.steering.services.base import must, trace

COLUMNS = ("edition", "ins", "droit", "valeur", "moyenne_regionale", "rang")
#: Lines of a file that are read: an edition has some fifteen rights.
_MOST = 200
_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class ItemDraft:
    """A need as it is noted: what, from where it is known, how soon, which rights and lines."""

    need: str
    source: str
    priority: int
    rights: tuple[Right, ...]
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class _Row:
    edition: int
    nis: str
    name: str
    value: Decimal
    mean: Decimal | None
    rank: int | None


def _refuse(words: str) -> InvalidInput:
    return InvalidInput(_("Rien n’est importé."), {"file": words})


@transaction.atomic
def import_isadf(
    *, plan: Plan, content: str, source: str, is_fictional: bool = False, by: Actor, at: datetime
) -> IsadfImport:
    """This function will read the values of one commune in one edition; they replace that edition’s.

    Raises: NotAllowed; InvalidInput for an edition whose direction is not known, several editions
    or communes in one file, a right given twice, or a value that the edition cannot give.
    """
    must(can_steer(by))
    if not source.strip():
        raise InvalidInput(_("Rien n’est importé."), {"source": _("D’où viennent ces valeurs ?")})
    rows = _read(content)
    years, places = {row.edition for row in rows}, {row.nis for row in rows}
    if len(years) > 1:
        raise _refuse(
            _("Plusieurs éditions dans un fichier : leurs valeurs ne vont pas dans le même sens.")
        )
    if len(places) > 1:
        raise _refuse(_("Plusieurs communes dans un fichier : importez celle du plan."))
    year = years.pop()
    IsadfImport.objects.filter(plan=plan, edition=year).delete()
    held = IsadfImport.objects.create(
        plan=plan, edition=year, nis=places.pop(), source=source.strip()[:300],
        is_fictional=is_fictional, imported_at=at,
    )  # fmt: skip
    rights = {one.name.casefold(): one for one in Right.objects.filter(programme=plan.programme_id)}
    IsadfValue.objects.bulk_create(
        IsadfValue(
            edition=held, name=row.name, right=rights.get(row.name.casefold()), value=row.value,
            regional_mean=row.mean, rank=row.rank,
        )
        for row in rows
    )  # fmt: skip
    detail = {"edition": year, "rights": len(rows)}
    trace(plan, "isadf.import", by=by, at=at, ref=plan.key, detail=detail)
    return held


def _read(content: str) -> list[_Row]:
    head = content.lstrip("\ufeff").partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(content.lstrip("\ufeff")), delimiter=";" if ";" in head else ","
    )
    lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise _refuse(_("Colonnes qui manquent : %(names)s.") % {"names": ", ".join(lacking)})
    rows = [_row(given, number) for number, given in enumerate(reader, 2) if number <= _MOST]
    if not rows:
        raise _refuse(_("Le fichier n’a pas de ligne."))
    names = [row.name.casefold() for row in rows]
    twice = sorted({row.name for row in rows if names.count(row.name.casefold()) > 1})
    if twice and len({row.edition for row in rows}) == len({row.nis for row in rows}) == 1:
        raise _refuse(_("Ce droit est deux fois dans le fichier : %(name)s.") % {"name": twice[0]})
    return rows


def _row(given: Mapping[str, str | None], number: int) -> _Row:
    text = {name: (given.get(name) or "").strip() for name in COLUMNS}
    where = {"line": number}
    try:
        year = int(text["edition"])
        value, mean = _number(text["valeur"]), text["moyenne_regionale"]
        row = _Row(
            year, text["ins"], text["droit"][:160], value, _number(mean) if mean else None,
            int(text["rang"]) if text["rang"] else None,
        )  # fmt: skip
    except (ValueError, InvalidOperation):
        raise _refuse(_("Ligne %(line)s : un nombre ne se lit pas.") % where) from None
    if not (
        row.name and len(row.nis) == 5 and row.nis.isdigit() and (row.rank is None or row.rank >= 1)
    ):
        raise _refuse(_("Ligne %(line)s : le droit, le code INS ou le rang ne se lit pas.") % where)
    try:
        for one in (row.value, row.mean):
            if one is not None:
                position(one, year)
    except UnknownEdition:
        raise _refuse(_("L’édition %(year)s n’est pas connue : on ne sait pas dans quel sens la lire.") % {"year": year}) from None  # fmt: skip
    except OutsideScale:
        read = edition(year)
        bounds = {**where, "least": read.least, "most": read.most, "year": year}
        raise _refuse(_("Ligne %(line)s : l’édition %(year)s va de %(least)s à %(most)s.") % bounds) from None  # fmt: skip
    return row


def _number(text: str) -> Decimal:
    found = Decimal(text.replace(",", "."))
    if not found.is_finite():
        raise InvalidOperation
    return found.quantize(_PLACES)


@transaction.atomic
def link_value(*, value: IsadfValue, right: Right, by: Actor, at: datetime) -> IsadfValue:
    """This function will say which right of the plan an imported name stands for.

    Raises: NotAllowed; InvalidInput for a right of another programme.
    """
    must(can_steer(by))
    plan = value.edition.plan
    if right.programme_id != plan.programme_id:
        raise InvalidInput(
            _("Ce lien n’est pas enregistré."), {"right": _("Ce droit n’est pas de ce programme.")}
        )
    IsadfValue.objects.filter(pk=value.pk).update(right=right)
    value.refresh_from_db()
    trace(plan, "isadf.link", by=by, at=at, ref=plan.key, detail={"name": value.name})
    return value


def _faults(plan: Plan, draft: ItemDraft) -> dict[str, str]:
    faults = {}
    if not draft.need.strip():
        faults["need"] = _("Quel besoin avez-vous observé ?")
    if not draft.source.strip():
        faults["source"] = _("D’où le savez-vous ?")
    if draft.priority not in Priority.values:
        faults["priority"] = _("Cette priorité n’existe pas.")
    if not draft.rights or any(one.programme_id != plan.programme_id for one in draft.rights):
        faults["rights"] = _("Choisissez un droit au moins, de ce programme.")
    if any(one.plan_id != plan.pk for one in draft.lines):
        faults["lines"] = _("Une de ces lignes n’est pas de ce plan.")
    return faults


@transaction.atomic
def note_need(
    *, plan: Plan, draft: ItemDraft, item: DiagnosisItem | None = None, version: int = 0,
    by: Actor, at: datetime,
) -> DiagnosisItem:  # fmt: skip
    """This function will note a need of the diagnosis, or write `item` anew from its `version`.

    Raises: NotAllowed; InvalidInput; EditConflict when somebody wrote meanwhile.
    """
    must(can_steer(by))
    faults = _faults(plan, draft)
    if faults:
        raise InvalidInput(_("Ce constat n’est pas enregistré."), faults)
    values = {
        "need": draft.need.strip()[:500], "source": draft.source.strip()[:300],
        "priority": Priority(draft.priority),
    }  # fmt: skip
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if item is None:
        last = DiagnosisItem.objects.filter(plan=plan).order_by("-number").first()
        item = DiagnosisItem.objects.create(
            plan=plan, number=last.number + 1 if last else 1, noted_date=timezone.localdate(at),
            **values,
        )  # fmt: skip
    else:
        update_at_version(
            DiagnosisItem.objects.all(), pk=item.pk, version=version, changes=values,
            said=_("Quelqu’un vient de changer ce constat."),
        )  # fmt: skip
        item.refresh_from_db()
    _link(item, draft.rights, draft.lines)
    trace(item, "diagnosis.note", by=by, at=at, ref=f"{plan.key}/{item.number}")
    return item


def _link(item: DiagnosisItem, rights: Iterable[Right], lines: Iterable[Line]) -> None:
    item.rights.set(rights)
    item.lines.set(lines)


@transaction.atomic
def retire_need(*, item: DiagnosisItem, on: date, by: Actor, at: datetime) -> DiagnosisItem:
    """This function will say from which day a need is no longer observed.

    Raises: NotAllowed; InvalidInput before it was noted, or for a need retired already.
    """
    must(can_steer(by))
    rows = DiagnosisItem.objects.filter(pk=item.pk, retired_date__isnull=True, noted_date__lte=on)
    if not rows.update(retired_date=on):
        raise InvalidInput(
            _("Ce constat n’est pas retiré."), {"on": _("Le jour où il a été noté, ou après.")}
        )
    item.refresh_from_db()
    trace(item, "diagnosis.retire", by=by, at=at, ref=f"{item.plan.key}/{item.number}")
    return item
