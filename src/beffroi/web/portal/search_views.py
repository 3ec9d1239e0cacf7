"""From words to services: the words travel in the body of a form, then in a signed cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from beffroi.acts.requests import queries as requests
from beffroi.directory import browsing
from beffroi.guidance import services as guidance
from beffroi.web.portal import answers, words_cookie
from beffroi.web.portal.caching import everywhere
from beffroi.web.portal.links import reception_link


@csrf_exempt
@require_POST
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """This function will take the words, keep them in the person's browser and lead to the answer.

    It changes nothing that is hers, so any page may send it; words that found nothing good are
    noted here, without who typed them, so that showing the answer again does not count them again.
    """
    words = words_cookie.tidy(request.POST.get("mots", ""))
    response = HttpResponseRedirect(reverse("portal:answer"))
    if not words:
        response.delete_cookie(words_cookie.NAME)
        return response
    orientation = guidance.orient_words(words=words)
    guidance.note_lost_words(words=words, orientation=orientation, at=timezone.now())
    words_cookie.keep(response, words)
    return response


@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """This function will show danger first, then the services that help, then the way to a person."""
    words = words_cookie.read(request)
    context = _answer(words) if words else {}
    context |= {
        "words": words,
        "ask_url": reception_link("question"),
        "call_back_url": reception_link("call_back"),
        "phone": everywhere(request).phone,
    }
    response = render(request, "portal/answer.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(words: str) -> dict[str, object]:
    page = get_language() or "fr"
    orientation = guidance.orient_words(words=words)
    results = answers.worth_showing(orientation)
    cards = browsing.cards([result.service for result in results], page)
    forms = requests.form_kinds_by_service(answers.service_ids(cards))
    found = answers.answers(
        results, cards, forms, words, orientation.lang, danger=orientation.urgent is not None
    )
    danger = None
    if orientation.urgent:
        langs = {page, orientation.lang}
        numbers = browsing.emergency_numbers(orientation.urgent, langs, page)
        danger = answers.danger_box(orientation.urgent, numbers)
    return {
        "danger": danger,
        "confident": orientation.confident,
        "can_help": any(item.card.exists for item in found[: answers.SHOWN]),
        "shown": found[: answers.SHOWN],
        "more": found[answers.SHOWN : answers.SHOWN + answers.MORE],
        "words_lang": orientation.lang,
        "words_dir": answers.direction(orientation.lang),
    }
