"""Cards of a grocery: who may come, until when; what the service social opens and ends."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.acts.supplies import permissions, queries
from beffroi.acts.supplies import services as supplies
from beffroi.core.actors import Actor
from beffroi.core.dates import add_months
from beffroi.people import queries as people
from beffroi.web.desk.small_acts import (
    DayField,
    MoneyField,
    SmallAct,
    SmallForm,
    WhyForm,
    attempt,
    fresh,
    offer,
)
from beffroi.web.desk.supplies import words

_A_PAGE = 50


class AccessForm(SmallForm):
    """What a decision of the CPAS says."""

    decision = forms.CharField(
        label=lazy("Décision du CPAS"), max_length=60, help_text=lazy("Son numéro ou sa date.")
    )
    since_date = DayField(label=lazy("Depuis le"))
    until_date = DayField(label=lazy("Jusqu’au"))
    adults = forms.IntegerField(label=lazy("Adultes"), min_value=1, max_value=20, initial=1)
    children = forms.IntegerField(label=lazy("Enfants"), min_value=0, max_value=20, initial=0)
    cap = MoneyField(
        label=lazy("Points par mois"), required=False,
        help_text=lazy("Vide : la règle de l’épicerie les donne."),
    )  # fmt: skip
    percent = MoneyField(
        label=lazy("Participation, en %"), required=False,
        help_text=lazy("Vide : la règle de l’épicerie la donne."),
    )  # fmt: skip

    def choose(self, about: Any) -> None:
        today = timezone.localdate()
        self.initial.setdefault("since_date", today)
        self.initial.setdefault("until_date", add_months(today, 6))

    def given(self) -> dict[str, Any]:
        names = ("decision", "since_date", "until_date", "adults", "children", "cap", "percent")
        return {"draft": supplies.AccessDraft(**{n: self.cleaned_data[n] for n in names})}


class _Whom(SmallForm):
    name = forms.CharField(
        label=lazy("Nom à appeler"), max_length=120,
        help_text=lazy("C’est ce que lit la caisse, avec le numéro et les points."),
    )  # fmt: skip
    phone = forms.CharField(
        label=lazy("Téléphone"), max_length=40, required=False,
        help_text=lazy("Pour un rappel de produit, rien d’autre."),
    )  # fmt: skip
    person_ref = forms.CharField(
        label=lazy("Référence de la personne, si elle est connue"), max_length=20, required=False,
        help_text=lazy("Pour ne la compter qu’une fois. La caisse ne la voit pas."),
    )  # fmt: skip


class CardForm(AccessForm, _Whom):
    """A new card, with its first access."""

    field_order = ("name", "phone", "person_ref")

    def given(self) -> dict[str, Any]:
        whom = {name: self.cleaned_data[name] for name in ("name", "phone", "person_ref")}
        return {**super().given(), **whom}


class WhomForm(_Whom):
    """Whom to call for a card."""

    def choose(self, about: Any) -> None:
        reference = people.reference_of(about.person_id) if about.person_id else ""
        self.initial = {
            **self.initial,
            "name": about.name,
            "phone": about.phone,
            "person_ref": reference,
        }


ACTS = {
    one.key: one
    for one in (
        SmallAct("acces", AccessForm, supplies.grant_access, lazy("Ajouter un accès"), lazy("Ouvrir cet accès"), lazy("L’accès est ouvert.")),
        SmallAct("changer", WhomForm, supplies.change_card, lazy("Changer le nom ou le téléphone"), lazy("Garder ces changements"), lazy("C’est noté.")),
        SmallAct("terminer", WhyForm, supplies.end_access, lazy("Mettre fin à l’accès"), lazy("Mettre fin"), lazy("L’accès a pris fin.")),
    )
}  # fmt: skip


def _grocery(request: HttpRequest, pk: int) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    found = permissions.groceries_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def show_all(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the cards of a grocery, or those that answer to some words.

    What is typed goes by the body of the request, never by the address.
    """
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    site, typed = _grocery(request, pk), str(request.POST.get("mots", ""))[:60]
    today = timezone.localdate(now)
    if typed.strip():
        found: Any = supplies.find_cards(site=pk, words=typed, by=actor, at=now)
    else:
        found = supplies.read_cards(site=pk, by=actor, at=now)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    last = queries.last_access(page)
    context = {
        "site": site, "typed": typed, "page": page,
        "rows": [_row(one, last.get(one.pk), today) for one in page],
        "columns": [{"label": _("Ménage")}, {"label": _("Accès")}, {"label": _("Points par mois"), "end": True}],
        "may_grant": permissions.can_grant(actor, site),
    }  # fmt: skip
    return render(request, "desk/supplies/cards.html", context)


