"""The fields of the acts of a commission and of a diagnosis; the services check what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beffroi.steering.enums import Office, Opinion, Presence, Priority, Seat
from beffroi.web.board.forms import Choosing, date_field, text_field, words_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beffroi.steering.models import CommissionMember


def _votes(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=999, required=False)


class RulesForm(forms.Form):
    notice_days = forms.IntegerField(
        label=_("Jours entre l’invitation et la réunion"), min_value=0, max_value=90
    )
    quorum_percent = forms.IntegerField(
        label=_("Quorum, en % des membres qui votent"), min_value=1, max_value=100, required=False,
        help_text=_("Vide : la commission n’a pas de quorum."),
    )  # fmt: skip
    source = text_field(_("Où ces règles sont écrites"), most=200)


class MemberForm(Choosing):
    name = text_field(_("Nom"), required=True, most=160)
    organisation = text_field(_("Siège pour"), required=True, most=200)
    seat = forms.ChoiceField(label=_("Qualité"), choices=Seat.choices)
    office = forms.ChoiceField(label=_("Fonction"), choices=Office.choices, initial=Office.MEMBER)
    alternate_of = forms.ChoiceField(
        label=_("Remplace"), required=False, help_text=_("Vide pour un membre effectif.")
    )
    email = forms.EmailField(
        label=_("Courriel"), required=False, help_text=_("Pour les invitations, et rien d’autre.")
    )
    since = date_field(_("Siège depuis le"))


class EndForm(Choosing):
    member = forms.ChoiceField(label=_("Membre"))
    until = date_field(_("Siège jusqu’au"))


class MeetingForm(forms.Form):
    on = date_field(_("Jour"))
    start = forms.TimeField(
        label=_("Heure"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = text_field(_("Où"), required=True, most=200)


class PointForm(Choosing):
    subject = forms.ChoiceField(
        label=_("Ce qui attend un avis"), required=False,
        help_text=_("Vide pour un autre point : donnez-lui alors un intitulé."),
    )  # fmt: skip
    title = text_field(_("Intitulé d’un autre point"), most=200)


class DropForm(Choosing):
    point = forms.ChoiceField(label=_("Point"))


class InviteForm(forms.Form):
    late_reason = text_field(_("Pourquoi si tard, si le délai n’est pas tenu"), most=300)


class ReasonForm(forms.Form):
    reason = text_field(_("Pourquoi"), required=True, most=300)


class PresencesForm(forms.Form):
    """One choice for each member; its fields are « m » and the member’s key."""

    def __init__(self, *args: Any, members: Iterable[CommissionMember], **values: Any) -> None:
        super().__init__(*args, **values)
        for one in members:
            self.fields[f"m{one.pk}"] = forms.ChoiceField(
                label=str(one), choices=Presence.choices, initial=Presence.PRESENT
            )


#: What is written here is kept for decades.
_BY_OFFICE = _("Dites la fonction ou l’organisation, pas le nom : ce texte est gardé longtemps.")


class MinutesForm(forms.Form):
    minutes = words_field(_("Ce qui s’est dit"), required=True, hint=_BY_OFFICE)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class PointOpinionForm(forms.Form):
    opinion = forms.ChoiceField(label=_("Avis"), choices=Opinion.choices)
    remarks = text_field(_("Remarques"), most=400)
    votes_for = _votes(_("Voix pour"))
    votes_against = _votes(_("Voix contre"))
    votes_none = _votes(_("Abstentions"))

    def clean(self) -> dict[str, Any]:
        """Votes are counted whole, or there was no vote."""
        data = super().clean() or {}
        names = ("votes_for", "votes_against", "votes_none")
        given = [data.get(name) is not None for name in names]
        if any(given) and not all(given):
            for name, known in zip(names, given, strict=True):
                if not known:
                    self.add_error(name, _("Écrivez 0 si personne : un vote se compte entier."))
        return data


class DecideForm(Choosing):
    text = text_field(_("Ce qui est décidé"), required=True, most=400, hint=_BY_OFFICE)
    owner = forms.ChoiceField(label=_("Qui s’en charge"))
    due = date_field(_("Pour le"))
    point = forms.ChoiceField(label=_("Point"), required=False)


class SettleForm(Choosing):
    decision = forms.ChoiceField(label=_("Décision"))
    outcome = text_field(_("Ce qui a été fait"), required=True, most=400)
    on = date_field(_("Fait le"))


class OnForm(forms.Form):
    on = date_field(_("Jour"))


class IsadfForm(forms.Form):
    file = forms.FileField(
        label=_("Fichier CSV"),
        help_text=_("Colonnes : edition, ins, droit, valeur, moyenne_regionale, rang."),
    )
    source = text_field(_("D’où viennent ces valeurs"), required=True)
    is_fictional = forms.BooleanField(label=_("Valeurs inventées"), required=False)


class LinkForm(Choosing):
    value = forms.ChoiceField(label=_("Nom dans le fichier"))
    right = forms.ChoiceField(label=_("Droit du plan"))


class NeedForm(Choosing):
    need = text_field(_("Besoin observé"), required=True, most=500)
    source = text_field(_("D’où vous le savez"), required=True)
    priority = forms.TypedChoiceField(label=_("Priorité"), choices=Priority.choices, coerce=int)
    rights = forms.MultipleChoiceField(label=_("Droits"))
    lines = forms.MultipleChoiceField(
        label=_("Lignes qui y répondent"), required=False,
        help_text=_("Aucune : le besoin n’a pas encore de réponse."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)


class RetireForm(Choosing):
    item = forms.ChoiceField(label=_("Constat"))
    on = date_field(_("N’est plus observé depuis le"))


class TellerForm(Choosing):
    agent = forms.ChoiceField(label=_("Agent"))
