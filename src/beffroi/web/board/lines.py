"""A line: what it says, its figures with the way to their targets, and the acts behind each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.core.measures import CountedAct
from beffroi.steering import permissions, queries, tellers
from beffroi.steering.figures import Behind, Figure, behind, figure_of, figures_of_year
from beffroi.web.board import forms
from beffroi.web.board.common import (
    Act,
    Section,
    actor_of,
    column,
    day,
    figure_words,
    last_day,
    line_url,
    number,
    pairs,
    shown,
    the_line,
    year_of,
)
from beffroi.web.board.plans import line_facts
from beffroi.web.sections import MOST


def line(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """This function will show a line, its figures of a year, its history and what to write."""
    held, year = the_line(request, plan, number), year_of(request)
    copies = list(queries.history_of(held))
    now, actor = copies[-1], actor_of(request)
    figures = figures_of_year([held], year, last_day(year))
    said = queries.years_of([held], year).get(held.pk)
    unsaid, facts = line_facts(now)
    heads = column(_("Indicateur"), _("Chiffre"), _("Cible"), _("Chemin fait"), end=(1, 2, 3))
    sections = [
        Section(
            _("Chiffres de %(year)s") % {"year": year}, "", heads,
            [_figure_row(plan, one, year) for one in figures],
            _("Cette ligne n’est pas encore mesurée."),
        ),
        Section(_("Ce que dit le plan"), unsaid, pairs(), facts),
        Section(
            _("Conventions"), "", column(_("Convention"), _("Partenaire"), _("Jusqu’au")),
            [
                [
                    {"text": one.reference, "url": reverse("board:convention", args=[plan, one.reference])},
                    one.partner.name, day(one.ends_date),
                ]
                for one in queries.conventions_of(held.plan).filter(lines=held)
            ],
            _("Aucune convention pour cette ligne."),
        ),
        Section(
            _("Histoire de la ligne"), "", column(_("Version"), _("En vigueur"), _("Intitulé"), _("État")),
            [
                [
                    {"text": str(one.version.number), "sub": one.version.reason},
                    day(one.version.effective_date), str(one), one.get_state_display(),
                ]
                for one in reversed(copies)
            ],
        ),
    ]  # fmt: skip
    if permissions.can_steer(actor):
        sections.append(_to_tell(held, year))
        sections += _acts(held, year, said, figures)
    crumbs = [
        {"label": held.plan.name, "url": reverse("board:plan", args=[plan])},
        {"label": f"{held.number:02d}"},
    ]
    title = f"{held.number:02d} · {now}"
    intro = _("%(state)s, au plan depuis le %(day)s.") % {
        "state": now.get_state_display(), "day": day(held.since_date),
    }  # fmt: skip
    return shown(request, title, intro, sections, crumbs=crumbs)


def _to_tell(held: Any, year: int) -> Section:
    """The way to the page that whoever knows the line is asked to fill."""
    named = [str(one.agent) for one in tellers.tellers_of(held)]
    url = reverse("board:line_text", args=[held.plan.key, held.number, year])
    row = [
        {"text": _("Raconter %(year)s") % {"year": year}, "url": url},
        ", ".join(named) or {"tag": _("personne n’est désigné"), "tone": "amber"},
    ]
    return Section(_("Qui raconte cette ligne"), "", column(_("Texte"), _("Agent")), [row])


def _figure_row(plan: str, one: Figure, year: int) -> list[Any]:
    address = reverse("board:indicator", args=[plan, one.indicator.line.number, one.indicator.pk])
    target = {"text": number(one.target), "end": True}
    if one.baseline is not None:
        target["sub"] = _("départ : %(baseline)s") % {"baseline": number(one.baseline)}
    way: dict[str, Any] = {"text": "–", "end": True}
    if one.attained is not None:
        way["text"] = f"{number(one.attained)} %"
    if one.reached is not None:
        way |= {"tag": _("atteinte"), "tone": "green"} if one.reached else {"tag": _("en chemin")}
    label = {"text": one.indicator.label, "url": f"{address}?annee={year}", "sub": one.how}
    return [label, figure_words(one), target, way]


def _acts(held: Any, year: int, said: Any, figures: list[Figure]) -> list[Section]:
    words = {
        name: getattr(said, name)
        for name in ("status", "reason", "worked", "hard", "change_planned", "version")
    } if said else {"version": 0}  # fmt: skip
    ref = f"{held.plan.key}/{held.number}"
    tell = forms.YearForm(initial={**words, "year": year}, auto_id="dire-%s")
    follow = forms.FollowForm(auto_id="suivre-%s")
    sections = [
        Section(
            _("Dire l’année %(year)s") % {"year": year},
            _("Ce que les chiffres ne disent pas ; le rapport annuel le reprend tel quel."),
            acts=[Act("dire", _("Enregistrer ces mots"), tell, ref)],
        ),
        Section(
            _("Suivre un indicateur"),
            _(
                "Une mesure se compte d’après les actes ; sans mesure, le chiffre s’encode chaque mois."
            ),
            acts=[Act("suivre", _("Suivre cet indicateur"), follow, ref, variant="secondary")],
        ),
    ]
    if figures:
        choices = [(str(one.indicator.pk), one.indicator.label) for one in figures]
        aim = forms.AimForm(indicators=choices, initial={"year": year}, auto_id="viser-%s")
        sections.append(
            Section(_("Fixer une cible"), acts=[Act("viser", _("Fixer cette cible"), aim, ref, variant="secondary")])
        )  # fmt: skip
    return sections


def indicator(request: HttpRequest, plan: str, number: int, pk: int) -> HttpResponse:
    """This function will show a figure, how it is counted, and the acts behind it."""
    held, year = the_line(request, plan, number), year_of(request)
    row = held.indicators.filter(pk=pk).first()
    if row is None:
        raise Http404(str(pk))
    since, until, actor = date(year, 1, 1), last_day(year), actor_of(request)
    figure, found = figure_of(row, since, until), behind(row, since, until, actor)
    sections = [_typed(row, year) if found is None else _behind(found)]
    if permissions.can_steer(actor) and not row.measure:
        month = forms.MonthForm(
            initial={"month": timezone.localdate().replace(day=1)}, auto_id="encoder-%s"
        )
        sections.append(
            Section(_("Encoder un mois"), acts=[Act("encoder", _("Encoder ce mois"), month, str(row.pk))])
        )  # fmt: skip
    if permissions.can_steer(actor) and row.retired_date is None:
        retire = forms.DayForm(initial={"on": timezone.localdate()}, auto_id="arreter-%s")
        act = Act("arreter", _("Ne plus suivre"), retire, str(row.pk), variant="quiet")
        sections.append(Section(_("Ne plus suivre cet indicateur"), acts=[act]))
    crumbs = [
        {"label": held.plan.name, "url": reverse("board:plan", args=[plan])},
        {"label": f"{held.number:02d}", "url": line_url(plan, number)},
        {"label": row.label},
    ]
    words = figure_words(figure)
    title = _("%(label)s, %(year)s") % {"label": row.label, "year": year}
    intro = " ".join(part for part in (f"{words['text']}.", words["sub"], figure.how) if part)
    return shown(request, title, intro, sections, crumbs=crumbs)


def _behind(found: Behind) -> Section:
    rows = [_act_row(act) for act in found.acts[:MOST]]
    text = ""
    if found.unseen:
        text = _("Les actes listés font %(shown)s ; %(unseen)s de plus viennent d’actes que votre poste n’ouvre pas.") % {
            "shown": number(found.shown), "unseen": number(found.unseen),
        }  # fmt: skip
    elif found.unseen is None and not rows:
        text = _(
            "Ce chiffre compte des personnes : il se recompte à chaque fois, et ne se liste pas."
        )
    elif len(found.acts) > MOST:
        text = _("Les %(count)s premiers actes, sur %(all)s.") % {
            "count": MOST,
            "all": len(found.acts),
        }
    heads = column(_("Jour"), _("Acte"), _("Compte pour"), end=(2,))
    return Section(
        _("Les actes derrière ce chiffre"), text, heads, rows, _("Aucun acte à montrer.")
    )


def _act_row(act: CountedAct) -> list[Any]:
    url = reverse(act.url_name, kwargs=dict(act.url_kwargs)) if act.url_name else ""
    return [
        day(act.day),
        {"text": act.label, "url": url},
        {"text": number(act.amount), "end": True},
    ]


def _typed(row: Any, year: int) -> Section:
    typed = row.typed.filter(month__year=year)
    rows = [
        [
            date_format(one.month, "F Y"), {"text": number(one.value), "end": True}, one.method,
            {"tag": "" if one.is_current else _("remplacée"), "text": one.typed_by},
        ]
        for one in typed
    ]  # fmt: skip
    heads = column(_("Mois"), _("Valeur"), _("Comment c’est compté"), _("Encodé par"), end=(1,))
    count = len(rows)
    text = ngettext("%(count)s valeur encodée.", "%(count)s valeurs encodées.", count) % {"count": count}  # fmt: skip
    return Section(_("Encodé à la main"), text, heads, rows, _("Rien n’est encore encodé."))
