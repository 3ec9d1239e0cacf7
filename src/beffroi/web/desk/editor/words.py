"""Lost words, phrases and words of the guide, and a try in place."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beffroi.directory import editor_queries as directory
from beffroi.guidance import editing, editor_queries, permissions
from beffroi.guidance import services as guidance
from beffroi.guidance.enums import LostState, WordRegister
from beffroi.web.desk.editor.acts import actor_of, at_once, found, now, run
from beffroi.web.desk.editor.common_forms import lines, set_choices

SPOKEN = (
    ("fr", gettext_lazy("français")), ("nl", gettext_lazy("néerlandais")), ("en", gettext_lazy("anglais")),
    ("de", gettext_lazy("allemand")), ("ar", gettext_lazy("arabe")), ("uk", gettext_lazy("ukrainien")),
    ("tr", gettext_lazy("turc")), ("it", gettext_lazy("italien")),
)  # fmt: skip


def lost_list(request: HttpRequest) -> HttpResponse:
    """This function will show the words without a good answer, the most frequent first."""
    state = request.GET.get("etat", "")
    state = state if state in LostState.values else LostState.OPEN
    rows = editor_queries.lost_words(permissions.lost_words_visible_to(actor_of(request)), state)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    names = dict(directory.service_choices())
    columns = [
        {"label": _("Fois"), "end": True}, {"label": _("Mots")}, {"label": _("Langue")},
        {"label": _("Meilleures pistes")}, {"label": _("Dernière fois")},
    ]  # fmt: skip
    url = reverse("desk:editor_words")
    tabs = [
        {"label": choice.label, "url": f"{url}?etat={choice.value}", "current": state == choice}
        for choice in LostState
    ]
    return render(request, "desk/editor/words.html", {
        "columns": columns, "rows": [_cells(row, names) for row in page], "page": page, "tabs": tabs,
        "base": f"?etat={state}&", "open": editor_queries.open_lost_words_count(),
    })  # fmt: skip


def _cells(row: Any, names: dict[str, str]) -> list[Any]:
    guesses = [names.get(str(key), str(key)) for key in row.guesses[:3]]
    return [
        {"text": str(row.count), "end": True},
        {"text": row.text, "url": reverse("desk:editor_lost_words", args=[row.pk])},
        dict(SPOKEN).get(row.lang, row.lang),
        ", ".join(guesses) or _("aucune"),
        f"{row.last_date:%d/%m/%Y}",
    ]


class TieForm(forms.Form):
    """Which service these words look for, in which words and language."""

    text = forms.CharField(
        label=gettext_lazy("Les mots à retenir"), max_length=400, widget=lines(2),
        help_text=gettext_lazy("Vous pouvez les récrire ; ôtez ce qui désigne quelqu’un."),
    )  # fmt: skip
    lang = forms.ChoiceField(label=gettext_lazy("Langue"), choices=SPOKEN)
    service = forms.ChoiceField(label=gettext_lazy("Service"))

    def __init__(self, *args: Any, first: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        names = dict(directory.service_choices())
        guesses = [(key, names[key]) for key in first if key in names]
        rest = [(key, name) for key, name in names.items() if key not in first]
        groups: list[Any] = [("", _("Choisir"))]
        if guesses:
            groups.append((_("Meilleures pistes"), guesses))
        set_choices(self, "service", [*groups, (_("Tous les services"), rest)])


def lost(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show lost words and tie them to a service."""
    row = found(permissions.lost_words_visible_to(actor_of(request)).filter(pk=pk))
    initial = {"text": row.text, "lang": row.lang, "service": row.guesses[0] if row.guesses else ""}
    form = TieForm(request.POST or None, first=tuple(map(str, row.guesses)), initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: editing.tie_lost_words(lost=row, by=actor_of(request), at=now(), **data),
            _("C’est retenu : la prochaine recherche trouvera ce service."), reverse("desk:editor_words"),
        )  # fmt: skip
        if done:
            return done
    return render(request, "desk/editor/lost.html", {
        "row": row, "form": form, "is_open": row.state == LostState.OPEN, "tried": _tried(row.text, row.lang),
        "lang": dict(SPOKEN).get(row.lang, row.lang),
    })  # fmt: skip


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will put lost words aside, with the reason."""
    row = found(permissions.lost_words_visible_to(actor_of(request)).filter(pk=pk))
    reason = request.POST.get("reason", "")
    return at_once(
        request, lambda: editing.dismiss_lost_words(lost=row, reason=reason, by=actor_of(request), at=now()),
        _("Ces mots sont écartés."), reverse("desk:editor_words"),
    )  # fmt: skip


def _tried(words: str, lang: str | None) -> dict[str, Any] | None:
    """What the guide answers to these words now; nothing is kept of the try."""
    if not words.strip():
        return None
    answer = guidance.orient_words(words=words, lang=lang or None)
    return {
        "answer": answer,
        "confident": answer.confident,
        "urgent": answer.urgent,
        "results": [(result, f"{result.score:.2f}".replace(".", ",")) for result in answer.results],
    }


def phrases(request: HttpRequest) -> HttpResponse:
    """This function will show the editors' phrases, and try words in place."""
    rows = editor_queries.editor_phrases(permissions.phrases_editable_by(actor_of(request)))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    words = str(request.GET.get("q", ""))[:400]
    return render(request, "desk/editor/phrases.html", {
        "page": page, "words": words, "tried": _tried(words, None), "names": dict(SPOKEN),
    })  # fmt: skip