def _row(one: Any, last: Any, today: Any) -> list[Any]:
    return [
        {"text": one.name, "url": reverse("desk:supplies_card", args=[one.pk]), "sub": one.number},
        _state(last, today), {"text": words.number(last.cap) if last else "", "end": True},
    ]  # fmt: skip


def _state(access: Any, today: Any) -> dict[str, str]:
    if access is None or access.ended_at or access.until_date < today:
        return {"tag": _("fermé"), "tone": ""}
    if access.since_date > today:
        return {"text": words.day(access.since_date), "tag": _("à venir"), "tone": "amber"}
    until = _("jusqu’au %s") % words.day(access.until_date)
    return {"text": until, "tag": _("ouvert"), "tone": "green"}


def new(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will open a grocery to a household, on a decision of the CPAS."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    site = _grocery(request, pk)
    if not permissions.can_grant(actor, site):
        raise Http404
    form = CardForm(request.POST or None)
    made: list[Any] = []
    if request.method == "POST" and attempt(
        form, lambda **given: made.append(supplies.open_card(**given)), site=pk, by=actor,
        at=timezone.now(),
    ):  # fmt: skip
        messages.success(request, _("La carte %s est ouverte.") % made[0].number)
        return redirect("desk:supplies_card", made[0].pk)
    return render(request, "desk/supplies/form.html", {
        "form": form, "title": _("Nouvelle carte"), "button": _("Ouvrir l’accès"),
        "back": "desk:supplies", "lead": site.name,
    })  # fmt: skip


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a card: its accesses, its points of the month, its passages."""
    return render(request, "desk/supplies/card.html", _context(request, pk))


def _context(
    request: HttpRequest, pk: int, bound: tuple[str, SmallForm] | None = None
) -> dict[str, Any]:
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    card, today = supplies.read_card(card=pk, by=actor, at=now), timezone.localdate(now)
    may = permissions.can_grant(actor, card.site)
    accesses = [
        [words.day(one.since_date), words.day(one.until_date), one.decision if may else "",
         {"text": str(one.people), "end": True}, {"text": words.number(one.cap), "end": True},
         {"text": f"{words.number(one.percent)} %", "end": True},
         {"tag": _("terminé"), "sub": one.end_why if may else ""} if one.ended_at else _state(one, today)]
        for one in queries.accesses_of(pk)
    ]  # fmt: skip
    access = queries.access_on(card, today)
    used = queries.points_used(card, today)
    return {
        "card": card, "may_grant": may, "accesses": accesses, "bound": bound[1] if bound else None,
        "keeps": permissions.can_keep(actor, card.site),
        "access_columns": [{"label": _("Depuis le")}, {"label": _("Jusqu’au")}, {"label": _("Décision")},
                           {"label": _("Personnes"), "end": True}, {"label": _("Points par mois"), "end": True},
                           {"label": _("Participation"), "end": True}, {"label": _("État")}],
        "left": words.points(access.cap - used) if access else "",
        "passages": [_passage(one) for one in queries.passages_of(card=pk)[:30]],
        "passage_columns": [{"label": _("Passage")}, {"label": _("Points"), "end": True}, {"label": _("État")}],
        "acts": [
            offer(one, reverse("desk:supplies_card_act", args=[pk, one.key]), card,
                  bound[1] if bound and bound[0] == one.key else None)
            for one in (ACTS.values() if may else ())
        ],
    }  # fmt: skip


def _passage(one: Any) -> list[Any]:
    return [
        {"text": words.day(one.date), "url": reverse("desk:supplies_passage", args=[one.pk])},
        {"text": words.number(one.points), "end": True},
        {"tag": _("annulé"), "tone": "red"} if one.cancelled_at else "",
    ]


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will do one act on a card; refused, what was typed stays."""
    actor = request.actor  # type: ignore[attr-defined]
    card = permissions.cards_visible_to(actor).filter(pk=pk).first()
    if card is None or act not in ACTS or not permissions.can_grant(actor, card.site):
        raise Http404
    asked = ACTS[act]
    form = fresh(asked, request.POST, card)
    if attempt(form, asked.service, card=pk, by=actor, at=timezone.now()):
        messages.success(request, str(asked.done))
        return redirect("desk:supplies_card", pk)
    return render(request, "desk/supplies/card.html", _context(request, pk, (act, form)))
