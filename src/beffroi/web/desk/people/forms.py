"""The forms on persons; the room checks what they carry and says what is wrong."""

from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.core.errors import InvalidInput, Refusal
from beffroi.people.enums import AddressKind, Gender, Precision

_DAY = {"type": "date"}
#: Countries most met at the desk.
_FIRST_COUNTRIES = ("BE", "FR", "IT", "MA", "TR", "DZ", "CD", "RO", "PL", "UA", "SY", "AF")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """This function will give the field of a day, optional unless said otherwise."""
    options = {"required": False} | more
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY), **options
    )


def countries() -> list[tuple[str, str]]:
    """This function will give the countries by name, those most met first."""
    names = Locale.parse("fr").territories
    codes = {c: str(n) for c, n in names.items() if len(c) == 2 and c.isalpha() and c < "X"}
    codes |= {c: str(names[c]) for c in ("YE", "ZA", "ZM", "ZW", "XK") if c in names}
    # Names that the list of languages knows and that are no country of anybody.
    for odd in ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN"):
        codes.pop(odd, None)
    rest = sorted(codes.items(), key=lambda pair: pair[1])
    own = [("XA", _("Apatride")), ("XX", _("Indéterminée"))]
    return [(c, codes[c]) for c in _FIRST_COUNTRIES] + own + rest


class PeopleForm(forms.Form):
    """A form whose errors are said in the words of the house."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Il manque ceci.")
            field.error_messages["invalid"] = _("Nous n’arrivons pas à lire cela.")
            field.error_messages["invalid_choice"] = _("Choisissez dans la liste.")


def tell(form: forms.Form, refused: Refusal) -> None:
    """This function will put the words of a refusal on the fields they speak of, or above all."""
    fields = refused.fields if isinstance(refused, InvalidInput) else {}
    for name, said in fields.items():
        form.add_error(name if name in form.fields else None, said)
    if not fields:
        form.add_error(None, str(refused))


class IdentityForm(PeopleForm):
    """Who somebody is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    last_name = forms.CharField(label=lazy("Nom"), max_length=120)
    first_name = forms.CharField(label=lazy("Prénoms"), max_length=120, required=False)
    called_name = forms.CharField(
        label=lazy("Prénom d’usage"), max_length=60, required=False,
        help_text=lazy("Celui par lequel elle veut qu’on l’appelle."),
    )  # fmt: skip
    birth_date = day_field(lazy("Date de naissance"))
    birth_precision = forms.ChoiceField(
        label=lazy("Ce que l’on en sait"), required=False, choices=Precision.choices,
        initial=Precision.DAY,
        help_text=lazy("Année seulement : mettez le 1er janvier de cette année."),
    )  # fmt: skip
    birth_place = forms.CharField(label=lazy("Lieu de naissance"), max_length=120, required=False)
    gender = forms.ChoiceField(
        label=lazy("Genre, si elle le déclare"), required=False,
        choices=[("", lazy("Non déclaré")), *Gender.choices],
    )  # fmt: skip
    nationality = forms.ChoiceField(label=lazy("Nationalité"), required=False)
    lang = forms.ChoiceField(label=lazy("Langue de ses courriers"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nationality"].choices = [  # type: ignore[attr-defined]
            ("", _("Pas encore connue")), *countries(),
        ]  # fmt: skip

    def identity(self) -> dict[str, Any]:
        """This function will give what was typed, as the room takes it."""
        given = {k: v for k, v in self.cleaned_data.items() if k in IdentityForm.base_fields}
        given.pop("version")
        if given["birth_date"] is None:
            given["birth_precision"] = Precision.UNKNOWN
        elif given["birth_precision"] in ("", Precision.UNKNOWN):
            given["birth_precision"] = Precision.DAY
        return given


class EntryForm(IdentityForm):
    """A person entered for the first time: who she is, her number, where she lives."""

    niss = forms.CharField(label=lazy("Numéro national ou BIS"), max_length=20, required=False)
    street = forms.CharField(label=lazy("Rue et numéro"), max_length=160, required=False)
    box = forms.CharField(label=lazy("Boîte"), max_length=20, required=False)
    postal_code = forms.CharField(label=lazy("Code postal"), max_length=12, required=False)
    locality = forms.CharField(label=lazy("Localité"), max_length=120, required=False)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    from_card = forms.BooleanField(widget=forms.HiddenInput, required=False)


class CardForm(PeopleForm):
    """The file of the eID viewer."""

    file = forms.FileField(
        label=lazy("Fichier de la carte (.eid)"),
        help_text=lazy(
            "Dans le lecteur eID : Fichier, Enregistrer sous, XML. "
            "La photo et les certificats ne sont pas gardés."
        ),
    )


class AddressForm(PeopleForm):
    """An address, from a day to a day."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=lazy("C’est"), choices=AddressKind.choices)
    care_of = forms.CharField(label=lazy("Chez"), max_length=120, required=False)
    street = forms.CharField(label=lazy("Rue et numéro"), max_length=160, required=False)
    box = forms.CharField(label=lazy("Boîte"), max_length=20, required=False)
    postal_code = forms.CharField(label=lazy("Code postal"), max_length=12, required=False)
    locality = forms.CharField(label=lazy("Localité"), max_length=120)
    country = forms.CharField(
        label=lazy("Pays"), max_length=2, initial="BE", help_text=lazy("Deux lettres : BE, FR…")
    )
    since = day_field(lazy("Depuis le"))
    until = day_field(lazy("Jusqu’au"))
    PLACE = ("kind", "care_of", "street", "box", "postal_code", "locality", "country")

    def place(self) -> dict[str, str]:
        """This function will give the address itself, without its days."""
        return {name: self.cleaned_data[name] for name in self.PLACE}
