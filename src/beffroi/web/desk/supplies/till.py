"""The till: find a card, touch what is taken, see the points that are left, hand over."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.acts.supplies import permissions, queries
from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.enums import SiteKind
from beffroi.core.errors import NotAllowed, Refusal
from beffroi.core.text import unit_for
from beffroi.web.desk.small_acts import SmallAct, WhyForm, attempt, fresh, offer
from beffroi.web.desk.supplies import words
from beffroi.web.desk.supplies.sites import visible_site

#: As many of one article as a basket holds.
_MOST = 200
_CANCEL = SmallAct(
    "annuler",
    WhyForm,
    supplies.cancel_passage,
    lazy("Annuler ce passage"),
    lazy("Annuler le passage"),
    lazy("Le passage est annulé ; les unités sont revenues au rayon."),
)


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will find a card by its number or a name; one alone opens at once.

    What is typed goes by the body of the request, never by the address.
    """
    actor, typed = request.actor, str(request.POST.get("mots", ""))[:60]  # type: ignore[attr-defined]
    site, now = visible_site(request, pk, SiteKind.GROCERY), timezone.now()
    if not permissions.can_keep(actor, site):
        raise Http404
    found = supplies.find_cards(site=pk, words=typed, by=actor, at=now)
    if len(found) == 1:
        return redirect("desk:supplies_till_card", found[0].pk)
    context = {"site": site, "typed": typed, "found": found, "asked": bool(typed.strip())}
    return render(request, "desk/supplies/till.html", context)


def _number(typed: str) -> int:
    """The key of an article as a form sends it; 0 for what no form of ours sends."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _units(typed: str) -> int:
    return min(_number(typed), _MOST)


def _basket(post: Any) -> dict[int, int]:
    """What the form holds: units by article, after the button that was touched."""
    basket = {
        _number(name[2:]): _units(str(typed).strip())
        for name, typed in post.items()
        if name.startswith("a_")
    }
    for button, step in (("plus", 1), ("minus", -1)):
        key = _number(str(post.get(button, "")))
        basket[key] = max(0, min(_MOST, basket.get(key, 0) + step))
    return {key: units for key, units in basket.items() if key and units}


def _scanned(post: Any, basket: dict[int, int]) -> str:
    """Adds what was scanned; what to say when nothing answers to it."""
    code = str(post.get("code", ""))[:60]
    if not code.strip() or "plus" in post or "minus" in post:
        return ""
    key = queries.article_coded(code)
    if key is None:
        return _("Aucun article ne répond à « %s ». Cherchez-le dans la liste.") % code.strip()
    basket[key] = min(_MOST, basket.get(key, 0) + 1)
    return ""


def _mark(post: Any) -> UUID:
    try:
        return UUID(str(post.get("mark", "")))
    except ValueError:
        return uuid4()


def basket(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will fill the basket of a card, then hand it over."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    card = permissions.cards_visible_to(actor).filter(pk=pk).first()
    if card is None or not permissions.can_keep(actor, card.site):
        raise Http404
    post = request.POST
    taken = _basket(post)
    said = _scanned(post, taken) if "give" not in post else ""
    if request.method == "POST" and "give" in post:
        try:
            done = supplies.hand_over(card=pk, basket=taken, mark=_mark(post), by=actor, at=now)
        except NotAllowed:
            raise
        except Refusal as refused:
            said = str(refused)
        else:
            messages.success(request, _("C’est remis : %(points)s, %(paid)s à payer.") % {
                "points": words.points(done.points), "paid": words.euros(done.paid),
            })  # fmt: skip
            return redirect("desk:supplies_passage", done.pk)
    if request.method == "GET":
        card = supplies.read_card(card=pk, by=actor, at=now)
    return render(request, "desk/supplies/basket.html", _context(card, taken, said, post))


def _context(card: Any, taken: dict[int, int], said: str, post: Any) -> dict[str, Any]:
    found = queries.till(card, timezone.localdate(), taken)
    rows = [
        {"pk": one.pk, "name": one.name, "unit": one.unit, "left": one.left, "wanted": one.wanted,
         "points": words.points(one.points), "allergens": one.allergens,
         "too_many": one.wanted > one.left}
        for one in found.articles
    ]  # fmt: skip
    return {
        "card": card, "till": found, "rows": rows, "said": said, "mark": _mark(post),
        "left": words.number(found.left), "points": words.number(found.points),
        "after": words.number(found.after), "is_over": found.access and found.after < 0,
        "after_unit": unit_for(found.after, _("points")), "unit": unit_for(found.points, _("points")),
        "paid": words.euros(found.paid), "value": words.euros(found.value),
        "until": words.day(found.access.until_date) if found.access else "",
    }  # fmt: skip


def _visible(request: HttpRequest, pk: int) -> Any:
    actor = request.actor  # type: ignore[attr-defined]
    found = permissions.passages_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def passage(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a basket as a slip, to print for the household."""
    return _page(request, _visible(request, pk), None)


def _page(request: HttpRequest, found: Any, bound: Any) -> HttpResponse:
    may = permissions.can_keep(request.actor, found.site) and found.cancelled_at is None  # type: ignore[attr-defined]
    lines = [
        {"label": f"{one.quantity} × {one.article.name}", "amount": words.number(one.points),
         "note": _("lot %s") % one.lot.number if one.lot.number else ""}
        for one in queries.lines_of(found.pk)
    ]  # fmt: skip
    url = reverse("desk:supplies_passage_act", args=[found.pk, _CANCEL.key])
    context = {
        "passage": found, "lines": lines, "bound": bound,
        "total": {"label": _("Points"), "amount": words.number(found.points)},
        "paid": words.euros(found.paid), "value": words.euros(found.value),
        "saved": words.euros(found.value - found.paid), "weight": words.weight(found.grams),
        "act": offer(_CANCEL, url, bound=bound) if may else None,
        "keeps": permissions.can_keep(request.actor, found.site),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "desk/supplies/passage.html", context)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will cancel a passage: its units and its points come back."""
    found = _visible(request, pk)
    if act != _CANCEL.key:
        raise Http404
    form = fresh(_CANCEL, request.POST)
    by = request.actor  # type: ignore[attr-defined]
    if attempt(form, supplies.cancel_passage, passage=pk, by=by, at=timezone.now()):
        messages.success(request, str(_CANCEL.done))
        return redirect("desk:supplies_passage", pk)
    return _page(request, found, form)
