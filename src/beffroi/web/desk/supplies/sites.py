"""Sites: the list with what waits on each, and the page of one, whatever its kind."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.supplies import permissions, queries
from beffroi.acts.supplies.enums import KEEPS_STOCK, SiteKind
from beffroi.core.actors import Actor
from beffroi.web.desk.small_acts import Offered, SmallForm, attempt, fresh, offer
from beffroi.web.desk.supplies.act_forms import Here
from beffroi.web.desk.supplies.acts import acts_open_to
from beffroi.web.desk.supplies.panels import panels, sentences


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """This function will show the counters the agent sees, and what waits on each."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today = timezone.localdate()
    seen = permissions.sites_visible_to(actor) | permissions.groceries_visible_to(actor)
    rows = [_row(one, actor) for one in queries.listed(seen.distinct(), today)]
    context = {
        "rows": rows, "may_set_up": permissions.can_set_up_somewhere(actor),
        "columns": [{"label": _("Site")}, {"label": _("Sorte")}, {"label": _("Compte pour")},
                    {"label": _("À faire")}],
    }  # fmt: skip
    return render(request, "desk/supplies/list.html", context)


def _row(one: Any, actor: Actor) -> list[Any]:
    mine = permissions.oversees(actor) or one.team.key in permissions.own_teams(actor)
    address = "desk:supplies_site" if mine else "desk:supplies_cards"
    place = one.place.name if one.place else one.team.name
    todo: dict[str, str] = {"text": _("rien")}
    if one.gone:
        said = ngettext("%(n)d lot à retirer", "%(n)d lots à retirer", one.gone)
        todo = {"tag": said % {"n": one.gone}, "tone": "red"}
    elif one.soon:
        said = ngettext("%(n)d lot expire bientôt", "%(n)d lots expirent bientôt", one.soon)
        todo = {"tag": said % {"n": one.soon}, "tone": "amber"}
    keys = ", ".join(key.key for key in one.keys.all())
    return [
        {"text": one.name, "url": reverse(address, args=[one.pk]), "sub": place},
        one.get_kind_display(), keys or {"tag": _("aucune ligne"), "tone": "amber"}, todo,
    ]  # fmt: skip


def visible_site(request: HttpRequest, pk: int, *kinds: str) -> Any:
    """This function will give a site the agent sees, of one of `kinds` if any. Raises: Http404."""
    rows = permissions.sites_visible_to(request.actor).filter(pk=pk)  # type: ignore[attr-defined]
    found = (rows.filter(kind__in=kinds) if kinds else rows).first()
    if found is None:
        raise Http404
    return found


def _here(request: HttpRequest, pk: int) -> Here:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    site = visible_site(request, pk)
    return Here(site, actor, timezone.localdate(), permissions.sites_visible_to(actor))


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show one site: what is there, what happened, what may be done."""
    return render(request, "desk/supplies/site.html", _context(_here(request, pk)))


def _context(here: Here, bound: tuple[str, SmallForm] | None = None) -> dict[str, Any]:
    site, actor = here.site, here.actor
    return {
        "site": site, "keys": queries.keys_on(site.pk, here.today), "panels": panels(here),
        "acts": _offered(here, bound), "bound": bound[1] if bound else None,
        "alerts": sentences(here) if site.kind in KEEPS_STOCK else [],
        "keeps": permissions.can_keep(actor, site), "has_stock": site.kind in KEEPS_STOCK,
        "is_grocery": site.kind == SiteKind.GROCERY,
        "may_set_up": permissions.can_set_up(actor, site.team.key),
    }  # fmt: skip


def _offered(here: Here, bound: tuple[str, SmallForm] | None) -> list[Offered]:
    return [
        offer(
            one, reverse("desk:supplies_act", args=[here.site.pk, one.key]), here,
            bound[1] if bound and bound[0] == one.key else None,
        )
        for one in acts_open_to(here.actor, here.site)
    ]  # fmt: skip


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """This function will do one act; refused, it shows the page again with what was typed."""
    here = _here(request, pk)
    asked = next((one for one in acts_open_to(here.actor, here.site) if one.key == act), None)
    if asked is None:
        raise Http404
    form = fresh(asked, request.POST, here)
    fixed: dict[str, Any] = {"by": here.actor, "at": timezone.now()}
    if asked.more.get("of") == "site":
        fixed["site"] = pk
    done: list[Any] = []
    if attempt(form, lambda **given: done.append(asked.service(**given)), **fixed):
        messages.success(request, _said(act, asked.done, done[0]))
        return redirect("desk:supplies_site", pk)
    return render(request, "desk/supplies/site.html", _context(here, (act, form)))


def _said(act: str, done: Any, made: Any) -> str:
    """What was done, in words; a number that was just given is said first."""
    if act == "inscrire":
        return _("Numéro %(n)d, %(band)s.") % {"n": made.number, "band": made.band} + f" {done}"
    return str(done)
