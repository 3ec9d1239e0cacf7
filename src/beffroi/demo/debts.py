"""Debt mediations of fictional people, entered as mediators would; creditors are invented too."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.acts.budgets import queries
from beffroi.acts.budgets import services as budgets
from beffroi.acts.budgets.computing import BudgetEntry
from beffroi.acts.budgets.enums import (
    CreditorKind,
    DebtKind,
    LetterKind,
    MovementKind,
    Outcome,
    PersonRole,
)
from beffroi.acts.budgets.permissions import files_visible_to
from beffroi.acts.budgets.services import DebtDraft
from beffroi.core.actors import Actor
from beffroi.core.dates import add_months
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.people import services as people

MEDIATOR = "mediatrice-dettes"
#: Who they are when nobody is given: invented names, as everybody here.
PEOPLE = (
    ("Goffin", "Chantal", date(1974, 3, 11)), ("Mertens", "Didier", date(1982, 7, 2)),
    ("Conti", "Rosa", date(1958, 1, 23)), ("Aydin", "Selin", date(1991, 9, 30)),
    ("Dufrasne", "Kevin", date(1996, 12, 5)),
)  # fmt: skip
CREDITORS = (
    ("Lumière et Gaz du Hainaut", CreditorKind.ENERGY, "Rue des Fictions 1\n7000 Mons"),
    ("Crédit Rapide SA", CreditorKind.BANK, "Avenue Imaginaire 20\n1000 Bruxelles"),
    ("Hôpital du Beffroi", CreditorKind.HEALTH, "Chemin Inventé 3\n7000 Mons"),
    ("Téléfil", CreditorKind.TELECOM, "Rue du Signal 8\n5000 Namur"),
    ("Étude Fictive, huissiers", CreditorKind.BAILIFF, "Grand-Place 99\n7000 Mons"),
    ("Immo Exemple", CreditorKind.LANDLORD, "Rue de la Clé 999\n7000 Mons"),
    ("SPF Finances, recouvrement", CreditorKind.TAX, "Digue de Cuesmes 999\n7000 Mons"),
)  # fmt: skip


class Story:
    """Plays one mediation, each act on its day."""

    def __init__(self, by: Actor, person: str, now: datetime, days_ago: int, story: str) -> None:
        self.by, self.now, self.begun = by, now, now - timedelta(days=days_ago)
        self.reference = budgets.open_file(
            persons=[(person, PersonRole.HOLDER)], story=story, by=by, at=self.begun
        )

    def day(self, days: float) -> datetime:
        return min(self.begun + timedelta(days=days), self.now)

    def do(self, days: float, service: Any, **given: Any) -> Any:
        return service(reference=self.reference, by=self.by, at=self.day(days), **given)

    def sign(self, days: float) -> None:
        self.do(days, budgets.sign_convention, signed_date=timezone.localdate(self.day(days)))

    def owe(self, days: float, *debts: DebtDraft) -> list[int]:
        return list(self.do(days, budgets.add_debts, drafts=debts))

    def budget(self, days: float, salary: str, rent: str, reserve: str = "60.00") -> None:
        entries = [
            BudgetEntry("income", "Salaire", Decimal(salary)),
            BudgetEntry("income", "Allocations familiales", Decimal("184.62")),
            BudgetEntry("expense", "Loyer", Decimal(rent)),
            BudgetEntry("expense", "Gaz et électricité", Decimal("165.00")),
            BudgetEntry("expense", "Eau", Decimal("96.00"), "quarter"),
            BudgetEntry("expense", "Alimentation", Decimal("110.00"), "week"),
            BudgetEntry("expense", "Téléphone, internet", Decimal("48.00")),
            BudgetEntry("expense", "Assurances", Decimal("420.00"), "year"),
        ]
        self.do(days, budgets.go_to, step="to_budget")
        since = timezone.localdate(self.day(days)) - timedelta(days=100)
        self.do(
            days, budgets.draw_budget, entries=entries, reserve=Decimal(reserve), since_date=since
        )


def load_debts(now: datetime, persons: Sequence[str] = ()) -> int:
    """This function will enter five mediations for these persons, or for people of its own.

    Nothing is entered twice: where the mediator already has files, it stops.
    """
    by = accounts.actor_named(MEDIATOR, timezone.localdate(now))
    if files_visible_to(by).exists():
        return files_visible_to(by).count()
    who = list(persons[:5]) or _people(by, now)
    known = {
        name: budgets.keep_creditor(name=name, kind=kind, address=address, by=by, at=now)
        for name, kind, address in CREDITORS
        if not queries.creditors(name).exists()
    }
    for play, person in zip((_running, _silent, _inventory, _intake, _closed), who, strict=False):
        play(by, person, now, list(known.values()) or _creditors())
    return len(who)


def _people(by: Actor, now: datetime) -> list[str]:
    return [
        people.add_person(last_name=last, first_name=first, birth_date=born, by=by, at=now)
        for last, first, born in PEOPLE
    ]


def _creditors() -> list[int]:
    return [queries.creditors(name).get().pk for name, _kind, _address in CREDITORS]


def _amount(text: str) -> Decimal:
    return Decimal(text)


def _running(by: Actor, person: str, now: datetime, c: list[int]) -> None:
    """A plan in its eighth month, with one instalment missed and money on her account."""
    play = Story(by, person, now, 290, "Quatre crédits, et un huissier a écrit hier.")
    play.sign(6)
    today = timezone.localdate(play.day(8))
    play.owe(
        8,
        DebtDraft(c[1], DebtKind.CREDIT, _amount("1250.00"), monthly_due=_amount("96.00"), due_since_date=today - timedelta(days=500), stated_date=today),
        DebtDraft(c[0], DebtKind.ENERGY, _amount("480.00"), due_since_date=today - timedelta(days=200), is_priority=False, stated_date=today),
        DebtDraft(c[2], DebtKind.HEALTH, _amount("236.40"), costs=_amount("33.60"), collector=c[4], due_since_date=today - timedelta(days=300)),
    )  # fmt: skip
    play.budget(30, "1640.00", "640.00")
    play.do(36, budgets.go_to, step="to_negotiation")
    first = add_months(timezone.localdate(play.day(60)).replace(day=5), 0)
    play.do(38, budgets.keep_plan, monthly=_amount("85.00"), first_date=first, priority_first=False)
    play.do(38, budgets.propose_plan, number=1)
    for number, line in enumerate(play_lines(play)):
        play.do(45 + number, budgets.note_plan_answer, number=1, line=line, accepted=True)
    play.do(50, budgets.start_plan, number=1)
    file = files_visible_to(by).get(reference=play.reference)
    notice = file.notices.get()
    play.do(
        12,
        budgets.file_notice,
        notice=notice.pk,
        filed_date=timezone.localdate(play.day(12)),
        bailiff="Étude Fictive",
        number="FCA-2026-118",
    )
    for month in file.plans.get().instalments.filter(due_date__lt=timezone.localdate(now)):
        if month.number == 6:
            at = timezone.make_aware(
                datetime.combine(month.due_date, datetime.min.time())
            ) + timedelta(days=9, hours=10)
            if at < now:
                budgets.note_missed(
                    reference=play.reference,
                    number=1,
                    instalment=6,
                    note="Machine à laver en panne.",
                    by=by,
                    at=at,
                )
            continue
        budgets.note_payment(
            reference=play.reference,
            number=1,
            instalment=month.number,
            paid_date=month.due_date,
            by=by,
            at=now,
        )
    play.do(62, budgets.open_account, iban="BE68539007547034")
    for days, kind, amount, label in (
        (63, MovementKind.RECEIVED, "400.00", "Versement de la personne"),
        (64, MovementKind.TO_PERSON, "300.00", "Remis au guichet"),
    ):
        play.do(days, budgets.enter_movement, kind=kind, amount=_amount(amount), value_date=timezone.localdate(play.day(days)), label=label)  # fmt: skip


def play_lines(play: Story) -> list[int]:
    """This function will give the lines of the first plan of a story."""
    file = files_visible_to(play.by).get(reference=play.reference)
    return list(file.plans.get(number=1).lines.values_list("pk", flat=True))


def _silent(by: Actor, person: str, now: datetime, c: list[int]) -> None:
    """Creditors written to seven weeks ago, one of whom answered."""
    play = Story(by, person, now, 60, "Facture de régularisation de gaz, puis tout s’est enchaîné.")
    play.sign(4)
    debts = play.owe(
        5,
        DebtDraft(c[0], DebtKind.ENERGY, _amount("912.35"), due_since_date=timezone.localdate(play.day(0))),
        DebtDraft(c[3], DebtKind.TELECOM, _amount("318.00"), costs=_amount("86.00")),
        DebtDraft(c[5], DebtKind.RENT, _amount("1280.00")),
    )  # fmt: skip
    made = play.do(7, budgets.write_creditors, kind=LetterKind.STATEMENT, debts=debts)
    if made.batch:
        with letters.printed_later():
            letters.run_batch(batch=made.batch, by=by, clock=lambda: play.day(7))
    rows = files_visible_to(by).get(reference=play.reference).letters.all()
    for paper in queries.papers_of(rows).values():
        letters.mark_sent(letter=paper.reference, how=Delivery.POST, by=by, at=play.day(7))
    play.do(7, budgets.ask_documents, whats=["Trois dernières fiches de paie", "Contrat de bail"])
    play.budget(20, "1480.00", "690.00")
    play.do(25, budgets.go_to, step="to_negotiation")
    play.do(
        26,
        budgets.keep_plan,
        monthly=_amount("120.00"),
        first_date=timezone.localdate(now) + timedelta(days=20),
    )


def _inventory(by: Actor, person: str, now: datetime, c: list[int]) -> None:
    """Ten debts, one contested, one nearly prescribed, one perhaps prescribed."""
    play = Story(by, person, now, 20, "Elle apporte un sac de lettres et ne les ouvre plus.")
    play.sign(5)
    today = timezone.localdate(now)
    drafts = [
        DebtDraft(c[2], DebtKind.HEALTH, _amount("142.18"), due_since_date=add_months(today, -23)),
        DebtDraft(c[2], DebtKind.HEALTH, _amount("64.00"), due_since_date=add_months(today, -30)),
        DebtDraft(c[1], DebtKind.CREDIT, _amount("4380.00"), interest=_amount("612.44"), costs=_amount("148.00"), collector=c[4], monthly_due=_amount("142.50")),
        DebtDraft(c[3], DebtKind.TELECOM, _amount("229.90"), is_disputed=True, dispute="Abonnement résilié en mars, lettre à l’appui."),
        DebtDraft(c[5], DebtKind.RENT, _amount("720.00")),
        DebtDraft(c[6], DebtKind.TAX, _amount("388.77"), due_since_date=add_months(today, -14)),
        *(DebtDraft(c[1], DebtKind.PURCHASE, _amount(f"{60 + 35 * n}.50"), creditor_ref=f"ACH-{n}") for n in range(4)),
    ]  # fmt: skip
    play.owe(8, *drafts)


def _intake(by: Actor, person: str, now: datetime, c: list[int]) -> None:
    Story(
        by, person, now, 2, "Premier entretien : trois créanciers, une saisie annoncée sur salaire."
    )


def _closed(by: Actor, person: str, now: datetime, c: list[int]) -> None:
    """A mediation that ended in a collective settlement."""
    play = Story(by, person, now, 200, "Indépendant en faillite, dettes personnelles et sociales.")
    play.sign(5)
    play.owe(
        6,
        DebtDraft(c[6], DebtKind.TAX, _amount("18450.00")),
        DebtDraft(c[1], DebtKind.CREDIT, _amount("9200.00")),
    )
    play.do(
        90, budgets.close, outcome=Outcome.RCD, why="Requête admise par le tribunal du travail."
    )
