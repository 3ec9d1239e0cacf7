"""The contradictions between documents: what each says, what stands, what the public reads."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beffroi.directory import editor_queries, permissions, services
from beffroi.directory.enums import ContradictionState
from beffroi.web.desk.editor.acts import actor_of, at_once, history, now, run
from beffroi.web.desk.editor.common_forms import (
    LANGUAGES,
    by_language,
    language_fields,
    lines,
    set_choices,
)


def contradictions_list(request: HttpRequest) -> HttpResponse:
    """This function will show the contradictions, open first."""
    rows = list(
        editor_queries.contradictions(permissions.contradictions_editable_by(actor_of(request)))
    )
    columns = [
        {"label": _("Numéro")}, {"label": _("Sujet")}, {"label": _("État")},
        {"label": _("Faits en cause"), "end": True}, {"label": _("Services touchés"), "end": True},
    ]  # fmt: skip
    return render(request, "desk/editor/contradictions.html", {
        "columns": columns, "rows": [_cells(row) for row in rows],
        "open": sum(row.state == ContradictionState.OPEN for row in rows), "total": len(rows),
    })  # fmt: skip


def _cells(row: Any) -> list[Any]:
    settled = row.state == ContradictionState.SETTLED
    return [
        row.code,
        {
            "text": row.topic, "url": reverse("desk:editor_contradiction", args=[row.code]),
            "sub": row.decision if settled else "",
        },
        {"tag": row.get_state_display(), "tone": "green" if settled else "amber"},
        {"text": str(row.fact_count), "end": True},
        {"text": str(row.service_count), "end": True},
    ]  # fmt: skip


class SettleForm(forms.Form):
    """Which facts stand, and the decision in words."""

    standing = forms.MultipleChoiceField(
        label=gettext_lazy("Ce qui est vrai"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Les faits cochés sont confirmés ; les autres sont écartés, et restent dans l’historique."),
    )  # fmt: skip
    decision = forms.CharField(
        label=gettext_lazy("Votre décision"), widget=lines(4),
        help_text=gettext_lazy("Ce qui est vrai, et comment vous le savez : qui vous l’a dit, quel jour."),
    )  # fmt: skip

    def __init__(self, *args: Any, at_stake: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(f.pk), _label(f)) for f in at_stake]
        if choices:
            set_choices(self, "standing", choices)
        else:
            del self.fields["standing"]


def _label(fact: Any) -> str:
    about = fact.place or fact.service or fact.organisation
    return _("%(kind)s : %(text)s. %(about)s, d’après %(source)s") % {
        "kind": fact.get_kind_display(), "text": fact.text, "about": about, "source": fact.source.title,
    }  # fmt: skip


class NotesForm(forms.Form):
    """What the public reads while it is open, and the note for editors."""

    note = forms.CharField(
        label=gettext_lazy("Note pour la rédaction"), required=False, widget=lines(3)
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= language_fields("notes", _("Ce que le public lit"), rows=3)

    def boxes(self) -> list[forms.BoundField]:
        return [self[f"notes_{code}"] for code, _name in LANGUAGES]


def _whole(request: HttpRequest, code: str) -> Any:
    visible = permissions.contradictions_editable_by(actor_of(request))
    row = editor_queries.contradiction_whole(visible, code)
    if row is None:
        raise Http404(code)
    return row


def contradiction(request: HttpRequest, code: str) -> HttpResponse:
    """This function will show a contradiction whole, and settle it."""
    row = _whole(request, code)
    settling = request.method == "POST"
    form = SettleForm(request.POST if settling else None, at_stake=row.facts.all())
    if settling:
        done = run(
            request, form,
            lambda data: services.settle_contradiction(
                contradiction=row, decision=data["decision"],
                standing={int(pk) for pk in data.get("standing", [])}, by=actor_of(request), at=now(),
            ),
            _("La contradiction est tranchée ; les pages publiques disent ce qui est vrai."),
            reverse("desk:editor_contradictions"),
        )  # fmt: skip
        if done:
            return done
    return _show(request, row, form, _notes_form(row))


def _notes_form(row: Any, data: Any = None) -> NotesForm:
    initial = {f"notes_{code}": row.public_notes.get(code, "") for code, _name in LANGUAGES}
    return NotesForm(data, initial=initial | {"note": row.note}, auto_id="notes_%s")


def _show(request: HttpRequest, row: Any, form: SettleForm, notes: NotesForm) -> HttpResponse:
    return render(request, "desk/editor/contradiction.html", {
        "row": row, "form": form, "notes": notes, "is_open": row.state == ContradictionState.OPEN,
        "history": history("contradiction", row.code),
    })  # fmt: skip


@require_POST
def notes(request: HttpRequest, code: str) -> HttpResponse:
    """This function will write what the public reads meanwhile."""
    row = _whole(request, code)
    form = _notes_form(row, request.POST)
    done = run(
        request, form,
        lambda data: services.edit_public_notes(
            contradiction=row, notes=by_language("notes", data), note=data["note"],
            by=actor_of(request), at=now(),
        ),
        _("La note est gardée."), reverse("desk:editor_contradiction", args=[code]),
    )  # fmt: skip
    return done or _show(request, row, SettleForm(at_stake=row.facts.all()), form)


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """This function will open a settled contradiction again, with the reason."""
    row = _whole(request, code)
    reason = request.POST.get("reason", "")
    return at_once(
        request, lambda: services.reopen_contradiction(contradiction=row, reason=reason, by=actor_of(request), at=now()),
        _("La contradiction est rouverte."), reverse("desk:editor_contradiction", args=[code]),
    )  # fmt: skip
