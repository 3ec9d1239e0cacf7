"""The small forms of an application; the room checks what they carry and says what is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.casework import aids, motives
from beffroi.casework.details import details_of
from beffroi.casework.enums import (
    AssetKind,
    Exemption,
    Outcome,
    Periodicity,
    Question,
    Relation,
    ResourceKind,
    VisitResult,
)
from beffroi.casework.services.editing import mark_of
from beffroi.web.desk.files.aid_forms import aid_fields
from beffroi.web.desk.files.fields import ActForm, day, moment, money, text

CATEGORIES = (
    ("", lazy("Choisir")),
    ("cohabitant", lazy("Cohabitant (art. 14 §1, 1°)")),
    ("isolated", lazy("Isolé (art. 14 §1, 2°)")),
    ("family", lazy("Famille à charge (art. 14 §1, 3°)")),
)


class NoForm(ActForm):
    """An act that needs nothing but its button."""


class WhyForm(ActForm):
    why = text(lazy("Pourquoi"), 2)


class CompetenceForm(ActForm):
    act = "declare_competent"
    basis = forms.CharField(
        label=lazy("Base"), max_length=200,
        help_text=lazy("Par exemple : résidence habituelle et effective, rue et localité."),
    )  # fmt: skip


class TransferForm(ActForm):
    act = "transfer"
    to = forms.CharField(label=lazy("CPAS compétent"), max_length=120)
    why = text(lazy("Pourquoi"), 2)


class PlanVisitForm(ActForm):
    act = "plan_visit"
    planned_at = moment(lazy("Jour et heure"))
    is_announced = forms.BooleanField(
        label=lazy("La personne est prévenue"), required=False, initial=True
    )


class RecordVisitForm(ActForm):
    act = "record_visit"
    visit = forms.TypedChoiceField(label=lazy("Visite"), coerce=int)
    result = forms.ChoiceField(label=lazy("Résultat"), choices=VisitResult.choices)
    done_at = moment(lazy("Faite le"))
    present = forms.CharField(label=lazy("Personnes rencontrées"), max_length=300, required=False)
    findings = text(lazy("Constats"), 4, required=False)

    def choose(self, application: Any) -> None:
        waiting = [v for v in application.visits.all() if v.done_at is None]
        self.fields["visit"].choices = [  # type: ignore[attr-defined]
            (v.pk, f"{v.planned_at:%d/%m/%Y %H:%M}") for v in waiting
        ]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "result": VisitResult(self.cleaned_data["result"])}


class AskDocumentForm(ActForm):
    act = "ask_document"
    what = forms.CharField(label=lazy("Document"), max_length=200)
    wanted_by = day(lazy("Pour le"), required=False)


class SettleDocumentForm(ActForm):
    act = "settle_document"
    document = forms.TypedChoiceField(label=lazy("Document"), coerce=int)
    waived_why = forms.CharField(
        label=lazy("On s’en passe parce que"), max_length=300, required=False,
        help_text=lazy("Laissez vide si le document est reçu."),
    )  # fmt: skip

    def choose(self, application: Any) -> None:
        waiting = [d for d in application.documents.all() if not d.received_at and not d.waived_why]
        self.fields["document"].choices = [(d.pk, d.what) for d in waiting]  # type: ignore[attr-defined]


class CohabitantForm(ActForm):
    act = "add_cohabitant"
    name = forms.CharField(label=lazy("Nom"), max_length=160)
    relation = forms.ChoiceField(label=lazy("Lien avec la personne"), choices=Relation.choices)
    claims_ris = forms.BooleanField(
        label=lazy("Demande aussi le revenu d’intégration"), required=False
    )


class ResourceForm(ActForm):
    act = "add_resource"
    cohabitant = forms.TypedChoiceField(
        label=lazy("De qui"), coerce=lambda v: int(v) if v else None, empty_value=None,
        required=False,
    )  # fmt: skip
    kind = forms.ChoiceField(label=lazy("Nature"), choices=ResourceKind.choices)
    label = forms.CharField(label=lazy("Intitulé"), max_length=160)
    monthly = money(
        lazy("Net par mois, en euros"), required=False,
        help_text=lazy("Laissez vide tant que le montant n’est pas connu : ce n’est pas zéro."),
    )  # fmt: skip
    exemption = forms.ChoiceField(
        label=lazy("Exonération du travail"), choices=Exemption.choices, required=False
    )
    proof = forms.CharField(label=lazy("Preuve"), max_length=200, required=False)

    def choose(self, application: Any) -> None:
        others = [(c.pk, c.name) for c in application.cohabitants.all()]
        own = ("", str(application.file.person))
        self.fields["cohabitant"].choices = [own, *others]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "exemption": said["exemption"] or Exemption.NONE}


class AssetForm(ActForm):
    act = "add_asset"
    kind = forms.ChoiceField(label=lazy("Nature"), choices=AssetKind.choices)
    label = forms.CharField(label=lazy("Intitulé"), max_length=160)
    amount = money(
        lazy("Montant en euros"), required=False,
        help_text=lazy("Solde du compte, revenu cadastral non indexé, valeur cédée, ou loyer par mois."),
    )  # fmt: skip
    share = forms.CharField(
        label=lazy("Part de la personne"), required=False, max_length=12,
        help_text=lazy("1, ½ s’écrit 0,5. Pour une maison, un terrain ou un bien cédé."),
    )  # fmt: skip
    annual_mortgage_interest = money(lazy("Intérêts hypothécaires par an"), required=False)
    annual_rent = money(lazy("Loyer perçu par an"), required=False)
    date = day(lazy("Date de la cession"), required=False)
    proof = forms.CharField(label=lazy("Preuve"), max_length=200, required=False)

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        details = {
            "share": said.pop("share").replace(",", "."),
            "annual_mortgage_interest": _written(said.pop("annual_mortgage_interest")),
            "annual_rent": _written(said.pop("annual_rent")),
        }
        ceded = said.pop("date")
        if ceded:
            details["date"] = ceded.isoformat()
        return {**said, "details": {key: value for key, value in details.items() if value}}


def _written(amount: Any) -> str:
    return f"{amount:.2f}" if amount is not None else ""


class BudgetForm(ActForm):
    act = "add_budget_line"
    label = forms.CharField(label=lazy("Charge"), max_length=160)
    monthly = money(lazy("Par mois, en euros"))
    is_arrears = forms.BooleanField(label=lazy("En retard de paiement"), required=False)


class AppreciationForm(ActForm):
    act = "appreciate"
    question = forms.ChoiceField(label=lazy("Question"), choices=Question.choices)
    value = forms.CharField(
        label=lazy("Votre appréciation"), max_length=60,
        help_text=lazy(
            "Catégorie : cohabitant, isolated (isolé) ou family (famille à charge). Part : de 0 à 1."
        ),
    )  # fmt: skip
    about = forms.ChoiceField(label=lazy("À propos de"), required=False)
    why = text(lazy("Motivation"), 3)

    def choose(self, application: Any) -> None:
        others = [(str(c.pk), c.name) for c in application.cohabitants.all()]
        own = ("", str(application.file.person))
        self.fields["about"].choices = [own, *others]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "question": Question(said["question"]),
                "value": said["value"].replace(",", ".")}  # fmt: skip


class CategoryForm(ActForm):
    """The category has words of its own: it is asked in each application of the law."""

    act = "category"
    value = forms.ChoiceField(
        label=lazy("Catégorie"),
        choices=CATEGORIES,
    )
    why = text(
        lazy("Motivation"), 3, help_text=lazy("Même toit ? Ménage réglé en commun ? Enfants ?")
    )

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "question": Question.CATEGORY}


class ReportForm(ActForm):
    act = "write_report"
    situation = text(lazy("Situation"), 5)
    needs = text(lazy("État de besoin"), 4)
    other_rights = text(lazy("Autres droits examinés"), 3, required=False)
    opinion = text(lazy("Avis"), 4)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    sign = forms.BooleanField(
        label=lazy("Je signe ce rapport"), required=False,
        help_text=lazy("Signé, il est gardé tel quel et suit la proposition."),
    )  # fmt: skip

    def choose(self, application: Any) -> None:
        last = max(application.reports.all(), key=lambda r: r.version, default=None)
        self.fields["seen"].initial = mark_of(last)
        if last is not None:
            for name in ("situation", "needs", "other_rights", "opinion"):
                self.fields[name].initial = getattr(last, name)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "seen": self.cleaned_data["seen"] or None}


class ChangeProposalForm(ActForm):
    act = "change_proposal"
    version = forms.IntegerField(widget=forms.HiddenInput)
    motives = text(lazy("Motifs, en fait et en droit"), 6)
    from_date = day(lazy("À partir du"))
    until_date = day(lazy("Jusqu’au"), required=False)

    def choose(self, application: Any) -> None:
        drafts = [p for p in application.proposals.all() if p.state == "draft"]
        for name in ("version", "motives", "from_date", "until_date"):
            self.fields[name].initial = getattr(drafts[-1], name) if drafts else None


class CorrectForm(ActForm):
    """What is asked: since when, on which ground, and the answers of this aid alone."""

    act = "correct_application"
    version = forms.IntegerField(widget=forms.HiddenInput)
    wanted_from = day(lazy("À partir du"))
    competence = forms.CharField(label=lazy("Compétence"), max_length=200, required=False)

    def choose(self, application: Any) -> None:
        for name in ("version", "wanted_from", "competence"):
            self.fields[name].initial = getattr(application, name)
        for field in aids.aid(application.kind).fields:
            made: forms.Field = forms.CharField(max_length=500)
            if field.choices:
                made = forms.ChoiceField(choices=[("", "—"), *field.choices])
            made.label, made.required, made.help_text = field.label, False, field.hint
            made.initial = application.details.get(field.key, "")
            self.fields[f"own-{field.key}"] = made

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        own = {key: said.pop(key) for key in list(said) if key.startswith("own-")}
        return {**said, "details": {key.removeprefix("own-"): v for key, v in own.items()}}


class ProposalForm(ActForm):
    act = "propose"
    outcome = forms.ChoiceField(label=lazy("Issue"), choices=[(o.value, o.label) for o in Outcome])
    amount = money(lazy("Montant en euros"), required=False)
    periodicity = forms.ChoiceField(
        label=lazy("Rythme"), required=False, choices=[("", "—"), *Periodicity.choices]
    )
    from_date = day(lazy("À partir du"))
    until_date = day(lazy("Jusqu’au"), required=False)
    motives = text(lazy("Motifs, en fait et en droit"), 6)

    def choose(self, application: Any) -> None:
        kind = aids.aid(application.kind)
        told = details_of(application)
        first = told.day("first_day") or told.day("entered_on") or application.wanted_from
        self.fields["from_date"].initial = first
        self.fields["until_date"].initial = told.day("last_day")
        self.fields["periodicity"].initial = kind.periodicity
        self.prepare(application, Outcome.GRANT)
        if not kind.pays(application.details):
            del self.fields["amount"], self.fields["periodicity"]
        elif kind.computation and kind.binds:
            del self.fields["periodicity"], self.fields["amount"]

    def prepare(self, application: Any, outcome: str) -> None:
        """This function will start from an outcome and the motives the house prepares for it."""
        self.fields["outcome"].initial = outcome
        self.fields["motives"].initial = motives.prepared(
            application.kind, application.details, outcome
        )
        self._prepared = motives.prepared(application.kind, application.details, Outcome.GRANT)

    def clean(self) -> dict[str, Any]:
        """This function will refuse a refusal that gives the motives prepared for a grant."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        is_refusal = said.get("outcome") == Outcome.REFUSAL
        if is_refusal and _flat(said.get("motives", "")) == _flat(self._prepared):
            self.add_error(
                "motives", _("Ce sont les motifs préparés pour un octroi : dites ceux du refus.")
            )
        return said

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "outcome": Outcome(self.cleaned_data["outcome"])}


