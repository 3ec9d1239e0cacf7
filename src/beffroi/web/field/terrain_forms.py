"""The forms of the field, on phones and at the desk; the room checks what they carry."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.fieldwork.enums import ContactKind, FaultKind, Orientation, OutingKind, Theme
from beffroi.acts.fieldwork.services import ContactDraft, KitDraft, KitLine, SightDraft
from beffroi.core.errors import InvalidInput, Refusal
from beffroi.web.desk.activities.marked import MarkedForm

_DETAILS = ("women", "men", "children", "young", "adults", "seniors")
#: Buttons that count a contact in one touch.
QUICK = (1, 2, 3, 4, 5, 6, 8, 10)


def _few(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 500})
    return forms.IntegerField(
        label=label, min_value=0, max_value=500, required=False, widget=widget
    )


class _WithKits(MarkedForm):
    """Fields for each kind of kit: handed over, taken back."""

    def __init__(self, kits: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kit_kinds = list(kits)
        for kit in self.kit_kinds:
            self.fields[f"given_{kit.pk}"] = _few(lazy("Remis"))
            self.fields[f"back_{kit.pk}"] = _few(lazy("Repris"))

    @property
    def kit_rows(self) -> list[dict[str, Any]]:
        """This property gives the two fields of each kit, to be drawn on one line."""
        return [
            {"name": kit.name, "given": self[f"given_{kit.pk}"], "back": self[f"back_{kit.pk}"]}
            for kit in self.kit_kinds
        ]

    def lines(self) -> tuple[KitLine, ...]:
        """This function will give what moved, kit by kit."""
        given = self.cleaned_data
        return tuple(
            KitLine(kit.pk, given[f"given_{kit.pk}"] or 0, given[f"back_{kit.pk}"] or 0)
            for kit in self.kit_kinds
        )


class ContactForm(_WithKits):
    """A contact: where, what kind, how many; the rest is optional."""

    spot = forms.TypedChoiceField(
        label=lazy("Où"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    place = forms.CharField(label=lazy("Ailleurs, en mots"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=lazy("Quoi"), choices=ContactKind.choices, initial=ContactKind.TALK,
        widget=forms.RadioSelect,
    )  # fmt: skip
    people = forms.IntegerField(
        label=lazy("Combien de personnes"), min_value=1, max_value=500, required=False
    )
    other = _few(lazy("Un autre nombre"))
    women, men = _few(lazy("Femmes")), _few(lazy("Hommes"))
    children, young = _few(lazy("Moins de 12 ans")), _few(lazy("12 à 25 ans"))
    adults, seniors = _few(lazy("26 à 64 ans")), _few(lazy("65 ans et plus"))
    themes = forms.MultipleChoiceField(
        label=lazy("De quoi"), choices=Theme.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    orientation = forms.ChoiceField(
        label=lazy("Orientation vers"), choices=Orientation.choices, required=False
    )
    is_refused = forms.BooleanField(label=lazy("La personne n’en veut pas"), required=False)
    code = forms.CharField(
        label=lazy("Code choisi par la personne"), max_length=40, min_length=4, required=False,
        help_text=lazy("Il n’est gardé nulle part : il sert à la compter une fois dans l’année."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    def __init__(
        self, area: Any, spots: Iterable[Any], kits: Iterable[Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(kits, *args, **kwargs)
        self.fields["spot"].choices = [(one.pk, one.name) for one in spots]  # type: ignore[attr-defined]
        if area.kind != OutingKind.DRUGS:
            del self.fields["code"]

    def tell(self, refused: Refusal) -> None:
        """This function will put the words of a refusal where they belong."""
        if isinstance(refused, InvalidInput) and "people" in refused.fields:
            refused.fields["other"] = refused.fields.pop("people")
        super().tell(refused)

    @property
    def counts(self) -> list[Any]:
        """This property gives the optional counts, to be drawn together."""
        return [self[name] for name in _DETAILS]

    def draft(self, outing: int | UUID, met_at: datetime) -> ContactDraft:
        """This function will give what the service takes, met at that moment."""
        given = self.cleaned_data
        return ContactDraft(
            mark=given["mark"], outing=outing, met_at=met_at, kind=given["kind"],
            people=given["people"] or given["other"] or 0, spot=given["spot"],
            place=given["place"], themes=tuple(given["themes"]), orientation=given["orientation"],
            is_refused=given["is_refused"], code=given.get("code", ""), kits=self.lines(),
            **{name: given[name] or 0 for name in _DETAILS},
        )  # fmt: skip


class KitsForm(_WithKits):
    """Kits that moved without a contact."""

    def draft(self, outing: int | UUID, moved_at: datetime) -> KitDraft:
        """This function will give what the service takes."""
        mark: UUID = self.cleaned_data["mark"]
        return KitDraft(mark, outing, moved_at, self.lines())


class FaultForm(MarkedForm):
    """A fault in public space."""

    kind = forms.ChoiceField(
        label=lazy("Quoi"), choices=FaultKind.choices, widget=forms.RadioSelect
    )
    spot = forms.TypedChoiceField(
        label=lazy("Où"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=lazy("Où exactement"), max_length=160, required=False,
        help_text=lazy("Rue et numéro, ou ce que l’on voit en face."),
    )  # fmt: skip
    note = forms.CharField(
        label=lazy("Ce que l’on voit"), max_length=300, required=False,
        help_text=lazy("Une chose, jamais une personne."),
    )  # fmt: skip

    def __init__(self, spots: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spot"].choices = [(one.pk, one.name) for one in spots]  # type: ignore[attr-defined]

    def draft(self, area: int, seen_at: datetime, outing: int | UUID | None = None) -> SightDraft:
        """This function will give what the service takes, seen at that moment."""
        given = self.cleaned_data
        return SightDraft(
            mark=given["mark"], area=area, kind=given["kind"], seen_at=seen_at, outing=outing,
            spot=given["spot"], place=given["place"], note=given["note"],
        )  # fmt: skip


class StartForm(MarkedForm):
    """Where one goes, and with whom."""

    area = forms.TypedChoiceField(label=lazy("Où allez-vous"), coerce=int, widget=forms.RadioSelect)
    crew = forms.TypedMultipleChoiceField(
        label=lazy("Avec"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, areas: list[tuple[int, str]], crew: list[tuple[int, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]
        self.fields["crew"].choices = crew  # type: ignore[attr-defined]
