"""A request that an agent enters for a person who is there, on the telephone, or who wrote."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from beffroi.acts.requests import forms as questions
from beffroi.acts.requests import new_queries as new
from beffroi.acts.requests import receipt as receipts
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Channel, FormKind
from beffroi.core.errors import InvalidInput
from beffroi.guidance import services as guidance
from beffroi.web.portal.requests_forms import AskForm

_CHANNELS = (Channel.DESK, Channel.PHONE, Channel.LETTER, Channel.EMAIL, Channel.FIELD)
_LANGUAGES = (("fr", lazy("français")), ("nl", lazy("néerlandais")), ("de", lazy("allemand")),
              ("en", lazy("anglais")))  # fmt: skip
#: From this many words on, they are a situation and no longer the name of a service.
_FEWEST_WORDS = 2


def choose(request: HttpRequest) -> HttpResponse:
    """This function will show the services that take requests, narrowed by what was typed."""
    typed = request.GET.get("q", "").strip()
    offers = new.offers()
    found = [offer for offer in offers if offer.answers_to(typed)] if typed else offers
    guessed: list[new.Offer] = []
    if typed and (not found or len(typed.split()) >= _FEWEST_WORDS):
        by_key = {offer.key: offer for offer in offers}
        results = guidance.orient_words(words=typed, lang=None).results
        guessed = [by_key[r.service] for r in results if r.service in by_key]
        guessed = [offer for offer in guessed if offer not in found]
    return render(
        request,
        "desk/requests/choose.html",
        {"typed": typed, "found": found, "guessed": guessed, "all": len(offers)},
    )


class DeskForm(AskForm):
    """The form of the portal, in the words of an agent who writes for the person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "name": _("Nom de la personne"), "phone": _("Téléphone"), "email": _("Courriel"),
            "postal_code": _("Code postal de l’endroit où elle vit"),
            "for_whom": _("Pour qui est la demande ?"),
            "other_name": _("Qui est cette autre personne ?"),
            "other_knows": _("Est-elle au courant ?"),
        }  # fmt: skip
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label
                self.fields[name].help_text = ""
        self.fields["for_whom"].choices = [  # type: ignore[attr-defined]
            ("me", _("Pour la personne qui est là")), ("other", _("Pour quelqu’un d’autre")),
        ]  # fmt: skip
        for name, field in self.fields.items():
            if name in labels and "autocomplete" in field.widget.attrs:
                field.widget.attrs["autocomplete"] = "off"
        self.fields["channel"] = forms.ChoiceField(
            label=_("Reçue"), choices=[(c.value, c.label) for c in _CHANNELS],
        )  # fmt: skip
        self.fields["language"] = forms.ChoiceField(
            label=_("Langue de la personne"), choices=_LANGUAGES,
            help_text=_("Son accusé de réception est dans cette langue."),
        )  # fmt: skip

    def draft(self) -> requests.Draft:
        """What was filled in, in the language of the person."""
        self.lang = self.cleaned_data.get("language") or "fr"
        return super().draft()

    @property
    def channel(self) -> Channel:
        return Channel(self.cleaned_data.get("channel") or Channel.DESK)

    def check_with_room(self) -> None:
        """This function will let the room check everything at once."""
        requests.check_draft(draft=self.draft(), channel=self.channel)


def fill_in(request: HttpRequest, service: str, kind: str) -> HttpResponse:
    """This function will take a request down and show its receipt, to be handed over at once.

    Sent twice, the same page gives the same request. The code of the receipt is shown here
    alone: nobody can read it again.
    """
    offer = new.offer_of(service, kind)
    if offer is None:
        raise Http404
    fields = questions.fields_of(kind, offer.extra_fields)
    if request.method != "POST":
        initial = {"nonce": uuid4().hex, "language": "fr"}
        form = DeskForm(service, kind, fields, "fr", initial=initial)
        return render(request, "desk/requests/fill_in.html", {"offer": offer, "form": form})
    form = DeskForm(service, kind, fields, "fr", request.POST, request.FILES)
    if form.is_valid():
        try:
            return _receipt(request, form)
        except InvalidInput as error:
            form.add_faults(error)
    return render(request, "desk/requests/fill_in.html", {"offer": offer, "form": form})


def _receipt(request: HttpRequest, form: DeskForm) -> HttpResponse:
    held = requests.open_request(
        draft=form.draft(),
        nonce=form.send_key("desk:" + str(form.cleaned_data.get("nonce", ""))),
        by=request.actor,  # type: ignore[attr-defined]
        at=timezone.now(),
        channel=form.channel,
    )
    asked = requests.open_own_page(reference=held.reference, secret=held.secret)
    page = receipts.receipt_page(asked, held.secret, timezone.localdate())
    context = {
        "page": page,
        "qr": receipts.qr_code(page.link),
        "kind": FormKind(asked.kind).label,
        "mine": asked.team.key in request.actor.teams,  # type: ignore[attr-defined]
        "team": asked.team.name,
    }
    response = render(request, "desk/requests/receipt.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