def _flat(text: str) -> str:
    return " ".join(text.split())


class UrgentForm(ActForm):
    act = "decide_urgently"
    amount = money(lazy("Montant en euros"))
    motives = text(lazy("Motifs de l’urgence"), 4)


class ExecuteForm(ActForm):
    act = "execute"
    account = forms.CharField(
        label=lazy("Compte de la personne (IBAN)"), max_length=42, required=False,
        help_text=lazy("Laissez vide pour le compte déjà connu."),
    )  # fmt: skip
    in_cash_why = forms.CharField(
        label=lazy("En espèces parce que"), max_length=200, required=False,
        help_text=lazy("La loi veut un motif : sans compte, urgence…"),
    )  # fmt: skip
    third_party = forms.CharField(
        label=lazy("Tiers payé"), max_length=120, required=False,
        help_text=lazy("Bailleur, fournisseur, banque. Le compte plus haut est alors le sien."),
    )  # fmt: skip
    enterprise_number = forms.CharField(
        label=lazy("Numéro d’entreprise du tiers"), max_length=20, required=False
    )
    communication = forms.CharField(
        label=lazy("Communication structurée"), max_length=24, required=False,
        help_text=lazy("Par exemple : +++123/4567/89012+++"),
    )  # fmt: skip

    def choose(self, application: Any) -> None:
        kind = aids.aid(application.kind)
        if not kind.pays(application.details):
            self.fields.clear()
        elif kind.payees == ("person",):
            for name in ("third_party", "enterprise_number", "communication"):
                del self.fields[name]
        else:
            told = details_of(application)
            to_third = told.text("paid_to") != "person"
            if kind.payees[0] == "third_party" or told.text("paid_to"):
                self.fields["third_party"].initial = told.text("payee_name") if to_third else ""


class DetailsForm(ActForm):
    """The answers that belong to the aid, to be completed while the enquiry lasts."""

    act = "change_details"

    def choose(self, application: Any) -> None:
        self.kind = aids.aid(application.kind)
        self.fields.update(aid_fields(self.kind, application.details))
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=application.version
        )

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {"version": said.pop("version"), "answers": said}
