"""Every write on requests: opening, the team's acts, the person's acts, the forms."""

from beffroi.acts.requests.services.filing import become_file, end_delay
from beffroi.acts.requests.services.forms import close_form, load_forms, offer_form
from beffroi.acts.requests.services.moves import AlreadyMoved
from beffroi.acts.requests.services.opening import (
    Draft,
    Receipt,
    UnknownForm,
    check_draft,
    is_known,
    is_of_another_commune,
    open_request,
)
from beffroi.acts.requests.services.passing import accept, decline, pass_on
from beffroi.acts.requests.services.person import (
    UnknownReference,
    add_file,
    choose_time,
    open_own_file,
    open_own_page,
    reply,
    withdraw,
)
from beffroi.acts.requests.services.publishing import say_publicly
from beffroi.acts.requests.services.questions import QuestionAsked, read_question
from beffroi.acts.requests.services.reading import read_list
from beffroi.acts.requests.services.team import (
    Slot,
    add_note,
    answer_person,
    ask_document,
    assign,
    close,
    keep_here,
    offer_times,
    read_attachment,
    read_file,
    reopen,
    take,
    transfer,
)

__all__ = [
    "AlreadyMoved",
    "Draft",
    "QuestionAsked",
    "Receipt",
    "Slot",
    "UnknownForm",
    "UnknownReference",
    "accept",
    "add_file",
    "add_note",
    "answer_person",
    "ask_document",
    "assign",
    "become_file",
    "check_draft",
    "choose_time",
    "close",
    "close_form",
    "decline",
    "end_delay",
    "is_known",
    "is_of_another_commune",
    "keep_here",
    "load_forms",
    "offer_form",
    "offer_times",
    "open_own_file",
    "open_own_page",
    "open_request",
    "pass_on",
    "read_attachment",
    "read_file",
    "read_question",
    "read_list",
    "reopen",
    "reply",
    "say_publicly",
    "take",
    "transfer",
    "withdraw",
]
