"""The small forms of the acts on a person: fields as the service names them."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.people import services as people
from beffroi.people.enums import (
    INVERSE_WORDS,
    CivilStatusKind,
    ConsentPurpose,
    ContactKind,
    IdentifierKind,
    LanguageLevel,
    MemberRole,
    NameKind,
    Proof,
    RepresentativeKind,
    RepresentativeScope,
    Source,
    TieKind,
)
from beffroi.web.desk.people.forms import AddressForm, PeopleForm, day_field

_REFERENCE = lazy("Sa référence, P suivi de chiffres : cherchez-la d’abord.")


class ActForm(PeopleForm):
    """The form of one act on one person."""

    act = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.act}-%s", **kwargs})

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes."""
        return dict(self.cleaned_data)


def _choice(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", lazy("Choisir")), *choices], **more)


class NewAddress(AddressForm, ActForm):
    act = "adresse"
    seal_reason = forms.CharField(
        label=lazy("La protéger : pourquoi"), max_length=300, required=False,
        help_text=lazy("Écrire ici un motif la cache à tous, sauf aux agents de son dossier."),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes."""
        given = self.cleaned_data
        return {
            "draft": people.AddressDraft(**self.place()), "since": given["since"],
            "until": given["until"], "seal_reason": given["seal_reason"],
        }  # fmt: skip


class NewContact(ActForm):
    act = "contact"
    kind = _choice(lazy("C’est"), ContactKind.choices)
    value = forms.CharField(label=lazy("Numéro ou adresse"), max_length=160)
    note = forms.CharField(
        label=lazy("Comment s’en servir"), max_length=160, required=False,
        help_text=lazy("Par exemple : ne pas laisser de message."),
    )  # fmt: skip


class NewNumber(ActForm):
    act = "numero"
    kind = _choice(lazy("C’est"), IdentifierKind.choices)
    value = forms.CharField(label=lazy("Numéro"), max_length=40)
    source = _choice(lazy("D’où vient-il"), Source.choices)
    since = day_field(lazy("Depuis le"))


class NewName(ActForm):
    act = "nom"
    kind = _choice(lazy("C’est"), NameKind.choices)
    last_name = forms.CharField(label=lazy("Nom"), max_length=120)
    first_name = forms.CharField(label=lazy("Prénoms"), max_length=120, required=False)
    since = day_field(lazy("Depuis le"))
    until = day_field(lazy("Jusqu’au"))


class CivilStatus(ActForm):
    act = "etat-civil"
    status = _choice(lazy("État civil"), CivilStatusKind.choices)
    since = day_field(lazy("Depuis le"))
    source = _choice(lazy("D’où vient-il"), Source.choices)


class Languages(ActForm):
    act = "langue"
    code = forms.CharField(
        label=lazy("Langue"), max_length=3, help_text=lazy("Son code : fr, nl, ar, uk, tr…")
    )
    level = _choice(lazy("Comment"), LanguageLevel.choices)
    needs_interpreter = forms.BooleanField(label=lazy("Avec un interprète"), required=False)


class NewTie(ActForm):
    act = "lien"
    other = forms.CharField(label=lazy("L’autre personne"), max_length=12, help_text=_REFERENCE)
    word = _choice(
        lazy("Elle est pour cette personne"),
        [*TieKind.choices, *((word, label) for word, label in INVERSE_WORDS.values())],
    )
    since = day_field(lazy("Depuis le"))


class Household(ActForm):
    act = "menage"
    household = forms.CharField(
        label=lazy("Ménage"), max_length=12, required=False,
        help_text=lazy("Sa référence, H suivi de chiffres. Vide : un ménage nouveau."),
    )  # fmt: skip
    role = _choice(lazy("Sa place"), MemberRole.choices)
    since = day_field(lazy("Depuis le"))


class Consent(ActForm):
    act = "consentement"
    purpose = _choice(lazy("À quoi"), ConsentPurpose.choices)
    detail = forms.CharField(label=lazy("Précisément"), max_length=200, required=False)
    given_date = day_field(lazy("Donné le"), required=True)
    proof = _choice(lazy("Preuve"), Proof.choices)

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes."""
        given = dict(self.cleaned_data)
        return given | {"given": given.pop("given_date")}


class Representative(ActForm):
    act = "representant"
    kind = _choice(lazy("Qualité"), RepresentativeKind.choices)
    acting = forms.CharField(
        label=lazy("Une personne connue ici"), max_length=12, required=False, help_text=_REFERENCE
    )
    name = forms.CharField(label=lazy("Ou son nom"), max_length=160, required=False)
    scope = _choice(lazy("Pour"), RepresentativeScope.choices)
    detail = forms.CharField(label=lazy("Précisément"), max_length=300, required=False)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=lazy("Courriel"), required=False)
    postal_address = forms.CharField(label=lazy("Adresse"), max_length=300, required=False)
    since = day_field(lazy("Depuis le"))

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes."""
        return {"draft": people.RepresentativeDraft(**self.cleaned_data)}


class Death(ActForm):
    act = "deces"
    on = day_field(lazy("Date du décès"), help_text=lazy("Vide quand elle n’est pas connue."))


FORMS: dict[str, type[ActForm]] = {
    form.act: form
    for form in (
        NewAddress, Household, NewTie, NewContact, NewNumber, NewName, CivilStatus, Languages,
        Consent, Representative, Death,
    )
}  # fmt: skip


def labels() -> dict[str, tuple[str, str]]:
    """This function will give the title of each act and the words of its button."""
    return {
        "adresse": (_("Noter une adresse"), _("Noter l’adresse")),
        "menage": (_("Entrer dans un ménage"), _("Noter le ménage")),
        "lien": (_("Noter un lien avec quelqu’un"), _("Noter le lien")),
        "contact": (_("Noter un téléphone ou un courriel"), _("Noter le contact")),
        "numero": (_("Noter un numéro"), _("Noter le numéro")),
        "nom": (_("Noter un autre nom"), _("Noter ce nom")),
        "etat-civil": (_("Noter l’état civil"), _("Noter l’état civil")),
        "langue": (_("Noter une langue"), _("Noter la langue")),
        "consentement": (_("Noter un consentement"), _("Noter le consentement")),
        "representant": (_("Noter un représentant"), _("Noter le représentant")),
        "deces": (_("Noter son décès"), _("Noter le décès")),
    }


class EndForm(PeopleForm):
    """The day something ends, and what goes with it."""

    until = day_field(lazy("Le"), required=True)
    proof = _choice(lazy("Preuve"), Proof.choices, required=False)

    def __init__(self, *args: Any, what: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate
        if what == "consentement":
            self.fields["proof"].required = True
        else:
            del self.fields["proof"]


class ReasonForm(PeopleForm):
    """A reason, for what is not done without one."""

    reason = forms.CharField(
        label=lazy("Pourquoi"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
