"""The small question asked of whoever sends much from one connection: a robot stops there."""

from datetime import datetime

from django.http import HttpRequest

from beffroi.web import limits
from beffroi.web.limits import Gate


def gate(request: HttpRequest, address: str, at: datetime, about: str = "") -> Gate:
    """This function will say whether what is posted goes through, its answer to the question read.

    `about` names one thing of which there are few. A hidden field that only robots fill asks the
    question too: nobody is dropped in silence.
    """
    found = limits.sending(address, at, about)
    if found is Gate.OPEN and request.POST.get("website"):
        found = Gate.QUESTION
    if found is Gate.QUESTION and "token" in request.POST:
        token, answer = request.POST["token"], request.POST.get("answer", "")
        if limits.is_answered(token, answer, address, at):
            return Gate.OPEN
    return found
