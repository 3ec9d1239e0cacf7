"""What the pages of the council share: who asks, when, and a refusal said in words."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, NotAllowed, Refusal


def actor_of(request: HttpRequest) -> Actor:
    """This function will give who is signed in, as the middleware found her."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def attempt(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> bool:
    """This function will do `act` with what the form holds and say whether it was done.

    A refusal comes back into the form, beside its fields; nothing typed is lost.
    """
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except NotAllowed:
        raise
    except Refusal as refusal:
        fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
        form.add_error(None, str(refusal))
        for name, said in fields.items():
            if name in form.fields:
                form.add_error(name, said)
        return False
    return True


def at_once(request: HttpRequest, act: Callable[[], Any], said: str, to: str) -> HttpResponse:
    """This function will do an act that asks nothing; a refusal is said on the page it leads to."""
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as refusal:
        fields = refusal.fields.values() if isinstance(refusal, InvalidInput) else ()
        messages.error(request, " ".join([str(refusal), *fields]))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(to)


class CouncilForm(forms.Form):
    """A form of these pages: the room says what is wrong, beside the field."""

    use_required_attribute = False
    act = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", f"{self.act or 'champ'}-%s")
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.error_messages["required"] = _("Il manque ceci.")
            field.error_messages["invalid"] = _("Nous n’arrivons pas à lire cela.")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """This function will give a day, in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class WhenForm(CouncilForm):
    """A day, an hour and a place."""

    act = "quand"
    day = day_field(lazy("Jour"))
    hour = forms.TimeField(
        label=lazy("Heure"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=lazy("Lieu"), max_length=160)


def moment_of(data: dict[str, Any]) -> datetime:
    """This function will join the day and the hour of a form, where the house is."""
    day: date = data["day"]
    hour: time = data["hour"]
    return timezone.make_aware(datetime.combine(day, hour))
