"""Fields and widgets that several pages of the editor share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beffroi.directory import editor_queries as directory

LANGUAGES = (
    ("fr", _("français")),
    ("nl", _("néerlandais")),
    ("de", _("allemand")),
    ("en", _("anglais")),
)


class DateField(forms.DateField):
    """A day, in the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        options.setdefault("widget", widget)
        super().__init__(**options)


class ReasonForm(forms.Form):
    """Why an act is done."""

    reason = forms.CharField(
        label=_("Pourquoi"), max_length=300, error_messages={"required": _("Dites pourquoi.")}
    )


def lines(rows: int = 3) -> forms.Textarea:
    """This function will give a box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


def language_fields(
    prefix: str, label: Any, rows: int = 3, longest: int = 500, french_required: bool = False
) -> dict[str, forms.CharField]:
    """This function will give one box for each language of the portal."""
    return {
        f"{prefix}_{code}": forms.CharField(
            label=f"{label} : {name}", required=french_required and code == "fr", max_length=longest,
            widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
        )
        for code, name in LANGUAGES
    }  # fmt: skip


def by_language(prefix: str, data: dict[str, Any]) -> dict[str, str]:
    """This function will gather the boxes of a text by language."""
    return {code: data.get(f"{prefix}_{code}", "") for code, _name in LANGUAGES}


class SourceMixin(forms.Form):
    """Where a fact comes from: a source known here, or one to name."""

    source = forms.ChoiceField(
        label=_("Source"),
        error_messages={"required": _("Choisissez une source, ou nommez-en une autre.")},
    )
    new_source = forms.CharField(
        label=_("Autre source"), required=False, max_length=255,
        help_text=_("Par exemple : appel au service, 23 novembre. Elle sera ajoutée aux sources."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sources = {str(row.pk): row for row in directory.sources()}
        set_choices(
            self,
            "source",
            [("", _("Choisir"))] + [(pk, row.title) for pk, row in self._sources.items()],
        )

    def clean(self) -> dict[str, Any]:
        """This method will let the name of another source stand for the choice of one."""
        data = super().clean() or {}
        if data.get("new_source"):
            self.errors.pop("source", None)
        return data

    def source_given(self) -> Any:
        """This method will give the source chosen, or the one named; the service checks it."""
        from beffroi.directory.services import NewSource

        named = self.cleaned_data.get("new_source", "")
        return NewSource(named) if named else self._sources[self.cleaned_data["source"]]


def set_choices(form: forms.Form, name: str, choices: Any) -> None:
    """This function will give a field the choices that only the database knows."""
    field = form.fields[name]
    field.choices = choices  # type: ignore[attr-defined]
