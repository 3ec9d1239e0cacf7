"""Strategic plans: opened, adopted, written element by element, each field with its history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.core.versions import update_at_version
from beffroi.steering.models import (
    Declaration,
    Element,
    ElementChange,
    Responsible,
    StrategicDecision,
    StrategicPlan,
)
from beffroi.steering.permissions import can_note_decision, can_steer
from beffroi.steering.services.base import must, trace
from beffroi.steering.strategic_enums import (
    ABOVE,
    ADOPTS,
    OBJECTIVES,
    OPEN,
    Health,
    Level,
    Organisation,
    Part,
    Quality,
    StrategicKind,
    SynergyKind,
)
from beffroi.steering.strategic_permissions import can_tell_progress
from beffroi.steering.strategic_queries import next_number

#: What a person writes of an element; links are kept apart.
FIELDS = (
    "title", "description", "responsible", "mandatary", "department", "planned_start",
    "planned_end", "effective_start", "effective_end", "weight", "fte", "synergy_kind",
    "synergy_note",
)  # fmt: skip
LINKS = ("partners", "commitments", "lines")
_TITLE = 500


@dataclass(frozen=True)
class PlanDraft:
    """What a strategic plan is, before anything stands in it."""

    key: str
    kind: str
    organisation: str
    name: str
    authority: str
    starts_date: date
    ends_date: date
    nis_code: str = ""
    notes: str = ""
    source: str = ""
    declaration: Declaration | None = None


@transaction.atomic
def open_strategic_plan(*, draft: PlanDraft, by: Actor, at: datetime) -> StrategicPlan:
    """This function will open a strategic plan, as a draft until a council adopts it.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    faults = {}
    if not draft.name.strip() or not draft.authority.strip():
        faults["name"] = _("Nommez le plan et le pouvoir local.")
    if draft.kind not in StrategicKind.values or draft.organisation not in Organisation.values:
        faults["kind"] = _("Choisissez dans la liste.")
    if draft.ends_date <= draft.starts_date:
        faults["ends_date"] = _("La fin vient après le début.")
    if draft.nis_code and not (draft.nis_code.isascii() and draft.nis_code.isdigit() and len(draft.nis_code) == 5):  # fmt: skip
        faults["nis_code"] = _("Cinq chiffres, par exemple 53053.")
    if StrategicPlan.objects.filter(key=draft.key).exists():
        faults["key"] = _("Un plan porte déjà cette clé.")
    if faults:
        raise InvalidInput(_("Ce plan n’est pas enregistré."), faults)
    made = StrategicPlan.objects.create(**vars(draft))
    trace(made, "strategic.open", by=by, at=at, ref=made.key)
    return made


@transaction.atomic
def note_strategic_decision(
    *, plan: StrategicPlan, body: str, on: date, title: str, item: str = "", adopts: bool = False,
    element: Element | None = None, by: Actor, at: datetime,
) -> StrategicDecision:  # fmt: skip
    """This function will note what a council decided of a plan; one that adopts ends the draft.

    Raises: NotAllowed; InvalidInput; WrongState when the plan is already adopted.
    """
    must(can_note_decision(by))
    if not title.strip():
        raise InvalidInput(_("Nommez la décision."), {"title": _("Une phrase suffit.")})
    if adopts and (element is not None or body != ADOPTS[Organisation(plan.organisation)]):
        label = ADOPTS[Organisation(plan.organisation)].label
        said = _("Ce plan est adopté par : %(body)s.") % {"body": label}
        raise InvalidInput(_("Cette décision n’est pas enregistrée."), {"body": said})
    made = StrategicDecision.objects.create(
        plan=plan, element=element, body=body, on_date=on, title=title.strip()[:300],
        item=item.strip()[:40], adopts=adopts,
    )  # fmt: skip
    if adopts:
        rows = StrategicPlan.objects.filter(pk=plan.pk, adopted_date__isnull=True)
        if not rows.update(adopted_date=on):
            raise WrongState(_("Ce plan est déjà adopté."))
        plan.refresh_from_db()
    trace(plan, "strategic.decide", by=by, at=at, ref=plan.key, detail={"adopts": adopts})
    return made


