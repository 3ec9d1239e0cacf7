"""What does not fit inside a person’s files, for the worker to settle.

Each checker adds to those of persons and households; what an agent explained away is not shown.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from beffroi.casework import aids
from beffroi.casework.enums import ApplicationState, FileState, GrantState, Question
from beffroi.casework.facts import appreciation_of
from beffroi.casework.models import Application, Grant, Resource, SocialFile, Suspension
from beffroi.entitlements import queries as entitlements
from beffroi.people import queries as people
from beffroi.people.checkers import Case, Contradiction

_LIVE = (GrantState.RUNNING, GrantState.SUSPENDED)


def _grants(case: Case) -> list[Grant]:
    rows = Grant.objects.filter(file__person__in=case.ids, state__in=_LIVE)
    return list(rows.select_related("decision", "file").order_by("pk"))


def _last_applications(case: Case) -> list[Application]:
    """The newest application of each kind in each open file: what is believed today."""
    newest: dict[tuple[int, str], Application] = {}
    rows = Application.objects.filter(
        file__person__in=case.ids, file__state=FileState.OPEN
    ).exclude(end__in=("withdrawn", "transferred"))
    for one in rows.prefetch_related("cohabitants").order_by("asked_on", "pk"):
        newest[one.file_id, one.kind] = one
    return list(newest.values())


def _computes(kind: str) -> bool:
    return aids.is_known(kind) and aids.aid(kind).computation == "living_income"


def running_after_death(case: Case) -> Iterator[Contradiction]:
    """An aid that runs after the person died."""
    if not case.person.is_deceased:
        return
    for grant in _grants(case):
        yield Contradiction(
            f"dead_grant:{grant.reference}", _("Une aide en cours après le décès"),
            _("La personne est décédée et l’octroi %(grant)s court encore : proposez sa fin.")
            % {"grant": grant.reference},
        )  # fmt: skip


def two_living_incomes(case: Case) -> Iterator[Contradiction]:
    """Two living incomes, or equivalents, paid to one person over the same days."""
    running = [g for g in _grants(case) if _computes(g.kind) and g.periodicity != "once"]
    for one, other in combinations(running, 2):
        starts = max(one.from_date, other.from_date)
        ends = min(one.until_date or date.max, other.until_date or date.max)
        if starts <= ends:
            yield Contradiction(
                f"two_incomes:{one.reference}:{other.reference}",
                _("Deux revenus d’intégration à la fois"),
                _("Les octrois %(one)s et %(other)s courent aux mêmes dates.")
                % {"one": one.reference, "other": other.reference},
            )  # fmt: skip


def amount_without_decision(case: Case) -> Iterator[Contradiction]:
    """A grant whose amount is not the one its decision gives, or not that of its computation."""
    for grant in _grants(case):
        decided = grant.decision.amount
        if decided is not None and decided != grant.amount:
            yield Contradiction(
                f"amount:{grant.reference}:{grant.amount}", _("Un montant changé sans décision"),
                _("L’octroi %(grant)s donne %(amount)s € ; la décision %(number)s dit %(decided)s €.")
                % {"grant": grant.reference, "amount": grant.amount,
                   "number": grant.decision.number, "decided": decided},
            )  # fmt: skip
            continue
        made = entitlements.known(grant.decision.computation_ref)
        if made is not None and made.monthly is not None and made.monthly != grant.amount:
            yield Contradiction(
                f"computed:{grant.reference}:{grant.amount}",
                _("Un montant qui n’est pas celui du calcul"),
                _("L’octroi %(grant)s donne %(amount)s € ; son calcul %(made)s donne %(monthly)s €.")
                % {"grant": grant.reference, "amount": grant.amount, "made": made.reference,
                   "monthly": made.monthly},
                is_hint=True,
            )  # fmt: skip


def isolated_with_somebody(case: Case) -> Iterator[Contradiction]:
    """The category of a person alone while somebody lives there, or the other way round."""
    for one in _last_applications(case):
        if not _computes(one.kind):
            continue
        judged = appreciation_of(one, Question.CATEGORY)
        others = [c for c in one.cohabitants.all() if c.relation != "minor_child"]
        if judged is not None and judged.value == "isolated" and others:
            yield Contradiction(
                f"isolated:{one.reference}:{len(others)}",
                _("Isolée, et quelqu’un vit avec elle"),
                _("La demande %(ref)s retient la catégorie isolé ; %(n)s personne(s) y sont notées "
                  "comme vivant là. Même toit ne veut pas dire ménage commun : motivez.")
                % {"ref": one.reference, "n": len(others)},
                is_hint=True,
            )  # fmt: skip


def household_and_cohabitants(case: Case) -> Iterator[Contradiction]:
    """The household that is known, and those noted as living there in the application."""
    today = [
        m for m in people.members_on(case.person.pk, case.today) if m.person.id not in case.ids
    ]
    for one in _last_applications(case):
        if not _computes(one.kind) or one.state == ApplicationState.CLOSED:
            continue
        noted = {c.person_id for c in one.cohabitants.all() if c.person_id is not None}
        unnamed = sum(c.person_id is None for c in one.cohabitants.all())
        missing = [m for m in today if m.person.id not in noted]
        if len(missing) > unnamed:
            yield Contradiction(
                f"household:{one.reference}:{len(missing)}",
                _("Le ménage connu et la demande ne se ressemblent pas"),
                _("%(names)s sont dans le ménage, pas dans la demande %(ref)s.")
                % {"names": ", ".join(m.person.name for m in missing), "ref": one.reference},
                others=frozenset(m.person.id for m in missing),
            )  # fmt: skip


def same_number_twice(case: Case) -> Iterator[Contradiction]:
    """A national number that another person also holds."""
    for number in case.numbers:
        if number.until_date is not None or number.kind not in ("niss", "bis"):
            continue
        holder = people.holder_of(number.value)
        pk = people.id_of(holder) if holder else None
        if pk is not None and pk not in case.ids:
            yield Contradiction(
                f"number_twice:{number.pk}:{holder}", _("Un numéro national pour deux personnes"),
                _("Le même numéro est noté chez la personne %(other)s.") % {"other": holder},
                others=frozenset({pk}),
            )  # fmt: skip


def resources_and_days(case: Case) -> Iterator[Contradiction]:
    """A resource that is not known though it was decided, and one counted twice."""
    for one in _last_applications(case):
        own = list(Resource.objects.filter(application=one, cohabitant__isnull=True))
        seen: dict[tuple[str, object], Resource] = {}
        for resource in own:
            key = (resource.kind, resource.monthly)
            if resource.monthly and key in seen:
                yield Contradiction(
                    f"resource_twice:{seen[key].pk}:{resource.pk}",
                    _("Une ressource peut-être comptée deux fois"),
                    _("« %(one)s » et « %(other)s » ont la même nature et le même montant dans la "
                      "demande %(ref)s.")
                    % {"one": seen[key].label, "other": resource.label, "ref": one.reference},
                    is_hint=True,
                )  # fmt: skip
            seen[key] = resource
        birth = case.person.birth_date
        if birth is not None and one.wanted_from < birth:
            yield Contradiction(
                f"wanted_before_birth:{one.reference}", _("Une aide avant la naissance"),
                _("La demande %(ref)s commence le %(day)s, avant la naissance.")
                % {"ref": one.reference, "day": date_format(one.wanted_from, "j F Y")},
            )  # fmt: skip
        if one.wanted_from > one.asked_on + timedelta(days=366):
            yield Contradiction(
                f"wanted_far:{one.reference}", _("Une date de début bien loin de la demande"),
                _("La demande %(ref)s, du %(asked)s, commence le %(day)s.")
                % {"ref": one.reference, "asked": date_format(one.asked_on, "j F Y"),
                   "day": date_format(one.wanted_from, "j F Y")},
                is_hint=True,
            )  # fmt: skip


def suspended_without_end(case: Case) -> Iterator[Contradiction]:
    """A suspension whose last day is past while the grant still stands as suspended."""
    held = Suspension.objects.filter(
        grant__file__person__in=case.ids, ended_at__isnull=True, until_date__lt=case.today
    ).select_related("grant")
    for one in held:
        yield Contradiction(
            f"suspension:{one.pk}", _("Une suspension dont le terme est passé"),
            _("Le paiement de %(grant)s devait reprendre le %(day)s.")
            % {"grant": one.grant.reference,
               "day": date_format(one.until_date + timedelta(days=1), "j F Y")},
        )  # fmt: skip


def closed_file_with_a_grant(case: Case) -> Iterator[Contradiction]:
    """A file that is closed though an aid still runs in it."""
    for file in SocialFile.objects.filter(
        person__in=case.ids, state=FileState.CLOSED, grants__state__in=_LIVE
    ).distinct():
        yield Contradiction(
            f"closed_grant:{file.number}", _("Un dossier clos où une aide court"),
            _("Le dossier %(number)s est clos et une aide y court encore.") % {"number": file.number},
        )  # fmt: skip


CHECKERS = (
    running_after_death,
    two_living_incomes,
    amount_without_decision,
    isolated_with_somebody,
    household_and_cohabitants,
    same_number_twice,
    resources_and_days,
    suspended_without_end,
    closed_file_with_a_grant,
)
