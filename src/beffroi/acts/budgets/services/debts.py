"""The directory of creditors and the inventory of debts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from stdnum import iban as ibans
from stdnum.be import vat
from stdnum.exceptions import ValidationError as BadNumber

from beffroi.acts.budgets.enums import (
    CreditorKind,
    DebtKind,
    DebtState,
    Language,
    Prescription,
    Title,
)
from beffroi.acts.budgets.models import Creditor, Debt, MediationFile
from beffroi.acts.budgets.permissions import can_keep_creditors
from beffroi.acts.budgets.services.base import day_of, open_file_of, trace
from beffroi.audit import services as audit
from beffroi.audit.enums import ActKind
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

ZERO = Decimal("0.00")
#: Debts that keep a roof, the light and the children: paid before the others unless said otherwise.
PRIORITY_KINDS = frozenset({DebtKind.RENT, DebtKind.ENERGY, DebtKind.ALIMONY})
_PRESCRIPTIONS = {
    DebtKind.RENT: Prescription.PERIODIC,
    DebtKind.ENERGY: Prescription.PERIODIC,
    DebtKind.TELECOM: Prescription.PERIODIC,
    DebtKind.TAX: Prescription.PERIODIC,
    DebtKind.HEALTH: Prescription.MEDICAL,
}
#: What a creditor is, from the debt with which his name is first met.
_CREDITORS = {
    DebtKind.RENT: CreditorKind.LANDLORD,
    DebtKind.ENERGY: CreditorKind.ENERGY,
    DebtKind.HEALTH: CreditorKind.HEALTH,
    DebtKind.TELECOM: CreditorKind.TELECOM,
    DebtKind.CREDIT: CreditorKind.BANK,
    DebtKind.MORTGAGE: CreditorKind.BANK,
    DebtKind.OVERDRAFT: CreditorKind.BANK,
    DebtKind.TAX: CreditorKind.TAX,
    DebtKind.FINE: CreditorKind.PUBLIC,
    DebtKind.SCHOOL: CreditorKind.PUBLIC,
    DebtKind.BENEFIT: CreditorKind.PUBLIC,
    DebtKind.PURCHASE: CreditorKind.SHOP,
    DebtKind.FAMILY: CreditorKind.PRIVATE,
    DebtKind.ALIMONY: CreditorKind.PRIVATE,
}


class ChangedMeanwhile(WrongState):
    """Somebody else changed the debt since the page was opened; both versions are shown."""

    def __init__(self, debt: Debt) -> None:
        self.debt = debt
        super().__init__(
            _("Quelqu’un a changé cette dette pendant que vous écriviez."),
            _("Voici ce qu’elle est maintenant : %(owed)s € dus à %(creditor)s.")
            % {"owed": debt.owed, "creditor": debt.creditor},
            _("Comparez, puis enregistrez ce qui est juste."),
        )


@dataclass(frozen=True)
class DebtDraft:
    """A debt as the mediator types it; amounts in euros."""

    creditor: int
    kind: DebtKind
    principal: Decimal
    interest: Decimal = ZERO
    costs: Decimal = ZERO
    paid: Decimal = ZERO
    monthly_due: Decimal = ZERO
    collector: int | None = None
    title: Title = Title.INVOICE
    creditor_ref: str = ""
    communication: str = ""
    is_disputed: bool = False
    dispute: str = ""
    is_priority: bool | None = None
    prescription: Prescription | None = None
    due_since_date: date | None = None
    interrupted_date: date | None = None
    stated_date: date | None = None


def structured_communication(typed: str) -> str:
    """This function will read a Belgian structured communication, and give its twelve digits.

    Raises: InvalidInput when the last two digits are not those of the first ten.
    """
    digits = "".join(c for c in typed if c.isdigit())
    if not digits:
        return ""
    if len(digits) != 12 or int(digits[10:]) != (int(digits[:10]) % 97 or 97):
        raise InvalidInput(
            _("Cette communication n’est pas juste."),
            {"communication": _("Recopiez les douze chiffres, par exemple +++090/9337/55493+++.")},
        )
    return digits


@transaction.atomic
def keep_creditor(
    *,
    name: str, kind: CreditorKind, by: Actor, at: datetime, pk: int | None = None,
    address: str = "", email: str = "", phone: str = "", enterprise_number: str = "",
    iban: str = "", lang: str = Language.FRENCH, is_active: bool = True,
) -> int:  # fmt: skip
    """This function will enter a creditor in the directory, or change the one it has; its key.

    Raises: NotAllowed; InvalidInput for a wrong number, account or a name already there.
    """
    if not can_keep_creditors(by):
        raise NotAllowed(_("Seule la médiation tient ce répertoire."))
    values: dict[str, Any] = {
        "name": name.strip()[:160], "kind": kind, "address": address.strip(), "email": email,
        "phone": phone.strip()[:40], "lang": Language(lang), "is_active": is_active,
        **_numbers(name, enterprise_number, iban),
    }  # fmt: skip
    try:
        with transaction.atomic():
            if pk is None:
                pk = Creditor.objects.create(**values).pk
            elif not Creditor.objects.filter(pk=pk).update(**values):
                raise NotAllowed(_("Ce créancier n’existe pas."))
    except IntegrityError as error:
        raise InvalidInput(
            _("Ce créancier est déjà dans le répertoire."), {"name": _("Cherchez-le par son nom.")}
        ) from error
    audit.record(
        by=by, kind=ActKind.WRITE, verb="creditor.keep", object_kind="creditor",
        object_ref=str(pk), at=at,
    )  # fmt: skip
    return pk


def _numbers(name: str, enterprise_number: str, iban: str) -> dict[str, str]:
    faults, found = {}, {"enterprise_number": "", "iban": ""}
    if not name.strip():
        faults["name"] = _("Donnez son nom.")
    try:
        found["enterprise_number"] = vat.validate(enterprise_number) if enterprise_number else ""
    except BadNumber:
        faults["enterprise_number"] = _("Ce numéro d’entreprise n’est pas juste.")
    try:
        found["iban"] = ibans.validate(iban, check_country=False) if iban else ""
    except BadNumber:
        faults["iban"] = _("Ce compte n’est pas juste : recopiez l’IBAN.")
    if faults:
        raise InvalidInput(_("Une donnée n’est pas juste."), faults)
    return found


@transaction.atomic
def add_debts(*, reference: str, drafts: Iterable[DebtDraft], by: Actor, at: datetime) -> list[int]:
    """This function will add debts to the inventory, all of them or none; their keys.

    Raises: NotAllowed; FileClosed; InvalidInput naming the first debt that is not right.
    """
    file = open_file_of(reference, by)
    keys = []
    for number, draft in enumerate(drafts, 1):
        values = _values(draft, day_of(at), number)
        keys.append(Debt.objects.create(file=file, entered_at=at, **values).pk)
    if not keys:
        raise InvalidInput(_("Aucune dette n’est encodée."), todo=_("Remplissez une ligne."))
    trace(file, "mediation.add_debts", by=by, at=at, detail={"count": len(keys)})
    return keys


@transaction.atomic
def enter_inventory(
    *, reference: str, lines: Iterable[tuple[str, DebtDraft]], by: Actor, at: datetime
) -> list[int]:
    """This function will add debts whose creditors are given by name; their keys.

    A name that the directory does not know enters it. All the lines are kept, or none.
    Raises: NotAllowed; FileClosed; InvalidInput naming the first line that is not right.
    """
    open_file_of(reference, by)
    drafts = []
    for number, (name, draft) in enumerate(lines, 1):
        if not name.strip():
            raise InvalidInput(
                _("La dette %(n)d n’est pas juste.") % {"n": number},
                {"creditor": _("Donnez le nom du créancier.")},
            )
        drafts.append(replace(draft, creditor=_creditor_named(name, draft.kind, by, at)))
    return add_debts(reference=reference, drafts=drafts, by=by, at=at)


def _creditor_named(name: str, kind: DebtKind, by: Actor, at: datetime) -> int:
    words = " ".join(name.split())
    known = Creditor.objects.filter(name__iexact=words, is_active=True).first()
    if known is not None:
        return known.pk
    return keep_creditor(name=words, kind=_CREDITORS.get(kind, CreditorKind.OTHER), by=by, at=at)


def _values(draft: DebtDraft, today: date, number: int = 1) -> dict[str, Any]:
    faults = _faults(draft, today)
    if faults:
        raise InvalidInput(_("La dette %(n)d n’est pas juste.") % {"n": number}, faults)
    values = asdict(draft)
    values["creditor_id"], values["collector_id"] = (
        values.pop("creditor"), values.pop("collector"),
    )  # fmt: skip
    values["communication"] = structured_communication(draft.communication)
    values["dispute"] = draft.dispute.strip()[:500]
    if draft.is_priority is None:
        values["is_priority"] = draft.kind in PRIORITY_KINDS
    if draft.prescription is None:
        values["prescription"] = _PRESCRIPTIONS.get(draft.kind, Prescription.GENERAL)
    confirmed = draft.stated_date is not None
    values["state"] = DebtState.CONFIRMED if confirmed else DebtState.ANNOUNCED
    if draft.principal + draft.interest + draft.costs == draft.paid:
        values["state"] = DebtState.PAID
    return values


def _faults(draft: DebtDraft, today: date) -> dict[str, str]:
    faults = {}
    for name in ("principal", "interest", "costs", "paid", "monthly_due"):
        if getattr(draft, name) < 0:
            faults[name] = _("Un montant ne va pas sous zéro.")
    if draft.paid > draft.principal + draft.interest + draft.costs:
        faults["paid"] = _("Plus que ce qui est dû.")
    if draft.principal + draft.interest + draft.costs <= 0:
        faults["principal"] = _("Donnez le montant.")
    known = set(
        Creditor.objects.filter(pk__in=[draft.creditor, draft.collector or 0]).values_list(
            "pk", flat=True
        )
    )
    if draft.creditor not in known:
        faults["creditor"] = _("Choisissez le créancier.")
    if draft.collector is not None and draft.collector not in known - {draft.creditor}:
        faults["collector"] = _("Choisissez un huissier ou une société de recouvrement.")
    if draft.is_disputed != bool(draft.dispute.strip()):
        faults["dispute"] = _("Dites ce qui est contesté, ou décochez.")
    for name in ("due_since_date", "interrupted_date", "stated_date"):
        if (day := getattr(draft, name)) is not None and day > today:
            faults[name] = _("Ce jour n’est pas encore venu.")
    return faults


@transaction.atomic
def change_debt(
    *, reference: str, debt: int, version: int, draft: DebtDraft, by: Actor, at: datetime
) -> None:
    """This function will write a debt again as `draft` says.

    Raises: NotAllowed; FileClosed; InvalidInput; ChangedMeanwhile when `version` is no longer
    the one the page was opened on.
    """
    file = open_file_of(reference, by)
    row = debt_of(file, debt)
    values = _values(draft, day_of(at))
    changed = Debt.objects.filter(pk=row.pk, version=version).update(version=version + 1, **values)
    row.refresh_from_db()
    if not changed:
        raise ChangedMeanwhile(row)
    trace(file, "mediation.change_debt", by=by, at=at, detail={"debt": row.pk})


@transaction.atomic
def note_interruption(*, reference: str, debt: int, day: date, by: Actor, at: datetime) -> None:
    """This function will note that a writ, a recognition or a payment began the term anew.

    Raises: NotAllowed; FileClosed; InvalidInput for a day to come.
    """
    file = open_file_of(reference, by)
    row = debt_of(file, debt)
    if day > day_of(at):
        raise InvalidInput(
            _("Cette date n’est pas possible."), {"day": _("Ce jour n’est pas encore venu.")}
        )
    Debt.objects.filter(pk=row.pk).update(interrupted_date=day)
    trace(file, "mediation.note_interruption", by=by, at=at, detail={"debt": row.pk})


@transaction.atomic
def strike_debt(*, reference: str, debt: int, why: str, by: Actor, at: datetime) -> None:
    """This function will take a debt out of the inventory; its row stays, with the reason.

    Raises: NotAllowed; FileClosed; InvalidInput without a reason; WrongState.
    """
    file = open_file_of(reference, by)
    row = debt_of(file, debt)
    if not why.strip():
        raise InvalidInput(_("Dites pourquoi."), {"why": _("Prescrite, payée ailleurs, erreur…")})
    struck = Debt.objects.filter(pk=row.pk).exclude(state=DebtState.STRUCK)
    if not struck.update(
        state=DebtState.STRUCK, is_disputed=True, dispute=why.strip()[:500], version=row.version + 1
    ):
        raise WrongState(_("Cette dette est déjà retirée."))
    trace(file, "mediation.strike_debt", by=by, at=at, detail={"debt": row.pk})


def debt_of(file: MediationFile, debt: int) -> Debt:
    """This function will give a debt of this file. Raises: NotAllowed."""
    row = file.debts.select_related("creditor").filter(pk=debt).first()
    if row is None:
        raise NotAllowed(_("Cette dette n’est pas dans ce dossier."))
    return row


def draft_of(debt: Debt, changes: Mapping[str, Any] | None = None) -> DebtDraft:
    """This function will give a debt as a draft, with these changes."""
    names = DebtDraft.__dataclass_fields__
    kept = {name: getattr(debt, name) for name in names if name not in ("creditor", "collector")}
    kept |= {"creditor": debt.creditor_id, "collector": debt.collector_id}
    return DebtDraft(**(kept | dict(changes or {})))
