"""What the page of a site shows, kind by kind: tables ready for the component, and sentences."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.acts.supplies import counter_queries as counters
from beffroi.acts.supplies import queries
from beffroi.acts.supplies.enums import PlotState, SiteKind, WaitState
from beffroi.acts.supplies.permissions import can_keep
from beffroi.people.permissions import barred_persons
from beffroi.web.desk.supplies import words
from beffroi.web.desk.supplies.act_forms import Here

Panel = dict[str, Any]
_TONES = {
    PlotState.FREE: "green", PlotState.HELD: "", PlotState.RESTING: "amber",
    WaitState.WAITING: "", WaitState.OFFERED: "amber", WaitState.GARDENS: "green",
}  # fmt: skip


def _panel(
    key: str, title: str, columns: list[Any], rows: list[Any], empty: str, *, stacks: bool = False
) -> Panel:
    """A table of a site; of those that stack, a narrow screen shows each row whole."""
    heads = [one if isinstance(one, dict) else {"label": one} for one in columns]
    return {
        "key": key,
        "title": title,
        "columns": heads,
        "rows": rows,
        "empty": empty,
        "scrolls": not stacks,
    }


def _end(label: str) -> dict[str, Any]:
    return {"label": label, "end": True}


def _figure(value: Any) -> dict[str, Any]:
    return {"text": str(value), "end": True}


def _stock(here: Here) -> list[Panel]:
    lots = list(queries.lots_of(here.site.pk))
    rows = [
        [{"text": lot.article.name, "sub": lot.article.unit}, lot.number or "–",
         words.lot_state(lot, here.today), lot.get_source_display(), _figure(lot.left)]
        for lot in lots
    ]  # fmt: skip
    moved = [
        [timezone.localtime(one.at).strftime("%d/%m %H:%M"), one.lot.article.name,
         {"text": one.get_kind_display(), "sub": one.why}, _figure(f"{one.quantity:+d}")]
        for one in queries.movements_of(here.site.pk)
    ]  # fmt: skip
    shelf = [_("Article"), _("Lot"), _("Jusqu’au"), _("Vient de"), _end(_("Reste"))]
    return [
        _panel("stock", _("Au rayon"), shelf, rows, _("Rien n’est au rayon : recevez un lot.")),
        _panel(
            "moves",
            _("Derniers mouvements"),
            [_("Quand"), _("Article"), _("Mouvement"), _end(_("Combien"))],
            moved,
            _("Rien n’a encore bougé."),
        ),
    ]


def _grocery(here: Here) -> list[Panel]:
    rules = [
        [words.day(one.since_date), _figure(words.number(one.points)),
         _figure(words.number(one.adult_weight)), _figure(words.number(one.child_weight)),
         _figure(f"{words.number(one.percent)} %")]
        for one in queries.rules_of(here.site.pk)
    ]  # fmt: skip
    columns = [_("Depuis le"), _end(_("Points par mois, seul")), _end(_("Autre adulte")),
               _end(_("Enfant")), _end(_("Participation"))]  # fmt: skip
    empty = _("Aucune règle : le plafond s’écrit à la main pour chaque accès.")
    passages = [
        [{"text": f"{timezone.localtime(one.at):%H:%M}", "url": reverse("desk:supplies_passage", args=[one.pk])},
         one.card.number, _figure(words.number(one.points)), _figure(words.euros(one.paid)),
         {"tag": _("annulé"), "tone": "red"} if one.cancelled_at else ""]
        for one in queries.passages_of(site=here.site.pk, day=here.today)
    ]  # fmt: skip
    today = [_("Heure"), _("Carte"), _end(_("Points")), _end(_("Payé")), _("État")]
    return [
        _panel("passages", _("Passages d’aujourd’hui"), today, passages, _("Personne n’est encore passé.")),
        *_stock(here),
        _panel("rules", _("Règle des points"), columns, rules, empty),
    ]  # fmt: skip


def _reader(here: Here) -> Callable[[Any], bool]:
    """Says whether the name in a row is hers to read: at her counter, and not of somebody close."""
    keeps, close = can_keep(here.actor, here.site), barred_persons(here.actor)
    return lambda row: keeps and row.person_id not in close


def _names(held: list[Any], may: Callable[[Any], bool]) -> str:
    return ", ".join(str(one.gardener) if may(one.gardener) else "–" for one in held)


def _tickets(here: Here) -> list[Panel]:
    rows = [
        [{"text": one.batch.name, "sub": one.batch.funding},
         words.lot_days(one.batch.valid_until, here.today),
         {"text": words.euros(one.batch.user_price), "sub": _("sur %s") % words.euros(one.batch.nominal)},
         _figure(one.batch.left), _figure(one.handed), _figure(one.used), _figure(one.out)]
        for one in counters.batches_of(here.site.pk)
    ]  # fmt: skip
    year = here.today.replace(month=1, day=1)
    sums = [
        [one.funding, _figure(one.handed), _figure(words.euros(one.own)), _figure(words.euros(one.users))]
        for one in counters.by_funding([here.site.pk], year, here.today)
    ]  # fmt: skip
    may = _reader(here)
    handed = [
        [words.day(one.date), one.batch.name, (one.who or _("sans nom")) if may(one) else "–",
         _figure(one.quantity), _figure(one.quantity - one.settled)]
        for one in counters.handouts_of(here.site.pk)
    ]  # fmt: skip
    columns = [_("Lot"), _("Valable jusqu’au"), _("Prix pour la personne"), _end(_("Reste")),
               _end(_("Remis")), _end(_("Utilisés")), _end(_("Dehors"))]  # fmt: skip
    return [
        _panel("batches", _("Lots de tickets"), columns, rows, _("Aucun lot n’est reçu."), stacks=True),
        _panel("funding", _("Cette année, par source de financement"),
               [_("Source"), _end(_("Remis")), _end(_("Part du CPAS")), _end(_("Payé par les personnes"))],
               sums, _("Aucun ticket n’est remis cette année.")),
        _panel("handed", _("Dernières remises"),
               [_("Jour"), _("Lot"), _("Qui"), _end(_("Tickets")), _end(_("Dehors"))],
               handed, _("Aucun ticket n’est remis.")),
    ]  # fmt: skip


def _gifts(here: Here) -> list[Panel]:
    found = []
    columns = [
        _("Âge"),
        _end(_("Inscrits")),
        _end(_("Colis prêts")),
        _end(_("Remis")),
        _end(_("Reste")),
    ]
    for one in counters.campaigns_of(here.site.pk):
        rows = [
            [str(band), _figure(band.enrolled), _figure(band.prepared), _figure(band.handed), _figure(band.left)]  # type: ignore[attr-defined]
            for band in one.bands.all()
        ]  # fmt: skip
        title = _("%(name)s, du %(a)s au %(b)s") % {
            "name": one.name, "a": words.day(one.from_date), "b": words.day(one.until_date),
        }  # fmt: skip
        found.append(_panel(f"campaign-{one.pk}", title, columns, rows, "", stacks=True))
    empty = _("Aucune campagne n’est ouverte.")
    return found or [_panel("campaign", _("Campagnes"), columns, [], empty)]


def _giveaway(here: Here) -> list[Panel]:
    rows = [
        [words.day(one.date), _figure(one.items_in), _figure(words.weight(one.grams_in)),
         _figure(one.items_out), _figure(words.weight(one.grams_out)), _figure(one.visits),
         {"tag": _("reprise"), "sub": one.why} if one.taken_back_at else ""]
        for one in counters.openings_of(here.site.pk)
    ]  # fmt: skip
    columns = [_("Jour"), _end(_("Objets reçus")), _end(_("Reçu")), _end(_("Objets donnés")),
               _end(_("Donné")), _end(_("Visites")), _("État")]  # fmt: skip
    return [_panel("openings", _("Ouvertures"), columns, rows, _("Aucune ouverture n’est écrite."))]


def _garden(here: Here) -> list[Panel]:
    may = _reader(here)
    plots = [
        [one.number, _figure(words.number(one.surface)),
         {"tag": one.get_state_display(), "tone": _TONES[PlotState(one.state)]},
         _names(one.held, may),  # type: ignore[attr-defined]
         words.day(one.held[0].charter_date) if one.held else "",  # type: ignore[attr-defined]
         _figure(words.euros(one.held[0].deposit) if one.held else "")]  # type: ignore[attr-defined]
        for one in counters.plots_of(here.site.pk)
    ]  # fmt: skip
    standing = counters.standing(here.site.pk)
    queue = [one for one in standing if one.state != WaitState.GARDENS]
    waiting = [
        [_figure(place), {"text": str(one) if may(one) else "–", "sub": one.phone if may(one) else ""},
         words.day(one.asked_date),
         {"tag": one.get_state_display(), "tone": _TONES[WaitState(one.state)],
          "sub": _offer(one)}]
        for place, one in enumerate(queue, start=1)
    ]  # fmt: skip
    return [
        _panel("plots", _("Parcelles"),
               [_("Numéro"), _end(_("m²")), _("État"), _("Qui"), _("Charte"), _end(_("Caution"))],
               plots, _("Aucune parcelle n’est écrite."), stacks=True),
        _panel("waiting", _("Liste d’attente"),
               [_end(_("Rang")), _("Qui"), _("Demandée le"), _("État")], waiting,
               _("Personne n’attend."), stacks=True),
    ]  # fmt: skip


def _offer(one: Any) -> str:
    if one.offered is None:
        return ""
    return _("parcelle %(n)s, jusqu’au %(day)s") % {
        "n": one.offered.number, "day": words.day(timezone.localdate(one.offered_until)),
    }  # fmt: skip


def _loans(here: Here) -> list[Panel]:
    reads = can_keep(here.actor, here.site)
    rows = []
    for one in counters.items_of(here.site.pk):
        loan = one.out[0] if one.out else None  # type: ignore[attr-defined]
        if loan is None:
            rows.append([str(one), {"tag": _("ici"), "tone": "green"}, "", ""])
            continue
        late = loan.due_date < here.today
        state = {"tag": _("en retard") if late else _("sorti"), "tone": "red" if late else "amber"}
        who = {"text": loan.who, "sub": loan.phone} if reads else ""
        rows.append([str(one), state, who, words.day(loan.due_date)])
    columns = [_("Matériel"), _("État"), _("Chez qui"), _("Attendu le")]
    return [
        _panel("items", _("Matériel"), columns, rows, _("Aucun matériel n’est écrit."), stacks=True)
    ]


_OF: dict[str, Callable[[Here], list[Panel]]] = {
    SiteKind.GROCERY: _grocery, SiteKind.STORE: _stock, SiteKind.TICKETS: _tickets,
    SiteKind.GIFTS: _gifts, SiteKind.GIVEAWAY: _giveaway, SiteKind.GARDEN: _garden,
    SiteKind.LOANS: _loans,
}  # fmt: skip


def panels(here: Here) -> list[Panel]:
    """This function will give the tables of a site, those of its kind."""
    return _OF[here.site.kind](here)


def sentences(here: Here) -> list[tuple[str, str]]:
    """This function will say what cannot wait on a site, with its tone: lots to clear, to sell."""
    lots = list(queries.expiring([here.site.pk], here.today + queries.SOON))
    gone = sum(lot.expires_date < here.today for lot in lots if lot.expires_date)
    soon = len(lots) - gone
    found = []
    if gone:
        said = ngettext(
            "%(n)d lot est périmé : retirez-le.", "%(n)d lots sont périmés : retirez-les.", gone
        )
        found.append((said % {"n": gone}, "red"))
    if soon:
        said = ngettext(
            "%(n)d lot expire dans les sept jours.",
            "%(n)d lots expirent dans les sept jours.",
            soon,
        )
        found.append((said % {"n": soon}, "amber"))
    return found
