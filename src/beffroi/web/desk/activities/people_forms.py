"""The forms of who comes, who stands around her, and what was agreed to."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.activities.enums import Channel, Collects, ConsentKind, Gender
from beffroi.web.desk.activities.forms import RoomForm, day_field


class ParticipantForm(RoomForm):
    """How somebody is known."""

    name = forms.CharField(label=lazy("Nom, prénom ou surnom"), max_length=120)
    is_alias = forms.BooleanField(label=lazy("C’est un surnom"), required=False)
    birth_year = forms.IntegerField(
        label=lazy("Année de naissance"), min_value=1900, max_value=2100, required=False,
        help_text=lazy("L’année seule : elle dit si l’enfant est interrogé sur son image."),
    )  # fmt: skip
    gender = forms.ChoiceField(label=lazy("Genre"), choices=Gender.choices, required=False)


class NewComerForm(ParticipantForm):
    """Somebody who comes for the first time."""

    team = forms.ChoiceField(label=lazy("Équipe"))

    def __init__(self, teams: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]


class ContactForm(RoomForm):
    """Somebody around a participant."""

    name = forms.CharField(label=lazy("Nom"), max_length=120)
    relation = forms.CharField(label=lazy("Lien"), max_length=60, required=False)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    has_authority = forms.BooleanField(label=lazy("Exerce l’autorité parentale"), required=False)
    is_emergency = forms.BooleanField(label=lazy("À appeler en cas d’urgence"), required=False)
    collects = forms.ChoiceField(
        label=lazy("Vient la chercher"), choices=Collects.choices, required=False
    )


class ConsentForm(RoomForm):
    """What was agreed to."""

    kind = forms.ChoiceField(label=lazy("Ce qui est accepté"), choices=ConsentKind.choices)
    contact = forms.TypedChoiceField(
        label=lazy("Par qui"), coerce=int, empty_value=None, required=False
    )
    channels = forms.MultipleChoiceField(
        label=lazy("Où l’image peut être montrée"), choices=Channel.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    given_on = day_field(lazy("Donné le"))
    until = day_field(lazy("Jusqu’au"), required=False)
    proof = forms.CharField(label=lazy("Où se trouve l’écrit"), max_length=120, required=False)

    def __init__(self, deciders: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].choices = [("", _("La personne elle-même")), *deciders]  # type: ignore[attr-defined]


class PictureForm(RoomForm):
    """A picture of a session."""

    file = forms.FileField(label=lazy("Image"), help_text=lazy("JPEG, PNG ou WebP, 5 Mo au plus."))
    caption = forms.CharField(label=lazy("Légende, sans nom"), max_length=160, required=False)
