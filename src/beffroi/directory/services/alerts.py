"""What changes today: closures, the cold and heat plans, emergency numbers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.directory.enums import PlanKind
from beffroi.directory.models import AlertPlan, Closure, EmergencyNumber, Place, Service, Source
from beffroi.directory.permissions import can_switch_alert_plan
from beffroi.directory.services.facts import NewSource, kept_source
from beffroi.directory.services.writing import require_editor, written
from beffroi.directory.values import phone_value


@transaction.atomic
def add_closure(
    *,
    about: Service | Place,
    from_date: date,
    until_date: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Closure:
    """This function will announce that a service or a place is closed from a day to a day.

    Raises: NotAllowed; InvalidInput without a reason, or when the days cross.
    """
    require_editor(by)
    faults = {}
    if until_date < from_date:
        faults["until_date"] = "Le dernier jour vient avant le premier."
    if not reason.strip():
        faults["reason"] = "Écrivez ce que le public lira."
    if faults:
        raise InvalidInput("La fermeture ne peut pas être notée.", faults)
    closure = Closure(
        from_date=from_date, until_date=until_date, reason=" ".join(reason.split()),
        entered_by=by.label, entered_at=at,
    )  # fmt: skip
    setattr(closure, type(about).__name__.lower(), about)
    closure.save()
    written(
        by=by, at=at, verb="add_closure", on=about, reason=closure.reason,
        detail={"from": from_date.isoformat(), "until": until_date.isoformat()},
    )  # fmt: skip
    return closure


@transaction.atomic
def remove_closure(*, closure: Closure, by: Actor, at: datetime) -> None:
    """This function will take an announced closure away; the journal keeps that it was."""
    require_editor(by)
    about = closure.service or closure.place
    assert about is not None  # held by the database
    written(
        by=by, at=at, verb="remove_closure", on=about, reason=closure.reason,
        detail={"from": closure.from_date.isoformat(), "until": closure.until_date.isoformat()},
    )  # fmt: skip
    closure.delete()


def _check_plan(by: Actor, messages: Mapping[str, str], phone: str) -> dict[str, str]:
    if not can_switch_alert_plan(by):
        raise NotAllowed("Ce plan s’allume et s’éteint par la rédaction ou la direction.")
    said = {lang: text.strip() for lang, text in messages.items() if text.strip()}
    if "fr" not in said:
        raise InvalidInput("Le message manque.", {"message_fr": "Écrivez le message en français."})
    if phone.strip():
        try:
            phone_value(phone)
        except InvalidInput as error:
            raise InvalidInput("Le numéro ne va pas.", {"phone": str(error)}) from error
    return said


@transaction.atomic
def start_alert_plan(
    *,
    kind: PlanKind,
    messages: Mapping[str, str],
    phone: str,
    places: Sequence[Place],
    until_date: date | None,
    by: Actor,
    at: datetime,
) -> AlertPlan:
    """This function will switch a plan on: its banner shows on every public page at once.

    Raises: NotAllowed; InvalidInput without a French message or with a number that is none;
    WrongState when a plan is on already.
    """
    said = _check_plan(by, messages, phone)
    try:
        with transaction.atomic():
            plan = AlertPlan.objects.create(
                kind=kind, messages=said, phone=phone.strip(), started_at=at,
                started_by=by.label, until_date=until_date,
            )  # fmt: skip
    except IntegrityError as error:
        raise WrongState("Un plan est déjà allumé.", todo="Éteignez-le d’abord.") from error
    plan.places.set(places)
    written(
        by=by, at=at, verb="start_alert_plan", on=plan,
        detail={"kind": str(kind), "places": sorted(place.key for place in places)},
    )  # fmt: skip
    return plan


@transaction.atomic
def change_alert_plan(
    *,
    plan: AlertPlan,
    messages: Mapping[str, str],
    phone: str,
    places: Sequence[Place],
    until_date: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """This function will change the message, the number, the places or the last day of a plan.

    Raises: NotAllowed; InvalidInput as start_alert_plan; WrongState when the plan is off.
    """
    said = _check_plan(by, messages, phone)
    rows = AlertPlan.objects.filter(pk=plan.pk, ended_at__isnull=True)
    if not rows.update(messages=said, phone=phone.strip(), until_date=until_date):
        raise WrongState("Ce plan est éteint.", todo="Allumez-en un nouveau.")
    plan.places.set(places)
    written(
        by=by, at=at, verb="change_alert_plan", on=plan,
        detail={"places": sorted(place.key for place in places)},
    )  # fmt: skip


@transaction.atomic
def end_alert_plan(*, plan: AlertPlan, by: Actor, at: datetime) -> None:
    """This function will switch a plan off. Raises: NotAllowed; WrongState when it is off."""
    if not can_switch_alert_plan(by):
        raise NotAllowed("Ce plan s’allume et s’éteint par la rédaction ou la direction.")
    rows = AlertPlan.objects.filter(pk=plan.pk, ended_at__isnull=True)
    if not rows.update(ended_at=at, ended_by=by.label):
        raise WrongState("Ce plan est déjà éteint.")
    written(by=by, at=at, verb="end_alert_plan", on=plan)


@transaction.atomic
def confirm_emergency_number(
    *, number: EmergencyNumber, review_date: date, by: Actor, at: datetime
) -> None:
    """This function will note that somebody rang the number today and when to do so again.

    Raises: NotAllowed; InvalidInput when the next review is not after today.
    """
    require_editor(by)
    if review_date <= at.date():
        raise InvalidInput("La date ne va pas.", {"review_date": "Choisissez un jour à venir."})
    EmergencyNumber.objects.filter(pk=number.pk).update(
        confirmed_by=by.label, confirmed_at=at, review_date=review_date
    )
    written(
        by=by, at=at, verb="confirm_emergency_number", on=number,
        detail={"number": number.number, "review": review_date.isoformat()},
    )  # fmt: skip


@transaction.atomic
def change_emergency_number(
    *,
    number: EmergencyNumber,
    new_number: str,
    labels: Mapping[str, str],
    source: Source | NewSource,
    review_date: date,
    by: Actor,
    at: datetime,
) -> None:
    """This function will change a number or what is said of it, with the source that says so.

    The number must be confirmed again. Raises: NotAllowed; InvalidInput when it is no number,
    is listed already for this danger, or has no French label.
    """
    require_editor(by)
    said = {lang: text.strip() for lang, text in labels.items() if text.strip()}
    if "fr" not in said:
        raise InvalidInput("Dites qui répond.", {"label_fr": "Écrivez-le en français."})
    try:
        phone_value(new_number)
    except InvalidInput as error:
        raise InvalidInput("Le numéro ne va pas.", {"number": str(error)}) from error
    shown = new_number.strip()
    twins = EmergencyNumber.objects.filter(danger=number.danger, number=shown)
    if twins.exclude(pk=number.pk).exists():
        raise InvalidInput(
            "Ce numéro est déjà dans la liste.", {"number": "Choisissez-en un autre."}
        )
    former, source = number.number, kept_source(source, timezone.localdate(at))
    EmergencyNumber.objects.filter(pk=number.pk).update(
        number=shown, labels=said, source=source, review_date=review_date,
        confirmed_by="", confirmed_at=None,
    )  # fmt: skip
    written(
        by=by, at=at, verb="change_emergency_number", on=number,
        detail={"from": former, "to": shown, "source": source.title},
    )  # fmt: skip
