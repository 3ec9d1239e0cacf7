"""The commission of the plan of Mons, its meetings and its diagnosis: people and values are invented."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.demo.names import made_up
from beffroi.steering import commission as reads
from beffroi.steering import diagnosis, queries
from beffroi.steering import services as steering
from beffroi.steering.enums import Office, Presence, Seat
from beffroi.steering.permissions import lines_visible_to
from beffroi.steering.services import ItemDraft, MemberDraft, Votes

_INVENTED = "démonstration, qui ne dit rien de Mons"
_SEATS = (
    (Seat.COMMUNE, Office.CHAIR, "Ville de Mons"),
    (Seat.CPAS, Office.VICE_CHAIR, "CPAS de Mons"),
    (Seat.PROJECT_LEAD, Office.SECRETARY, "Plan de cohésion sociale"),
    (Seat.PARTNER, Office.MEMBER, "ASBL Article 27"),
    (Seat.PARTNER, Office.MEMBER, "Régie de quartier"),
    (Seat.CITIZEN, Office.MEMBER, "Comité de quartier de Ghlin"),
    (Seat.REGION, Office.MEMBER, "SPW Intérieur et Action sociale"),
)
#: Right, its value of 2025 between 0 and 1, the mean of the region, a rank; then that of 2013.
_ACCESS = (
    ("travail", "0.3810", "0.5120", 219, "1.42"), ("formation", "0.4420", "0.5030", 188, "0.61"),
    ("insertion sociale", "0.4010", "0.4980", 203, "1.10"),
    ("logement", "0.3560", "0.5240", 231, "1.35"),
    ("énergie et eau", "0.4480", "0.5010", 174, "0.44"),
    ("santé", "0.4130", "0.5150", 214, "1.21"), ("alimentation", "0.4700", "0.5060", 160, "0.20"),
    ("mobilité", "0.6120", "0.4890", 41, "-0.85"),
)  # fmt: skip
_NEEDS = (
    ("Des familles renoncent à des soins faute d’un médecin proche.", 1, ("santé",), ()),
    ("Des logements restent froids l’hiver.", 1, ("logement", "énergie et eau"), (4,)),
    ("Des aînés ne voient personne de la semaine.", 2, ("insertion sociale",), (23, 26)),
)  # fmt: skip


def load_commission(now: datetime) -> int:
    """This function will seat the commission, hold one meeting and prepare the next, once; the members."""
    plan, day = queries.plans().first(), timezone.localdate(now)
    if plan is None:
        return 0
    known = reads.commission_of(plan)
    if known:
        return reads.members_of(known).count()
    who: dict[str, Any] = {"by": accounts.actor_named("projet-pcs", day), "at": now}
    body = steering.set_commission(plan=plan, notice_days=10, **who)
    people = made_up(len(_SEATS), seed=26)
    for (seat, office, organisation), person in zip(_SEATS, people, strict=True):
        draft = MemberDraft(
            f"{person.first_name} {person.last_name}", organisation, seat, date(2025, 1, 15), office
        )
        steering.seat_member(commission=body, draft=draft, **who)
    for months in (2, 5):
        on = (day.replace(day=20) + timedelta(days=30 * months)).replace(day=17)
        steering.announce_council(plan=plan, on=on, source="Date inventée", **who)
    _held(body, now)
    _next(body, plan, now)
    _diagnosis(plan, who)
    _tellers(plan, day, who)
    return reads.members_of(body).count()


def _since_tuesday(now: datetime) -> int:
    """How many days ago a Tuesday was: the commission sits on Tuesdays."""
    return (timezone.localdate(now).weekday() - 1) % 7


def _held(body: Any, now: datetime) -> None:
    """Three weeks ago: everything happens on its own day, as it would have."""
    then = now - timedelta(days=21 + _since_tuesday(now))
    before = then - timedelta(days=15)
    by = accounts.actor_named("projet-pcs", timezone.localdate(now))
    row = steering.plan_meeting(
        commission=body, on=timezone.localdate(then), start=time(14), place="Maison de quartier",
        by=by, at=before,
    )  # fmt: skip
    titles = ("Ce que les maisons de quartier ont fait cet automne", "Bilan à mi-parcours du plan")
    points = [
        steering.add_point(meeting=row, kind="free", title=title, by=by, at=before)
        for title in titles
    ]
    steering.invite(meeting=row, by=by, at=before)
    members = list(reads.members_on(body, row.on_date))
    there = {one.pk: Presence.PRESENT for one in members}
    there[members[-1].pk] = Presence.EXCUSED
    steering.note_presences(meeting=row, presences=there, by=by, at=then)
    steering.hold_meeting(meeting=row, by=by, at=then)
    steering.write_minutes(
        point=points[0], minutes="Les séances sont plus nombreuses ; le mardi manque encore.",
        version=0, by=by, at=then,
    )  # fmt: skip
    steering.give_opinion(
        point=points[1], opinion="remarks", remarks="Mieux entendre les habitants du nord.",
        votes=Votes(4, 0, 1), by=by, at=then,
    )  # fmt: skip
    for text, owner, days in (
        ("Rencontrer le comité de quartier de Ghlin", members[0], 14),
        ("Proposer une table du mardi", members[2], 60),
    ):
        due = row.on_date + timedelta(days=days)
        steering.decide(meeting=row, text=text, owner=owner, due=due, by=by, at=then)
    steering.close_minutes(meeting=row, by=by, at=then)


def _next(body: Any, plan: Any, now: datetime) -> None:
    by = accounts.actor_named("projet-pcs", timezone.localdate(now))
    row = steering.plan_meeting(
        commission=body, on=timezone.localdate(now) + timedelta(days=28 - _since_tuesday(now)), start=time(14),
        place="Maison de quartier", by=by, at=now,
    )  # fmt: skip
    for change in reads.changes_to_see(plan):
        steering.add_point(meeting=row, kind="change", change=change, by=by, at=now)


def _diagnosis(plan: Any, who: dict[str, Any]) -> None:
    head = "edition;ins;droit;valeur;moyenne_regionale;rang\n"
    new = "".join(f"2025;53053;{name};{now};{mean};{rank}\n" for name, now, mean, rank, _old in _ACCESS)  # fmt: skip
    old = "".join(f"2013;53053;{name};{then};0;\n" for name, _n, _m, _r, then in _ACCESS)
    for rows in (old, new):
        steering.import_isadf(
            plan=plan, content=head + rows, source=_INVENTED, is_fictional=True, **who
        )
    rights = {one.name: one for one in diagnosis.rights_of(plan)}
    lines = {one.number: one for one in lines_visible_to(who["by"]).filter(plan=plan)}
    for need, priority, names, numbers in _NEEDS:
        draft = ItemDraft(
            need, "Table de quartier (inventée)", priority, tuple(rights[n] for n in names),
            tuple(lines[n] for n in numbers),
        )  # fmt: skip
        steering.note_need(plan=plan, draft=draft, **who)


def _tellers(plan: Any, day: date, who: dict[str, Any]) -> None:
    """The animators of the houses tell the lines of the houses."""
    lines = lines_visible_to(who["by"]).filter(plan=plan, number__in=(1, 12, 23, 26))
    agent = accounts.agents_in_role("animator", day).first()
    if agent is not None:
        for line in lines:
            steering.name_teller(line=line, agent=agent.pk, **who)
