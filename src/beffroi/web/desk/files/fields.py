"""The form of one act, and the fields the forms of files are made of."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class ActForm(forms.Form):
    """The form of one act on one application; its fields are as the service names them."""

    use_required_attribute = False
    act = ""

    def __init__(self, *args: Any, application: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.act}-%s", **kwargs})
        if application is not None:
            self.choose(application)
        for field in self.fields.values():
            field.error_messages["required"] = _("Il manque ceci.")
            field.error_messages["invalid"] = _("Nous n’arrivons pas à lire cela.")

    def choose(self, application: Any) -> None:
        """This function will put in the choices that depend on the application."""

    def given(self) -> dict[str, Any]:
        """This function will give what the service takes."""
        return dict(self.cleaned_data)


def text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    """This function will give a field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": 8000})
    return forms.CharField(label=label, widget=widget, max_length=8000, **more)


def money(label: Any, **more: Any) -> forms.DecimalField:
    """This function will give a field for an amount in euros, comma or point."""
    return forms.DecimalField(
        label=label, min_value=0, max_digits=12, decimal_places=2, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more,
    )  # fmt: skip


def day(label: Any, **more: Any) -> forms.DateField:
    """This function will give a field for a date."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def moment(label: Any, **more: Any) -> forms.DateTimeField:
    """This function will give a field for a day and an hour."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **more)