@transaction.atomic
def name_responsible(
    *, plan: StrategicPlan, quality: str, first_name: str, last_name: str, function: str,
    civility: str = "", said: date | None = None, phone: str = "", email: str = "",
    agent: int | None = None, by: Actor, at: datetime,
) -> Responsible:  # fmt: skip
    """This function will name who answers for things; a civility only as the person says it.

    Raises: NotAllowed; InvalidInput.
    """
    must(can_steer(by))
    faults = {}
    if not first_name.strip() or not last_name.strip():
        faults["last_name"] = _("Le prénom et le nom.")
    if not function.strip():
        faults["function"] = _("Sa fonction ou son mandat.")
    if quality not in Quality.values:
        faults["quality"] = _("Choisissez dans la liste.")
    if bool(civility) != (said is not None):
        faults["civility"] = _("Une civilité se note le jour où la personne la dit ; sinon, aucune.")  # fmt: skip
    if agent and Responsible.objects.filter(plan=plan, agent_id=agent).exists():
        faults["agent"] = _("Cet agent est déjà nommé dans ce plan.")
    if faults:
        raise InvalidInput(_("Cette personne n’est pas enregistrée."), faults)
    made = Responsible.objects.create(
        plan=plan, quality=quality, first_name=first_name.strip(), last_name=last_name.strip(),
        function=function.strip(), civility=civility, civility_said_date=said,
        phone=phone.strip(), email=email.strip(), agent_id=agent,
    )  # fmt: skip
    trace(plan, "strategic.name_responsible", by=by, at=at, ref=plan.key, detail={"pk": made.pk})
    return made


@transaction.atomic
def say_civility(
    *, person: Responsible, civility: str, said: date, by: Actor, at: datetime
) -> None:
    """This function will note the civility a person gives, or that she wants none.

    Raises: NotAllowed.
    """
    must(can_steer(by))
    Responsible.objects.filter(pk=person.pk).update(
        civility=civility, civility_said_date=said if civility else None
    )
    person.refresh_from_db()
    trace(person.plan, "strategic.say_civility", by=by, at=at, ref=person.plan.key, detail={"pk": person.pk})  # fmt: skip


def hold_plan(plan: StrategicPlan) -> None:
    """This function will hold a plan until the act ends: what stands in it opens and ends in turn."""
    StrategicPlan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def must_be_open(above: Element | None) -> None:
    """This function will refuse to open anything under what is finished or given up by now.

    Raises: WrongState.
    """
    ended = above and Element.objects.filter(pk=above.pk).exclude(state__in=OPEN).first()
    if ended:
        raise WrongState(
            _("%(above)s est : %(state)s.")
            % {"above": ended.reference, "state": str(ended.get_state_display()).lower()},
            _("Rien ne s’ouvre en dessous."),
            _("Rouvrez-le d’abord."),
        )


@transaction.atomic
def add_element(
    *, plan: StrategicPlan, level: str, parent: Element | None, values: Mapping[str, Any],
    part: str = "", by: Actor, at: datetime,
) -> Element:  # fmt: skip
    """This function will add an objective, an action or a subaction under what stands above it.

    Raises: NotAllowed; InvalidInput; WrongState under what is finished or given up.
    """
    must(can_steer(by))
    hold_plan(plan)
    above = ABOVE.get(Level(level))
    fits = (parent is None) if above is None else (
        parent is not None and parent.plan_id == plan.pk and parent.level == above
    )  # fmt: skip
    written, links = _split(values)
    faults = _faults(plan, written)
    if not fits:
        faults["parent"] = _("Choisissez sous quoi il se place.")
    if above is None and part not in Part.values:
        faults["part"] = _("Choisissez le volet.")
    if faults:
        raise InvalidInput(_("Rien n’est enregistré."), faults)
    must_be_open(parent)
    made = Element.objects.create(
        plan=plan, level=level, parent=parent, number=next_number(plan, level),
        part=part if above is None else "", **written,
    )  # fmt: skip
    for name, rows in links.items():
        getattr(made, name).set(rows)
    trace(made, "strategic.add", by=by, at=at, ref=f"{plan.key}/{made.reference}")
    return made


