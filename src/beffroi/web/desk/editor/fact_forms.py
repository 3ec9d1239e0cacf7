"""One typed form for each kind of fact: what is typed, what is read, what is kept."""

from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beffroi.directory.enums import FactKind, FactState
from beffroi.directory.services import Provenance
from beffroi.directory.values import address_text
from beffroi.directory.weekly import DAYS, NAMES, Slot, WeeklyRule
from beffroi.web.desk.editor.common_forms import DateField, SourceMixin, lines

SPOKEN = (
    ("fr", _("français")), ("nl", _("néerlandais")), ("de", _("allemand")), ("en", _("anglais")),
    ("ar", _("arabe")), ("tr", _("turc")), ("uk", _("ukrainien")), ("it", _("italien")),
    ("es", _("espagnol")), ("vgt", _("langue des signes")),
)  # fmt: skip

WANTED = {"required": _("Écrivez ce que l’on sait.")}


class FactForm(SourceMixin):
    """What every fact has: words, a source, a day, a time of validity."""

    text = forms.CharField(label=_("Ce que l’on sait"), widget=lines(2), error_messages=WANTED)
    as_of_date = DateField(
        label=_("Vrai le"), required=False, help_text=_("Le jour où la source le dit.")
    )
    valid_from_date = DateField(label=_("Valable dès le"), required=False)
    valid_until_date = DateField(label=_("Valable jusqu’au"), required=False)
    review_date = DateField(label=_("À revoir le"), required=False)
    is_confirmed = forms.BooleanField(
        label=_("Je l’ai vérifié auprès du service"), required=False,
    )  # fmt: skip
    own: tuple[str, ...] = ("text",)
    origin = ("source", "new_source", "as_of_date", "is_confirmed")
    validity = ("valid_from_date", "valid_until_date", "review_date")

    def fields_own(self) -> list[forms.BoundField]:
        return [self[name] for name in self.own]

    def fields_origin(self) -> list[forms.BoundField]:
        return [self[name] for name in self.origin]

    def fields_validity(self) -> list[forms.BoundField]:
        return [self[name] for name in self.validity]

    def provenance(self) -> Provenance:
        """This method will give where the fact comes from, as typed."""
        data = self.cleaned_data
        return Provenance(
            source=self.source_given(),
            as_of_date=data.get("as_of_date"),
            valid_from_date=data.get("valid_from_date"),
            valid_until_date=data.get("valid_until_date"),
            review_date=data.get("review_date"),
        )

    def state(self) -> FactState:
        return FactState.CONFIRMED if self.cleaned_data["is_confirmed"] else FactState.STATED

    def words(self) -> str:
        """This method will give what a person reads."""
        return str(self.cleaned_data.get("text", ""))

    def value(self) -> dict[str, Any] | None:
        """This method will give the typed parts, or None when they follow from the words."""
        return None


