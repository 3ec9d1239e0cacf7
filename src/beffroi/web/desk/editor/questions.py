"""Public questions: received, rewritten, read again by somebody else, published."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beffroi.acts.requests import permissions as request_permissions
from beffroi.acts.requests import queries as request_queries
from beffroi.acts.requests import services as requests
from beffroi.core.errors import WrongState
from beffroi.directory import editor_queries as directory
from beffroi.guidance import editor_queries, permissions, questions
from beffroi.guidance.enums import QuestionState
from beffroi.guidance.questions import QuestionWords
from beffroi.web.desk.editor.acts import actor_of, at_once, found, history, now, run
from beffroi.web.desk.editor.common_forms import LANGUAGES, DateField, lines, set_choices

TONES = {"draft": "amber", "published": "green", "withdrawn": ""}
#: Days within which the house means to answer a question in public.
ANSWER_WITHIN = 21


def questions_list(request: HttpRequest) -> HttpResponse:
    """This function will show the drafts that are due, the questions received and those published."""
    day = timezone.localdate()
    rows = list(editor_queries.questions(permissions.questions_editable_by(actor_of(request))))
    received = request_queries.questions_to_rewrite(
        request_permissions.questions_readable_by(actor_of(request))
    )[:50]
    columns = [
        {"label": _("Question")}, {"label": _("État")}, {"label": _("À répondre pour le")},
        {"label": _("Écrite par")}, {"label": _("Utile"), "end": True},
    ]  # fmt: skip
    return render(request, "desk/editor/questions.html", {
        "columns": columns, "rows": [_cells(row, day) for row in rows], "received": received,
        "late": editor_queries.late_questions_count(day),
    })  # fmt: skip


def _cells(row: Any, day: Any) -> list[Any]:
    due = row.answer_due_date if row.state == QuestionState.DRAFT else None
    return [
        {"text": str(row), "url": reverse("desk:editor_question", args=[row.pk]), "sub": ", ".join(s.name for s in row.services.all())},
        {"tag": row.get_state_display(), "tone": TONES[row.state]},
        {"text": f"{due:%d/%m/%Y}", "due": True, "tone": "red" if due < day else "green"} if due else "–",
        row.written_by,
        {"text": f"{row.helpful} / {row.helpful + row.unhelpful}", "end": True},
    ]  # fmt: skip


class QuestionForm(forms.Form):
    """The public version: nothing of who asked."""

    question = forms.CharField(
        label=gettext_lazy("La question, récrite"), widget=lines(4),
        help_text=gettext_lazy("Gardez ce qui sert à tous. Ôtez noms, lieux précis, âges, dates, montants."),
    )  # fmt: skip
    answer = forms.CharField(label=gettext_lazy("La réponse"), widget=lines(8), required=False)
    lang = forms.ChoiceField(label=gettext_lazy("Langue"), choices=LANGUAGES)
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Services qui aident"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    answer_due_date = DateField(label=gettext_lazy("À répondre pour le"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "services", directory.service_choices())

    def words(self) -> QuestionWords:
        """This method will give what the service takes."""
        return QuestionWords(**self.cleaned_data)


@require_POST
def read(request: HttpRequest, reference: str) -> HttpResponse:
    """This function will read a question received, which is journalled, and show the form beside it."""
    asked = requests.read_question(reference=reference, by=actor_of(request), at=now())
    due = asked.asked_date + timedelta(days=ANSWER_WITHIN)
    form = QuestionForm(initial={
        "lang": asked.lang if asked.lang in dict(LANGUAGES) else "fr", "services": [asked.service],
        "answer_due_date": due,
    })  # fmt: skip
    return render(request, "desk/editor/question_form.html", {
        "form": form, "asked": asked, "month": asked.asked_date.replace(day=1), "heading": _("Récrire une question"),
        "action": reverse("desk:editor_question_new"),
    })  # fmt: skip


def new(request: HttpRequest) -> HttpResponse:
    """This function will keep the draft of a public question."""
    day = timezone.localdate()
    form = QuestionForm(
        request.POST or None, initial={"answer_due_date": day + timedelta(days=ANSWER_WITHIN)}
    )
    month = _month(request.POST.get("month", ""), day)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: questions.write_question(words=form.words(), asked_on_month=month, by=actor_of(request), at=now()),
            _("Le brouillon est gardé. Une autre personne le relit et le publie."), reverse("desk:editor_questions"),
        )  # fmt: skip
        if done:
            return done
    return render(request, "desk/editor/question_form.html", {
        "form": form, "month": month, "heading": _("Écrire une question publique"),
        "action": reverse("desk:editor_question_new"),
    })  # fmt: skip


def _month(typed: str, day: Any) -> Any:
    try:
        return forms.DateField().clean(typed)
    except forms.ValidationError:
        return day.replace(day=1)


def question(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show a public question, what could identify somebody, and its acts."""
    row = _one(request, pk)
    return _show(request, row, PublishForm())