def _split(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields and links of what was written; an unknown name is a fault of the caller."""
    if strange := set(values) - {*FIELDS, *LINKS}:
        raise KeyError(f"not written by hand: {sorted(strange)}")
    texts = {n: v.strip() if isinstance(v, str) else v for n, v in values.items()}
    return (
        {n: v for n, v in texts.items() if n in FIELDS},
        {n: list(v) for n, v in texts.items() if n in LINKS},
    )


def _faults(plan: StrategicPlan, now: Mapping[str, Any]) -> dict[str, str]:
    faults = {}
    if not now.get("title") or len(now["title"]) > _TITLE:
        faults["title"] = _("Un intitulé, de 500 caractères au plus.")
    for first, last in (("planned_start", "planned_end"), ("effective_start", "effective_end")):
        start, end = now.get(first), now.get(last)
        if start and end and end < start:
            faults[last] = _("La fin vient après le début.")
    if now.get("effective_end") and not now.get("effective_start"):
        faults["effective_start"] = _("Ce qui a fini a commencé : donnez le jour.")
    if (now.get("fte") or 0) < 0:
        faults["fte"] = _("Zéro ou plus.")
    if now.get("weight", 1) < 1:
        faults["weight"] = _("Un poids d’au moins 1.")
    kind, note = now.get("synergy_kind", ""), now.get("synergy_note", "")
    if bool(kind) != bool(note) or (kind and kind not in SynergyKind.values):
        faults["synergy_note"] = _("Une synergie a une nature et dit en quoi elle consiste.")
    for name in ("responsible", "mandatary"):
        if now.get(name) is not None and now[name].plan_id != plan.pk:
            faults[name] = _("Cette personne n’est pas nommée dans ce plan.")
    return faults


@transaction.atomic
def edit_element(
    *, element: Element, values: Mapping[str, Any], version: int, by: Actor, at: datetime
) -> Element:
    """This function will write fields and links of an element, and keep what each said before.

    Raises: NotAllowed; InvalidInput; EditConflict when somebody wrote meanwhile.
    """
    must(can_steer(by))
    written, links = _split(values)
    before = {name: getattr(element, name) for name in FIELDS}
    if faults := _faults(element.plan, {**before, **written}):
        raise InvalidInput(_("Rien n’est enregistré."), faults)
    _write(element, written, version, by=by, at=at)
    for name, rows in links.items():
        held = list(getattr(element, name).all())
        if {row.pk for row in held} != {row.pk for row in rows}:
            getattr(element, name).set(rows)
            _keep(element, {name: (_listed(held), _listed(rows))}, by=by, at=at)
    return element


def _listed(rows: Iterable[Any]) -> str:
    return " · ".join(sorted(str(row) for row in rows))


def _write(
    element: Element, written: Mapping[str, Any], version: int, *, by: Actor, at: datetime
) -> None:
    changed = {n: v for n, v in written.items() if getattr(element, n) != v}
    if not changed and version == element.version:
        return
    update_at_version(
        Element.objects.all(), pk=element.pk, version=version, changes=changed,
        said=_("Quelqu’un vient de changer cet élément."),
    )  # fmt: skip
    kept = {n: (_said(getattr(element, n)), _said(v)) for n, v in changed.items()}
    element.refresh_from_db()
    _keep(element, kept, by=by, at=at)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _keep(
    element: Element, changes: Mapping[str, tuple[str, str]], *, by: Actor, at: datetime
) -> None:
    ElementChange.objects.bulk_create(
        ElementChange(element=element, field=name, before=old, after=new, at=at, by_label=by.label)
        for name, (old, new) in changes.items()
    )
    if changes:
        trace(
            element, "strategic.edit", by=by, at=at,
            ref=f"{element.plan.key}/{element.reference}", detail={"fields": sorted(changes)},
        )  # fmt: skip


@transaction.atomic
def tell_progress(
    *, element: Element, progress: int | None, health: str, words: str, version: int, by: Actor,
    at: datetime,
) -> Element:  # fmt: skip
    """This function will keep how far an element is, in percent, and how well it goes.

    Without a figure, progress is made again from what stands below. An objective has none of its own.

    Raises: NotAllowed; InvalidInput; EditConflict.
    """
    must(can_tell_progress(by, element))
    faults = {}
    if progress is not None and element.level in OBJECTIVES:
        faults["progress"] = _("L’avancement d’un objectif se calcule : il n’a pas le sien.")
    elif progress is not None and not 0 <= progress <= 100:
        faults["progress"] = _("De 0 à 100.")
    if health not in Health.values:
        faults["health"] = _("Choisissez dans la liste.")
    elif health != Health.GOOD and not words.strip():
        faults["words"] = _("Dites pourquoi, en une phrase.")
    if faults:
        raise InvalidInput(_("Rien n’est enregistré."), faults)
    written = {"progress": progress, "health": health, "health_words": words.strip()[:500]}
    _write(element, written, version, by=by, at=at)
    return element
