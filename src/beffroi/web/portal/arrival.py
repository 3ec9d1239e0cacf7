"""« Je suis arrivé·e »: at the door, a reference gives a ticket; a wrong one tells nothing."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from beffroi.acts.agenda import services as agenda
from beffroi.web import limits
from beffroi.web.client import client_address
from beffroi.web.portal.requests_private import private


class ArrivalForm(forms.Form):
    """The reference of an appointment, or of the request it was made for."""

    use_required_attribute = False
    reference = forms.CharField(
        label=lazy("Votre référence"), max_length=20,
        help_text=lazy("Elle est sur votre rappel ou votre accusé de réception."),
        error_messages={"required": lazy("Écrivez votre référence.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip


@private
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: HttpRequest) -> HttpResponse:
    """This function will announce the person and give her ticket, and nothing of her appointment.

    Every reference that opens no appointment of today is answered in the same words.
    """
    form = ArrivalForm(request.POST or None)
    ticket, status = "", 200
    if request.method == "POST":
        at, address = timezone.now(), client_address(request)
        status = 422
        if not limits.may_announce(address, at):
            form.add_error(
                None, _("Il y a eu beaucoup d’essais. Présentez-vous à l’accueil : on vous y aidera.")
            )  # fmt: skip
            status = 429
        elif form.is_valid():
            try:
                ticket = agenda.announce_herself(
                    reference=form.cleaned_data["reference"], at=at
                ).ticket
                status = 200
            except agenda.NotExpected:
                limits.count_wrong_arrival(address, at)
                form.add_error(
                    None,
                    _(
                        "Nous ne pouvons pas vous annoncer avec cette référence. Présentez-vous à "
                        "l’accueil : on vous y aidera, avec ou sans rendez-vous."
                    ),
                )
    context = {"form": form, "ticket": ticket}
    return render(request, "portal/arrival.html", context, status=status)