class PhoneForm(FactForm):
    text = forms.CharField(
        label=_("Numéro"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )


class EmailForm(FactForm):
    text = forms.EmailField(label=_("Adresse électronique"), error_messages=WANTED)


class UrlForm(FactForm):
    text = forms.URLField(label=_("Adresse du site"), error_messages=WANTED, assume_scheme="https")


class AddressForm(FactForm):
    text = None  # type: ignore[assignment]
    street = forms.CharField(label=_("Rue"), max_length=120, error_messages=WANTED)
    number = forms.CharField(
        label=_("Numéro"),
        max_length=20,
        required=False,
        help_text=_("Comme sur la porte : 13 ¾, 4/9."),
    )
    postal_code = forms.RegexField(
        r"^\d{4}$", label=_("Code postal"), required=False,
        error_messages={"invalid": _("Quatre chiffres, comme 7000.")},
    )  # fmt: skip
    locality = forms.CharField(label=_("Localité"), max_length=80, required=False)
    own = ("street", "number", "postal_code", "locality")

    def value(self) -> dict[str, Any]:
        return {name: str(self.cleaned_data.get(name, "")).strip() for name in self.own}

    def words(self) -> str:
        return address_text(self.value())


class PriceForm(FactForm):
    is_free = forms.BooleanField(label=_("Gratuit"), required=False)
    amount = forms.DecimalField(
        label=_("Montant en euros"), required=False, min_value=0, decimal_places=2
    )
    per = forms.CharField(
        label=_("Par"), required=False, max_length=40, help_text=_("séance, repas, mois…")
    )
    text = forms.CharField(
        label=_("Précisions"),
        required=False,
        widget=lines(2),
        help_text=_("Tarif réduit, pour qui, comment payer."),
    )
    own = ("is_free", "amount", "per", "text")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_free") and data.get("amount"):
            self.add_error("amount", _("Gratuit, ou un montant : pas les deux."))
        return data

    def value(self) -> dict[str, Any]:
        data = self.cleaned_data
        amount: Decimal | None = data.get("amount")
        return {
            "free": bool(data.get("is_free")),
            "amount": f"{amount:.2f}" if amount is not None else None,
            "per": data.get("per", ""),
        }

    def words(self) -> str:
        value, more = self.value(), super().words()
        said = "Gratuit" if value["free"] else ""
        if value["amount"] is not None:
            said = value["amount"].replace(".", ",").removesuffix(",00") + " €"
            said += f" par {value['per']}" if value["per"] else ""
        return ". ".join(part for part in (said, more) if part)


class LanguageForm(FactForm):
    languages = forms.MultipleChoiceField(
        label=_("Langues parlées"),
        choices=SPOKEN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=_("Précisions"), required=False, help_text=_("Interprète sur demande, le mardi…")
    )
    own = ("languages", "text")

    def value(self) -> dict[str, Any]:
        return {"languages": self.cleaned_data.get("languages", [])}

    def words(self) -> str:
        names = dict(SPOKEN)
        said = ", ".join(str(names[code]) for code in self.value()["languages"])
        parts = [said[:1].upper() + said[1:], super().words()]
        return ". ".join(part for part in parts if part)


class AccessibilityForm(FactForm):
    wheelchair = forms.ChoiceField(
        label=_("En fauteuil"), required=False, widget=forms.RadioSelect,
        choices=[("yes", _("Accessible")), ("partly", _("En partie")), ("no", _("Pas accessible"))],
    )  # fmt: skip
    text = forms.CharField(
        label=_("Précisions"), required=False, widget=lines(2),
        help_text=_("Marches, porte, ascenseur, toilettes, boucle auditive."),
    )  # fmt: skip
    own = ("wheelchair", "text")

    def value(self) -> dict[str, Any]:
        return {"wheelchair": self.cleaned_data.get("wheelchair", "")}

    def words(self) -> str:
        names = {
            "yes": "Accessible en fauteuil",
            "partly": "Accessible en partie",
            "no": "Pas accessible en fauteuil",
        }
        return ". ".join(
            p for p in (names.get(self.value()["wheelchair"], ""), super().words()) if p
        )


class ComfortForm(FactForm):
    heated = forms.BooleanField(label=_("Chauffé : on peut y rester quand il gèle"), required=False)
    cooled = forms.BooleanField(
        label=_("Rafraîchi : on peut y rester pendant la canicule"), required=False
    )
    text = forms.CharField(
        label=_("Précisions"), required=False, help_text=_("Eau, fauteuils, heures.")
    )
    own = ("heated", "cooled", "text")

    def value(self) -> dict[str, Any]:
        return {name: bool(self.cleaned_data.get(name)) for name in ("heated", "cooled")}

    def words(self) -> str:
        value = self.value()
        said = [w for key, w in (("heated", "chauffé"), ("cooled", "rafraîchi")) if value[key]]
        lead = f"Lieu {' et '.join(said)}" if said else ""
        return ". ".join(p for p in (lead, super().words()) if p)


class ActivityForm(FactForm):
    title = forms.CharField(
        label=_("Activité"),
        max_length=120,
        error_messages={"required": _("Dites ce que l’on y fait.")},
    )
    day = forms.ChoiceField(label=_("Jour"), choices=[(d, NAMES[d]) for d in DAYS])
    opens = forms.TimeField(
        label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    text = forms.CharField(label=_("Pour qui, à quel prix"), required=False)
    own = ("title", "day", "opens", "closes", "text")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens") and data.get("closes") and data["closes"] <= data["opens"]:
            self.add_error("closes", _("L’activité finit avant de commencer."))
        return data

    def _rule(self) -> WeeklyRule:
        data = self.cleaned_data
        return WeeklyRule((data["day"],), data["opens"], data["closes"])

    def value(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {**self._rule().value(), "title": data["title"], "notes": data.get("text", "")}

    def words(self) -> str:
        return ". ".join(p for p in (self.cleaned_data["title"], super().words()) if p)


class CoordinatesForm(FactForm):
    text = None  # type: ignore[assignment]
    latitude = forms.DecimalField(
        label=_("Latitude"), min_value=-90, max_value=90, decimal_places=6
    )
    longitude = forms.DecimalField(
        label=_("Longitude"), min_value=-180, max_value=180, decimal_places=6
    )
    own = ("latitude", "longitude")

    def value(self) -> dict[str, Any]:
        return {name: float(self.cleaned_data[name]) for name in self.own}

    def words(self) -> str:
        return f"{self.cleaned_data['latitude']}, {self.cleaned_data['longitude']}"


class HoursForm(FactForm):
    """A week as a grid: two spans a day, and a remark."""

    text = forms.CharField(
        label=_("Remarque"), required=False, help_text=_("Fermé les jours fériés, sur rendez-vous…")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for day in DAYS:
            for span in ("1", "2"):
                for end, word in (("opens", _("ouvre")), ("closes", _("ferme"))):
                    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
                    self.fields[f"{day}_{span}_{end}"] = forms.TimeField(
                        label=f"{NAMES[day]}, {word} ({span})", required=False, widget=widget
                    )

    def grid(self) -> list[dict[str, Any]]:
        """This method will give the rows of the grid."""
        return [
            {
                "day": NAMES[day],
                "cells": [
                    self[f"{day}_{span}_{end}"] for span in "12" for end in ("opens", "closes")
                ],
            }
            for day in DAYS
        ]

    def slots(self) -> list[Slot]:
        """This method will give the spans typed; half a span is said to be so."""
        data, found = self.cleaned_data, []
        for day in DAYS:
            for span in "12":
                opens: time | None = data.get(f"{day}_{span}_opens")
                closes: time | None = data.get(f"{day}_{span}_closes")
                if opens and closes:
                    found.append(Slot(day, opens, closes))
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day in DAYS:
            for span in "12":
                pair = (data.get(f"{day}_{span}_opens"), data.get(f"{day}_{span}_closes"))
                if bool(pair[0]) != bool(pair[1]):
                    missing = "closes" if pair[0] else "opens"
                    self.add_error(f"{day}_{span}_{missing}", _("Il manque une heure."))
        return data


FORMS: dict[str, type[FactForm]] = {
    FactKind.PHONE: PhoneForm,
    FactKind.EMAIL: EmailForm,
    FactKind.URL: UrlForm,
    FactKind.ADDRESS: AddressForm,
    FactKind.PRICE: PriceForm,
    FactKind.LANGUAGE: LanguageForm,
    FactKind.ACCESSIBILITY: AccessibilityForm,
    FactKind.COMFORT: ComfortForm,
    FactKind.ACTIVITY: ActivityForm,
    FactKind.COORDINATES: CoordinatesForm,
    FactKind.HOURS: HoursForm,
}


def form_for(kind: str) -> type[FactForm]:
    """This function will give the form of this kind of fact."""
    return FORMS.get(kind, FactForm)
