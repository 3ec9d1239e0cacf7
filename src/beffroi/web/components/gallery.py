"""The gallery: every component with each of its states, read from ``gallery.yaml``."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates" / "components"

_WIDGETS: dict[str, forms.Widget | type[forms.Widget]] = {
    "text": forms.TextInput,
    "tel": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    "email": forms.EmailInput(attrs={"autocomplete": "email"}),
    "textarea": forms.Textarea(attrs={"rows": 5}),
    "select": forms.Select,
    "radios": forms.RadioSelect,
    "checkboxes": forms.CheckboxSelectMultiple,
    "checkbox": forms.CheckboxInput,
    "date": forms.DateInput(attrs={"type": "date"}),
    "file": forms.FileInput,
}
_FIELDS: dict[str, type[forms.Field]] = {
    "email": forms.EmailField,
    "select": forms.ChoiceField,
    "radios": forms.ChoiceField,
    "checkboxes": forms.MultipleChoiceField,
    "checkbox": forms.BooleanField,
    "date": forms.DateField,
    "file": forms.FileField,
}


@dataclass(frozen=True)
class Shown:
    """One state of a component, rendered."""

    title: str
    html: SafeString


@dataclass(frozen=True)
class Entry:
    """One component of the gallery: its name, what it is for, its states."""

    name: str
    use: str
    states: tuple[Shown, ...]


@lru_cache(maxsize=1)
def declared() -> dict[str, dict[str, Any]]:
    """This function will give what ``gallery.yaml`` says of each component."""
    with (HERE / "gallery.yaml").open(encoding="utf-8") as stream:
        entries: dict[str, dict[str, Any]] = yaml.safe_load(stream)
    return entries


def component_names() -> set[str]:
    """This function will give the names of the components; fragments and the gallery page aside."""
    stems = {path.stem for path in TEMPLATES.glob("*.html")}
    return {stem for stem in stems if not stem.startswith("_")} - {"gallery"}


def render_state(name: str, title: str) -> SafeString:
    """This function will render one state of a component with the values declared for it."""
    values = _values(declared()[name]["states"][title], prefix=f"{name}-{title}")
    return SafeString(render_to_string(f"components/{name}.html", values))


def entries() -> list[Entry]:
    """This function will render every state of every component, in the order of the file.

    On a page that shows them all, none takes the focus.
    """
    found = []
    for name, said in declared().items():
        states = (
            Shown(title, SafeString(render_state(name, title).replace(" autofocus>", ">")))
            for title in said["states"]
        )
        found.append(Entry(name, said["use"], tuple(states)))
    return found


def _values(declared_values: dict[str, Any], *, prefix: str) -> dict[str, Any]:
    values = dict(declared_values)
    if "page" in values:
        page = values["page"]
        values["page"] = Paginator(range(page["count"]), page["per_page"]).page(page["number"])
    if "form" in values:
        said = values.pop("form")
        form = _form(said, prefix=said.get("prefix", ""))
        if "only" in said:
            values["field"] = form[said["only"]]
            if "unknown" in said:
                values["unknown"] = form[said["unknown"]]
        else:
            values["form"] = form
    return values


def _form(said: dict[str, Any], *, prefix: str) -> forms.Form:
    data = said.get("data")
    if data is not None and prefix:
        data = {f"{prefix}-{name}": value for name, value in data.items()}
    form = forms.Form(
        data=data, prefix=prefix or None, auto_id="gallery_%s", use_required_attribute=False
    )
    for name, field in said["fields"].items():
        form.fields[name] = _field(field)
    return form


def _field(said: dict[str, Any]) -> forms.Field:
    kind = said["kind"]
    options: dict[str, Any] = {
        "label": said["label"],
        "help_text": said.get("help", ""),
        "required": said.get("required", False),
        "initial": said.get("initial"),
        "widget": _WIDGETS[kind],
    }
    if "choices" in said:
        options["choices"] = list(said["choices"].items())
    return _FIELDS.get(kind, forms.CharField)(**options)
