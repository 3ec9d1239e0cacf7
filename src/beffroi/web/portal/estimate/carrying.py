"""What a person takes from her estimate into her request, in words that she reads before sending."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from beffroi.web.portal.estimate import words
from beffroi.web.portal.estimate.forms import EstimateForm
from beffroi.web.portal.estimate.questions import Question

#: As long as the form of a request takes, with room for what she adds.
_LONGEST = 3500


def told(form: EstimateForm, headline: str, today: date) -> str:
    """This function will write the answers and the result as lines that a person can change."""
    first = _("Mon estimation du revenu d’intégration, faite sur ce site le %(day)s :")
    lines = [first % {"day": words.day(today)}]
    lines += [f"- {form[one.name].label} {_answer(form, one)}" for one in form.asked()]
    return "\n".join([*lines, headline])[:_LONGEST]


def _answer(form: EstimateForm, one: Question) -> str:
    if form.is_unknown(one):
        return _("Je ne sais pas")
    given = form.cleaned_data[one.name]
    if isinstance(given, Decimal):
        return words.money(int(given * 100)) if one.kind == "amount" else str(given)
    chosen = given if isinstance(given, list) else [given]
    return "; ".join(str(dict(one.choices)[key]) for key in chosen)
