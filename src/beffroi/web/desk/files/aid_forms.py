"""The questions of one kind of aid as fields of a form; the room checks what is answered."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from beffroi.casework.aids import Aid, AidField
from beffroi.casework.details import NO, YES

_MODES = {"money": "decimal", "rate": "decimal", "number": "decimal", "integer": "numeric"}


def aid_fields(kind: Aid, given: Mapping[str, Any] | None = None) -> dict[str, forms.Field]:
    """This function will give a field for each question of an aid, with what is answered already."""
    known = given or {}
    return {one.key: _field(one, str(known.get(one.key) or "")) for one in kind.fields}


def _field(one: AidField, value: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": one.label, "required": one.required, "help_text": one.hint, "initial": value,
    }  # fmt: skip
    if one.type == "money":
        common["label"] = _("%(label)s, en euros") % {"label": one.label}
    if one.type == "choices":
        common["initial"] = [key for key in value.split(",") if key]
        return forms.MultipleChoiceField(
            choices=one.choices, widget=forms.CheckboxSelectMultiple, **common
        )
    if one.type in ("choice", "points", "bool"):
        return forms.ChoiceField(choices=_choices(one), **common)
    if one.type == "long":
        lines = forms.Textarea(attrs={"rows": 3, "maxlength": 4000})
        return forms.CharField(widget=lines, max_length=4000, **common)
    if one.type == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    if one.type in _MODES:
        common["initial"] = _typed(one.type, value)
        widget = forms.TextInput(attrs={"inputmode": _MODES[one.type]})
        return forms.CharField(widget=widget, max_length=20, **common)
    return forms.CharField(max_length=300, **common)


def _choices(one: AidField) -> list[tuple[str, str]]:
    if one.type == "bool":
        return [("", _("On ne sait pas encore")), (YES, _("Oui")), (NO, _("Non"))]
    first = _("Choisir") if one.required else _("On ne sait pas encore")
    return [("", first), *one.choices]


def _typed(kind: str, value: str) -> str:
    """A number as it is typed in French: with a comma."""
    if not value:
        return ""
    return f"{Decimal(value):.2f}".replace(".", ",") if kind == "money" else value.replace(".", ",")
