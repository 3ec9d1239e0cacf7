"""What meetings count for whoever steers: kept and missed, who was met, who was received at a desk."""

from collections.abc import Callable, Hashable
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from beffroi.accounts import queries as accounts
from beffroi.acts.agenda.enums import AppointmentState, ArrivalState, Purpose
from beffroi.acts.agenda.models import Appointment, Arrival
from beffroi.acts.agenda.permissions import appointments_visible_to, arrivals_visible_to
from beffroi.core.actors import Actor
from beffroi.core.counting import narrowed
from beffroi.core.measures import Additivity, Choice, CountedAct, Measure, Scope
from beffroi.people import queries as people


def _appointments(scope: Scope, state: str) -> QuerySet[Appointment]:
    within = (scope.since, scope.until)
    rows = Appointment.objects.filter(state=state, starts_at__date__range=within).order_by()
    return narrowed(rows, scope, {"team": "team__key", "purpose": "purpose"})


def _arrivals(scope: Scope) -> QuerySet[Arrival]:
    rows = Arrival.objects.filter(
        state=ArrivalState.DONE, date__range=(scope.since, scope.until)
    ).order_by()
    return narrowed(rows, scope, {"team": "team__key", "desk": "desk__key"})


def _count(state: str) -> Callable[[Scope], Decimal]:
    return lambda scope: Decimal(_appointments(scope, state).count())


def _received(scope: Scope) -> Decimal:
    return Decimal(_arrivals(scope).count())


def _met(scope: Scope) -> frozenset[Hashable]:
    rows = _appointments(scope, AppointmentState.KEPT).filter(person__isnull=False)
    return people.identities(pk for pk in rows.values_list("person_id", flat=True) if pk)


def _acts(state: str) -> Callable[[Scope, Actor], list[CountedAct]]:
    def acts(scope: Scope, actor: Actor) -> list[CountedAct]:
        seen = appointments_visible_to(actor).order_by().values("pk")
        rows = _appointments(scope, state).filter(pk__in=seen)
        return [
            CountedAct(
                timezone.localdate(row.starts_at),
                f"{row.reference} · {row.get_purpose_display()}",
                Decimal(1),
                "desk:agenda_appointment",
                (("reference", row.reference),),
            )
            for row in rows.order_by("starts_at", "pk")
        ]

    return acts


def _arrivals_behind(scope: Scope, actor: Actor) -> list[CountedAct]:
    rows = _arrivals(scope).filter(pk__in=arrivals_visible_to(actor).order_by().values("pk"))
    return [
        CountedAct(row.date, row.ticket, Decimal(1))
        for row in rows.order_by("date", "series", "number")
    ]


def _teams() -> list[Choice]:
    return [Choice(f"team:{team.key}", str(team)) for team in accounts.all_teams()]


def _choices() -> list[Choice]:
    return [*_teams(), *(Choice(f"purpose:{one.value}", str(one.label)) for one in Purpose)]


def _desks() -> list[Choice]:
    return [*_teams(), *(Choice(f"desk:{team.key}", str(team)) for team in accounts.all_teams())]


MEASURES = (
    Measure(
        "agenda.kept", _("Entretiens tenus"), _("entretiens"), Additivity.ADDITIVE,
        _("Les rendez-vous de la période qui ont eu lieu, d’après leur jour."),
        _choices, count=_count(AppointmentState.KEPT), acts=_acts(AppointmentState.KEPT), counts_to_lines=False,
    ),
    Measure(
        "agenda.missed", _("Rendez-vous manqués"), _("rendez-vous"), Additivity.ADDITIVE,
        _("Les rendez-vous de la période où la personne n’est pas venue ; ceux annulés n’y sont pas."),
        _choices, count=_count(AppointmentState.MISSED), acts=_acts(AppointmentState.MISSED), counts_to_lines=False,
    ),
    Measure(
        "agenda.people_met", _("Personnes reçues en entretien"), _("personnes"), Additivity.UNIQUE,
        _(
            "Chaque personne connue de la maison compte une fois pour toute la période ; un "
            "entretien donné à un nom qui n’est pas au registre des personnes n’y est pas."
        ),
        _choices, people=_met, counts_to_lines=False,
    ),
    Measure(
        "agenda.received", _("Passages à l’accueil"), _("passages"), Additivity.ADDITIVE,
        _("Les personnes annoncées à un guichet et reçues, une fois par venue."),
        _desks, count=_received, acts=_arrivals_behind, counts_to_lines=False,
    ),
)  # fmt: skip
