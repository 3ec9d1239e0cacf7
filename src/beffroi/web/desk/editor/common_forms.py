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

    reason = forms.CharField(label=_("Pourquoi"), max_length=300, required=False)


def lines(rows: int = 3) -> forms.Textarea:
    """This function will give a box of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


def language_fields(
    prefix: str, label: Any, rows: int = 3, longest: int = 500
) -> dict[str, forms.CharField]:
    """This function will give one box for each language of the portal, French asked for."""
    return {
        f"{prefix}_{code}": forms.CharField(
            label=f"{label} : {name}", required=False, max_length=longest,
            widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
        )
        for code, name in LANGUAGES
    }  # fmt: skip


def by_language(prefix: str, data: dict[str, Any]) -> dict[str, str]:
    """This function will gather the boxes of a text by language."""
    return {code: data.get(f"{prefix}_{code}", "") for code, _name in LANGUAGES}


class SourceMixin(forms.Form):
    """Where a fact comes from: a source known here, or one to name."""

    source = forms.ChoiceField(label=_("Source"), required=False)
    new_source = forms.CharField(
        label=_("Autre source"), required=False, max_length=255,
        help_text=_("Par exemple : appel au service, 23 novembre. Elle sera ajoutée aux sources."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sources = {str(row.pk): row for row in directory.sources()}
        self.fields["source"].choices = [("", _("Choisir"))] + [  # type: ignore[attr-defined]
            (pk, row.title) for pk, row in self._sources.items()
        ]

    def source_given(self) -> Any:
        """This method will give the source chosen, or the one named; the service checks it."""
        from beffroi.directory.services import NewSource

        named = self.cleaned_data.get("new_source", "")
        return (
            NewSource(named)
            if named
            else self._sources.get(self.cleaned_data["source"], NewSource(""))
        )
