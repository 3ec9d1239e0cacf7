"""What the portal explains: which CPAS, what it is for, questions, plans, rights, the site itself."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from beffroi.acts.requests import retention, words
from beffroi.acts.requests.enums import FormKind
from beffroi.directory import communes
from beffroi.directory import info_queries as directory
from beffroi.directory import queries as directory_queries
from beffroi.directory.enums import Danger
from beffroi.guidance import public_questions as guidance
from beffroi.rules.procedure import limits
from beffroi.web.portal.caching import public_page
from beffroi.web.portal.links import GENERAL_AID, RECEPTION, link, question_link

_PER_PAGE = 20
_OPINIONS = "portal_opinions"
_MOST_OPINIONS = 40
_A_MONTH = 30 * 24 * 3600
_OPEN_DATA = "/api/hsds/"


def _lang() -> str:
    return translation.get_language() or "fr"


def _limits() -> dict[str, Any]:
    """The delays that pages name, by event and by what is due."""
    found = limits(timezone.localdate())
    named = {
        "decision": "request_received.decision",
        "transfer": "not_competent.transfer",
        "appeal": "notification_sent.appeal",
    }
    return {
        name: replace(found[key], reference=words.reference_in_words(found[key].reference))
        for name, key in named.items()
    }


@public_page()
@require_safe
def alert(request: HttpRequest) -> HttpResponse:
    """This function will show the plan that is on: places, numbers, what to do; or say none is."""
    today = timezone.localdate()
    plan = directory.alert_page(_lang(), today)
    dangers = (Danger.MEDICAL, Danger.NO_SHELTER)
    context = {
        "plan": plan,
        "known_places": []
        if plan and plan.places
        else directory.comfortable_places(today, _lang()),
        "numbers": directory.emergency_numbers(dangers, _lang()),
        "today": today,
    }
    return render(request, "portal/info/alert.html", context)


@public_page(uncached="lieu")
@require_safe
def which_cpas(request: HttpRequest) -> HttpResponse:
    """This function will say which CPAS deals with a postcode or a commune, and what to do then."""
    found = communes.find_commune(request.GET.get("lieu", ""))
    lang, here = _lang(), settings.BEFFROI_COMMUNE["nis"]
    rows = [
        {
            "name": c.name(lang),
            "localities": c.localities,
            "codes": c.postal_codes,
            "centres": [{"lang": code, "name": name} for code, name in c.centres],
            "is_here": c.nis == here,
        }
        for c in found.communes
    ]
    context = {
        "found": found,
        "rows": rows,
        "is_here": bool(rows) and all(row["is_here"] for row in rows),
        "limits": _limits(),
        "ask_url": link("ask", GENERAL_AID, FormKind.AID.value),
        "question_url": question_link(RECEPTION),
    }
    return render(request, "portal/info/which_cpas.html", context)


@public_page()
@require_safe
def what_is_cpas(request: HttpRequest) -> HttpResponse:
    """This function will say what a CPAS is for, with its source."""
    context = {
        "source": directory.source("bruxelles-j-cpas"),
        "limits": _limits(),
        "ask_url": link("ask", GENERAL_AID, FormKind.AID.value),
        "needs_url": link("needs") or link("home"),
    }
    return render(request, "portal/info/what_is_cpas.html", context)


@public_page("page")
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """This function will list the published questions, newest first."""
    page = Paginator(guidance.published_in(_lang()), _PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "ask_url": question_link(RECEPTION)}
    return render(request, "portal/info/questions.html", context)


def _opinions(request: HttpRequest) -> list[int]:
    """The questions on which this browser already gave an opinion."""
    try:
        given = signing.loads(request.COOKIES.get(_OPINIONS, ""), salt=_OPINIONS)
    except signing.BadSignature:
        return []
    return [pk for pk in given if isinstance(pk, int)] if isinstance(given, list) else []


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a published question and its answer."""
    page = guidance.question_page(pk)
    if page is None:
        raise Http404(f"no published question {pk}")
    context = {
        "question": page,
        "services": [
            {"name": name, "url": link("service", key) or link("service_card", key)}
            for key, name in page.services
        ],
        "has_opinion": pk in _opinions(request),
        "ask_url": question_link(page.services[0][0] if page.services else RECEPTION),
    }
    return render(request, "portal/info/question.html", context)


@require_POST
def question_opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will count whether a question answered, once for each browser and month."""
    given = _opinions(request)
    response = HttpResponseRedirect(f"{link('question', pk)}#avis")
    if pk in given or len(given) >= _MOST_OPINIONS:
        return response
    if not guidance.note_opinion(question=pk, answers=request.POST.get("avis") == "oui"):
        raise Http404(f"no published question {pk}")
    response.set_cookie(
        _OPINIONS, signing.dumps([*given, pk], salt=_OPINIONS), max_age=_A_MONTH, httponly=True,
        secure=request.is_secure(), samesite="Lax",
    )  # fmt: skip
    return response


@require_safe
def mistake(request: HttpRequest, key: str) -> HttpResponse:
    """This function will lead to the form on which one tells a mistake about a service."""
    if directory_queries.service_id(key) is None:
        raise Http404(f"no service {key}")
    address = question_link(key)
    return redirect(address) if address else redirect("portal:questions")


@public_page()
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """This function will show the accessibility statement and how to complain."""
    context = {
        "bodies": directory.bodies(("mediateur-wallonie-bruxelles", "unia")),
        "question_url": question_link(RECEPTION),
    }
    return render(request, "portal/info/accessibility.html", context)


@public_page()
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """This function will say what is kept of a person, how long, and how to have it erased."""
    context = {
        "aid_years": retention.keep_days(FormKind.AID) // 365,
        "other_years": retention.keep_days(FormKind.CALL_BACK) // 365,
        "question_months": retention.keep_days(FormKind.QUESTION) // 30,
        "body": directory.bodies(("autorite-protection-donnees",)),
        "question_url": question_link(RECEPTION),
        "follow_url": link("follow_up_find"),
    }
    return render(request, "portal/info/own_data.html", context)


@public_page()
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """This function will say who makes this site, from which documents, under which licence."""
    context = {"sources": directory.sources(), "open_data": _OPEN_DATA}
    return render(request, "portal/info/about.html", context)