def _one(request: HttpRequest, pk: int) -> Any:
    return found(permissions.questions_editable_by(actor_of(request)).filter(pk=pk))


class PublishForm(forms.Form):
    """The reader's word that she saw the warnings."""

    warnings_read = forms.BooleanField(
        label=gettext_lazy("J’ai lu ce qui est signalé : personne n’est reconnaissable"),
        required=False,
    )
    #: The mark of the words on the page: what was rewritten meanwhile was not read.
    read = forms.CharField(required=False, widget=forms.HiddenInput)


def _show(request: HttpRequest, row: Any, form: PublishForm) -> HttpResponse:
    traces = questions.traces_in(row)
    found_rows = [(part, finding) for part in ("question", "answer") for finding in traces[part]]
    labels = {"question": _("Question"), "answer": _("Réponse")}
    return render(request, "desk/editor/question.html", {
        "row": row, "form": form, "read": questions.words_mark(row), "tone": TONES[row.state], "services": row.services.all(),
        "findings": [(labels[part], finding) for part, finding in found_rows],
        "is_forbidden": any(finding.is_forbidden for _part, finding in found_rows),
        "can_publish": permissions.can_publish_question(actor_of(request), row),
        "is_draft": row.state == QuestionState.DRAFT, "is_published": row.state == QuestionState.PUBLISHED,
        "history": history("public_question", str(row.pk)),
    })  # fmt: skip


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will publish a question that somebody else wrote."""
    row = _one(request, pk)
    form = PublishForm(request.POST)
    done = run(
        request, form, lambda data: _publish(request, row, **data),
        _("La question est publiée."), reverse("desk:editor_questions"),
    )  # fmt: skip
    return done or _show(request, row, form)


def _publish(request: HttpRequest, row: Any, read: str, warnings_read: bool) -> None:
    """Publishes the words that were on the reader's page, and no others."""
    if read != questions.words_mark(row):
        raise WrongState(
            _("Ce texte a été récrit depuis que vous l’avez lu."), todo=_("Relisez-le ci-dessous.")
        )
    questions.publish_question(
        question=row, warnings_read=warnings_read, by=actor_of(request), at=now()
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will rewrite a question; it is a draft again."""
    row = _one(request, pk)
    names = ("question", "answer", "lang", "answer_due_date")
    initial: dict[str, Any] = {name: getattr(row, name) for name in names}
    initial["services"] = [service.key for service in row.services.all()]
    form = QuestionForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: questions.edit_question(question=row, words=form.words(), by=actor_of(request), at=now()),
            _("Le texte est gardé. Une autre personne le relit et le publie."), reverse("desk:editor_question", args=[pk]),
        )  # fmt: skip
        if done:
            return done
    return render(request, "desk/editor/question_form.html", {
        "form": form, "month": row.asked_on_month, "heading": _("Récrire la question"), "action": request.path,
    })  # fmt: skip


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will take a published question off the public pages."""
    row = _one(request, pk)
    reason = request.POST.get("reason", "")
    return at_once(
        request, lambda: questions.withdraw_question(question=row, reason=reason, by=actor_of(request), at=now()),
        _("La question est retirée."), reverse("desk:editor_question", args=[pk]),
    )  # fmt: skip


@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will erase a draft or a withdrawn question for good."""
    row = _one(request, pk)
    return at_once(
        request, lambda: questions.erase_question(question=row, by=actor_of(request), at=now()),
        _("La question est effacée."), reverse("desk:editor_questions"),
    )  # fmt: skip
