"""The estimate: a page of questions, and its result; both forgotten as soon as they are shown.

The answers come by POST alone. These pages change nothing of anybody's: like the search, they
need neither a session nor the token against forged forms, so they set no cookie.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beffroi.acts.requests.enums import FormKind
from beffroi.directory import browsing
from beffroi.rules.living_income_parameters import Parameters, parameters_on
from beffroi.rules.series import OutsideParameters
from beffroi.web.portal.caching import everywhere, public_page
from beffroi.web.portal.estimate import amounts, carrying, words
from beffroi.web.portal.estimate.answers import YES, Estimate, estimate
from beffroi.web.portal.estimate.forms import EstimateForm, hidden, typed
from beffroi.web.portal.estimate.questions import PARTS, QUESTIONS
from beffroi.web.portal.links import GENERAL_AID, link, question_link, reception_link
from beffroi.web.portal.requests_private import private
from beffroi.web.portal.requests_views import ask_with

#: Other ways in which the CPAS may help, by the service that answers.
_OTHER_AIDS = (
    GENERAL_AID, "cpas-medicaments", "cpas-energie", "cpas-mediation-dettes", "cpas-magasins-sociaux",
)  # fmt: skip


def _today() -> Parameters | None:
    try:
        return parameters_on(timezone.localdate())
    except OutsideParameters:
        return None


def _form(p: Parameters, *given: Any, **more: Any) -> EstimateForm:
    return EstimateForm(words.rounded(p.scale[0][1] or 0), *given, **more)


@csrf_exempt
@sensitive_post_parameters()
@public_page()
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """This function will ask the questions, or compute what is answered and forget it."""
    return _answer(request) if request.method == "POST" else _ask(request)


def _ask(
    request: HttpRequest, step: int = 1, form: EstimateForm | None = None, status: int = 200
) -> HttpResponse:
    """One part of the questions, with what was answered to it; the other answers go along."""
    p = _today()
    context: dict[str, Any] = _ways_in(request)
    if p is not None:
        part, given = PARTS[step - 1], typed(request.POST)
        form = form or _form(p, initial=given)
        context |= {
            "form": form, "part": part, "lines": form.lines(part), "step": step,
            "carried": list(hidden(given, part)), "steps": _steps(step), "last": len(PARTS),
        }  # fmt: skip
    return render(request, "portal/estimate/questions.html", context, status=status)


def _steps(step: int) -> list[dict[str, Any]]:
    states = ["done"] * (step - 1) + ["current"] + ["todo"] * (len(PARTS) - step)
    return [
        {"label": part.title, "state": state} for part, state in zip(PARTS, states, strict=True)
    ]


@private
def _answer(request: HttpRequest) -> HttpResponse:
    p, step, act = _today(), _step(request.POST.get("step", "")), request.POST.get("act")
    if p is None or act == "edit":
        return _ask(request)
    if act == "back":
        return _ask(request, max(1, step - 1))
    for reached in range(1, step + 1):
        form = _form(p, request.POST, steps=reached)
        if not form.is_valid():
            return _ask(request, reached, form, status=422)
    if step < len(PARTS):
        return _ask(request, step + 1)
    found = estimate(form.answers(), p, timezone.localdate())
    return render(request, "portal/estimate/result.html", _result(request, form, found, p))


def _step(given: str) -> int:
    """The part that was answered; all of them where nothing says which."""
    known = [str(number) for number in range(1, len(PARTS) + 1)]
    return int(given) if given in known else len(PARTS)


def _result(
    request: HttpRequest, form: EstimateForm, found: Estimate, p: Parameters
) -> dict[str, Any]:
    lang = get_language() or "fr"
    return {
        "carried": list(form.carried),
        "headline": headline(found),
        "has_amount": bool(found.amounts and found.amounts[-1]),
        "is_range": bool(found.amounts) and found.amounts[0] != found.amounts[-1],
        "missing": [
            {"label": form[name].label, "find": QUESTIONS[name].find} for name in found.missing
        ],
        "at_most": words.money(found.at_most_cents) if found.at_most_cents is not None else "",
        "shown": [
            {
                "slip": words.slip(part.main, p),
                "others": [
                    {"label": words.supposes(one.way), "amount": words.money(one.monthly_cents)}
                    for one in part.others
                ],
            }
            for part in found.shown
        ],
        "since": words.day(p.since),
        "other_aids": [
            {"card": card, "url": link("service", card.key)}
            for card in browsing.cards(_OTHER_AIDS, lang)
        ],
        **_ways_in(request),
    }


def headline(found: Estimate) -> str:
    """This function will say the result in one line; never that there is no right."""
    if found.missing:
        return _("Il manque une réponse pour calculer")
    low, high = found.amounts[0], found.amounts[-1]
    values = {"low": words.money(low), "high": words.money(high)}
    if not high:
        return _("D’après vos réponses, le calcul ne donne pas de montant aujourd’hui.")
    if low == high:
        return _("D’après vos réponses : environ %(high)s par mois") % values
    if not low:
        return _("D’après vos réponses : jusqu’à %(high)s par mois") % values
    return _("D’après vos réponses : entre %(low)s et %(high)s par mois") % values


def _ways_in(request: HttpRequest) -> dict[str, Any]:
    """How to ask: the form, the telephone, the house."""
    return {
        "ask_url": link("ask", GENERAL_AID, FormKind.AID.value),
        "service_url": link("service", GENERAL_AID),
        "call_back_url": reception_link("call_back"),
        "question_url": question_link(GENERAL_AID),
        "phone": everywhere(request).phone,
    }


@csrf_exempt
@sensitive_post_parameters()
@require_POST
@private
def carry(request: HttpRequest) -> HttpResponse:
    """This function will open the form of a request, with the answers in it if she ticked so.

    They are shown to her in the form, to change or to erase: nothing is sent before she sends it.
    """
    p = _today()
    form = _form(p, request.POST) if p and request.POST.get("join") else None
    if p is None or form is None or not form.is_valid():
        return redirect("portal:ask", service=GENERAL_AID, kind=FormKind.AID.value)
    found = estimate(form.answers(), p, timezone.localdate())
    told = carrying.told(form, headline(found), timezone.localdate())
    typed = {"q_situation": told}
    if form.cleaned_data["receiving"] == YES:
        typed["q_known"] = YES
    return ask_with(request, GENERAL_AID, FormKind.AID.value, typed)


@public_page()
@require_safe
def explanation(request: HttpRequest) -> HttpResponse:
    """This function will say how the living income is computed, with the amounts in force."""
    p = _today()
    context = {
        "p": p and amounts.in_force(p),
        "history": amounts.history(timezone.localdate()),
        "estimate_url": link("estimate"),
        **_ways_in(request),
    }
    return render(request, "portal/estimate/explanation.html", context)