class PhraseForm(TieForm):
    """A phrase or a word by hand."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Ce que vous ajoutez"), widget=forms.RadioSelect, initial="phrase",
        choices=[
            ("phrase", gettext_lazy("Une phrase, comme la personne la dit")),
            (WordRegister.LAY.value, gettext_lazy("Un mot de la personne")),
            (WordRegister.PRO.value, gettext_lazy("Un mot du métier")),
        ],
    )  # fmt: skip
    field_order = ("kind", "text", "lang", "service")


def _add(request: HttpRequest, data: dict[str, Any]) -> None:
    kind = data.pop("kind")
    shared = {"by": actor_of(request), "at": now(), **data}
    if kind == "phrase":
        editing.add_phrase(**shared)
    else:
        editing.add_word(register=WordRegister(kind), **shared)


def add(request: HttpRequest) -> HttpResponse:
    """This function will add a phrase or a word by hand."""
    initial = {"service": request.GET.get("service", ""), "text": request.GET.get("q", "")}
    form = PhraseForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request,
            form,
            lambda data: _add(request, dict(data)),
            _("C’est retenu."),
            reverse("desk:editor_phrases"),
        )
        if done:
            return done
    crumbs = [
        {"label": _("Mots et phrases"), "url": reverse("desk:editor_phrases")},
        {"label": _("Ajouter")},
    ]
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": _("Ajouter une phrase ou un mot"), "act": _("Ajouter"), "crumbs": crumbs,
        "back": crumbs[0]["url"],
    })  # fmt: skip


@require_POST
def remove_word(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will take a word out of the lexicon, and go back to its service."""
    row = found(
        permissions.words_editable_by(actor_of(request)).select_related("service").filter(pk=pk)
    )
    back = reverse("desk:editor_service", args=[row.service.key])
    return at_once(
        request, lambda: editing.remove_word(word=row, by=actor_of(request), at=now()),
        _("Le mot est ôté du lexique."), f"{back}#mots",
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will take away a phrase that an editor added."""
    row = found(
        permissions.phrases_editable_by(actor_of(request)).select_related("service").filter(pk=pk)
    )
    return at_once(
        request, lambda: editing.remove_phrase(phrase=row, by=actor_of(request), at=now()),
        _("La phrase est ôtée."), reverse("desk:editor_phrases"),
    )  # fmt: skip
