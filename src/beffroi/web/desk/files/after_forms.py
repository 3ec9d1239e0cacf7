"""The forms of what follows a grant; the room checks what they carry."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from beffroi.casework import sequels
from beffroi.casework.enums import (
    AppealOutcome,
    NoticeAnswer,
    Relation,
    SequelCause,
    SuspensionGround,
)
from beffroi.web.desk.files.fields import ActForm, day, money, text
from beffroi.web.desk.files.forms import CATEGORIES

_REVISIONS = (
    SequelCause.DECLARED, SequelCause.FOUND, SequelCause.CPAS_ERROR, SequelCause.RECTIFICATION,
)  # fmt: skip
_BY_HAND = (
    ("registered", lazy("Recommandé")),
    ("hand", lazy("Remise en main propre, contre accusé")),
)


class ReviewForm(ActForm):
    act = "review"
    finding = text(lazy("Ce que la révision montre"), 3)
    revise = forms.BooleanField(
        label=lazy("Quelque chose change : ouvrir une révision"), required=False
    )


class RevisionForm(ActForm):
    act = "revision"
    cause = forms.ChoiceField(
        label=lazy("Pourquoi"), choices=[(one.value, one.label) for one in _REVISIONS]
    )
    why = text(lazy("Motif"), 2)
    from_date = day(lazy("Depuis le jour où cela a changé"))
    could_know = forms.BooleanField(
        label=lazy("La personne pouvait s’en rendre compte (erreur du CPAS)"), required=False,
        initial=True,
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "cause": SequelCause(self.cleaned_data["cause"])}


class RenewalForm(ActForm):
    act = "renewal"
    why = text(lazy("Pourquoi prolonger"), 2)


class AdvanceForm(ActForm):
    act = "advance"
    owed = money(
        lazy("Arriérés que l’organisme doit pour la même période, en euros"),
        help_text=lazy("Le CPAS n’en réclame que ce qu’il a avancé ; le reste va à la personne."),
    )


class StopForm(ActForm):
    act = "stop"
    on = day(lazy("Premier jour sans l’aide"))
    why = text(lazy("Pourquoi"), 2)


class SuspendForm(ActForm):
    act = "suspend"
    ground = forms.ChoiceField(label=lazy("Cause"), choices=SuspensionGround.choices)
    from_date = day(lazy("Premier jour"))
    until_date = day(lazy("Dernier jour"))
    why = text(
        lazy("Ce qui le montre"), 2,
        help_text=lazy("Pour un séjour, seuls les jours au-delà du crédit de l’année sont retenus."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "ground": SuspensionGround(self.cleaned_data["ground"])}


class ResumeForm(ActForm):
    act = "resume"
    on = day(lazy("Dernier jour non payé"))
    why = text(lazy("Pourquoi le paiement reprend"), 2)


class SanctionForm(ActForm):
    act = "sanction"
    ground = forms.ChoiceField(label=lazy("Motif de la loi"))
    why = text(lazy("Les faits"), 3)
    months = forms.IntegerField(label=lazy("Mois de suspension"), min_value=1, max_value=24)
    months_suspended = forms.IntegerField(
        label=lazy("dont avec sursis"), min_value=0, max_value=24, initial=0
    )
    share = forms.DecimalField(
        label=lazy("Part suspendue, de 0 à 1"), max_digits=5, decimal_places=4, localize=True,
        initial=Decimal(1), widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    begins = day(
        lazy("Commence le"), required=False, help_text=lazy("Pour un projet, la loi donne le jour.")
    )
    legitimate_reason = forms.NullBooleanField(
        label=lazy("La personne avait un motif légitime (projet)"), required=False
    )

    def choose(self, application: Any) -> None:
        self.fields["ground"].choices = sequels.grounds()  # type: ignore[attr-defined]


class RecoveryForm(ActForm):
    act = "recovery"
    cause = text(lazy("Pourquoi ces montants n’étaient pas dus"), 2)
    since = day(lazy("Depuis le"))
    until = day(lazy("Jusqu’au"))
    right = money(lazy("Ce qui était dû par mois, en euros"))
    monthly = money(lazy("Mensualité proposée, en euros"))


class WaiverForm(ActForm):
    act = "waiver"
    recovery = forms.ChoiceField(label=lazy("Récupération"))
    amount = money(lazy("Montant auquel renoncer, en euros"))
    why = text(lazy("Raison d’équité"), 2)


class AppealForm(ActForm):
    act = "appeal"
    number = forms.ChoiceField(label=lazy("Décision attaquée"))
    lodged_on = day(lazy("Introduit le"))
    court = forms.CharField(label=lazy("Tribunal"), max_length=200)
    roll_number = forms.CharField(label=lazy("Numéro de rôle"), max_length=40, required=False)


class CourtHearingForm(ActForm):
    act = "court_hearing"
    appeal = forms.TypedChoiceField(label=lazy("Recours"), coerce=int)
    on = day(lazy("Audience du"))
    roll_number = forms.CharField(label=lazy("Numéro de rôle"), max_length=40, required=False)


class JudgmentForm(ActForm):
    act = "judgment"
    appeal = forms.TypedChoiceField(label=lazy("Recours"), coerce=int)
    outcome = forms.ChoiceField(label=lazy("Issue"), choices=AppealOutcome.choices)
    judged_on = day(lazy("Jugement du"))
    what = text(lazy("Ce que le jugement ordonne"), 3, required=False)
    from_date = day(lazy("À partir du"), required=False)

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "outcome": AppealOutcome(self.cleaned_data["outcome"])}


class InterestForm(ActForm):
    act = "interest"
    number = forms.ChoiceField(label=lazy("Décision payée en retard"))


class ProposeSequelForm(ActForm):
    act = "propose_sequel"
    motives = text(lazy("Motifs, en fait et en droit"), 6)


class NoticeForm(ActForm):
    act = "formal_notice"
    breach = text(lazy("Ce qui n’a pas été fait"), 2)
    expected = text(lazy("Ce qui est attendu"), 2)
    until_date = day(lazy("Au plus tard le"))
    delivery = forms.ChoiceField(label=lazy("Envoi"), choices=_BY_HAND)


class HearingForm(ActForm):
    act = "hearing"
    meeting_on = day(lazy("Jour de l’audition"))
    time = forms.CharField(label=lazy("Heure"), max_length=20)
    place = forms.CharField(label=lazy("Lieu"), max_length=200)
    delivery = forms.ChoiceField(label=lazy("Envoi"), choices=_BY_HAND)


class AnswerForm(ActForm):
    act = "answer"
    notice = forms.TypedChoiceField(label=lazy("Annonce"), coerce=int)
    answer = forms.ChoiceField(label=lazy("Réponse"), choices=NoticeAnswer.choices)
    said = text(lazy("Ce que la personne a dit"), 3, required=False)

    def choose(self, application: Any) -> None:
        sequel = getattr(application, "sequel", None)
        self.fields["notice"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.get_kind_display()}, {one.wanted_by:%d/%m/%Y}")
            for one in (sequel.notices.all() if sequel is not None else ())
            if not one.answer
        ]

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "answer": NoticeAnswer(self.cleaned_data["answer"])}


class ChangeForm(ActForm):
    act = "declare_change"
    what = forms.CharField(label=lazy("Ce qui a changé"), max_length=300)
    from_date = day(lazy("Depuis le"))
    by_person = forms.BooleanField(
        label=lazy("La personne l’a déclaré"), required=False, initial=True
    )


class SettleForm(ActForm):
    act = "settle_change"
    change = forms.TypedChoiceField(label=lazy("Changement"), coerce=int)
    grant = forms.ChoiceField(label=lazy("Aide à revoir"), required=False)
    nothing_why = forms.CharField(
        label=lazy("Ou : rien ne change parce que"), max_length=200, required=False
    )


class RectifyForm(ActForm):
    act = "rectify"
    resource = forms.TypedChoiceField(label=lazy("Ressource"), coerce=int)
    monthly = money(lazy("Montant exact par mois, en euros"))
    why = text(lazy("D’où vient la correction"), 2)


class RectifyCategoryForm(ActForm):
    act = "rectify_category"
    application = forms.ChoiceField(label=lazy("Demande"))
    value = forms.ChoiceField(label=lazy("Catégorie exacte"), choices=CATEGORIES)
    why = text(lazy("D’où vient la correction"), 2)


class RectifyDateForm(ActForm):
    """Since when an aid was asked, or when a good was given away."""

    act = "rectify_date"
    fact = forms.ChoiceField(label=lazy("Date"))
    day = day(lazy("Date exacte"))
    why = text(lazy("D’où vient la correction"), 2)

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        kind, _sep, key = said.pop("fact").partition(":")
        return {**said, **({"asset": int(key)} if kind == "asset" else {"application": key})}


class RectifyAssetForm(ActForm):
    act = "rectify_asset"
    asset = forms.TypedChoiceField(label=lazy("Bien"), coerce=int)
    amount = money(lazy("Montant exact, en euros"))
    why = text(lazy("D’où vient la correction"), 2)


class RectifyHouseholdForm(ActForm):
    """Somebody whom the enquiry missed, somebody who was not there, or what she is to the person."""

    act = "rectify_household"
    who = forms.ChoiceField(label=lazy("Qui"))
    name = forms.CharField(
        label=lazy("Nom, si cette personne manquait"), max_length=160, required=False
    )
    lives_there = forms.TypedChoiceField(
        label=lazy("Elle vivait là"), coerce=lambda said: said == "yes",
        choices=(("yes", lazy("Oui")), ("no", lazy("Non, elle n’aurait pas dû être comptée"))),
    )  # fmt: skip
    relation = forms.ChoiceField(
        label=lazy("Lien exact avec la personne"), choices=Relation.choices
    )
    claims_ris = forms.BooleanField(
        label=lazy("Demande aussi le revenu d’intégration"), required=False
    )
    why = text(lazy("D’où vient la correction"), 2)

    def given(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        application, _sep, key = said.pop("who").partition(":")
        return {**said, "application": application, "cohabitant": int(key) if key else None}


class RestedForm(ActForm):
    act = "rested"
    words = forms.CharField(
        label=lazy("Fait : un montant, une date, un mot"), max_length=80,
        help_text=lazy("Par exemple 420,00 ; 17/05/2026 ; Salaire net."),
    )  # fmt: skip


class HoldForm(ActForm):
    act = "hold"
    why = forms.CharField(
        label=lazy("Motif du gel"), max_length=300, required=False,
        help_text=lazy("Vide : le temps recommence à compter."),
    )  # fmt: skip
