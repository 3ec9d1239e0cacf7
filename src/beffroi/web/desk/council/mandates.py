"""Bodies, mandates and attributions, as the director general keeps them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as date_filter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from beffroi.accounts import queries as accounts
from beffroi.accounts.enums import Role
from beffroi.acts.bodies import permissions, queries
from beffroi.acts.bodies import services as bodies
from beffroi.acts.bodies.enums import BodyKind, MandateRole
from beffroi.rules import council as rules
from beffroi.web.desk.council import words
from beffroi.web.desk.council.common import CouncilForm, actor_of, attempt, day_field

_SEATED = (Role.COUNCIL_MEMBER, Role.PRESIDENT, Role.DIRECTOR_GENERAL)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """This function will show each body with its mandates, and which body decides what."""
    today = timezone.localdate()
    found = [_body(body, today) for body in queries.bodies()]
    limit = None
    if found:
        amount, own = queries.urgent_limit_of(queries.council(), today)
        note = words.rule_note(rules.rule("urgent_aid_limit", today))
        limit = {
            "amount": str(amount).replace(".", ","),
            "note": _("fixé par le Conseil") if own else note,
        }  # fmt: skip
    return render(request, "desk/council/mandates.html", {
        "bodies": found, "limit": limit,
        "columns": [{"label": _("Membre")}, {"label": _("Fonction")}, {"label": _("Dates")},
                    {"label": _("Serment")}],
        "kind_columns": [{"label": _("Matière")}, {"label": _("Qui décide")}],
        "kind_rows": [[a.label, a.body.name] for a in queries.attributions()],
        "reserved": rules.rule("reserved_to_council", today),
    })  # fmt: skip


def _body(body: Any, today: Any) -> dict[str, Any]:
    rows = queries.mandates_of_body(body)
    seated = queries.in_function(body, today).count()
    return {
        "body": body, "population": f"{body.population or 0:,}".replace(",", "\u202f"),
        "rows": [_row(mandate, today) for mandate in rows],
        "seated": seated, "quorum": rules.quorum(seated, today) if seated else 0,
    }  # fmt: skip


def _row(mandate: Any, today: Any) -> list[Any]:
    over = mandate.until_date is not None and mandate.until_date < today
    dates = date_filter(mandate.from_date, "j F Y")
    if mandate.until_date:
        dates += " – " + date_filter(mandate.until_date, "j F Y")
    who = {"text": str(mandate.agent), "sub": mandate.party,
           "url": reverse("desk:council_mandate", args=[mandate.pk])}  # fmt: skip
    role = {"text": str(mandate.get_role_display())}
    if over:
        role |= {"tag": _("fini"), "tone": ""}
    if mandate.replaces:
        role["sub"] = _("remplace %(name)s") % {"name": mandate.replaces.agent}
    if mandate.oath_date:
        oath: Any = date_filter(mandate.oath_date, "j F Y")
    elif (
        mandate.role == MandateRole.SECRETARY or mandate.body_id and mandate.body.kind != "council"
    ):
        oath = "–"
    else:
        oath = {"tag": _("à prêter"), "tone": "amber"}
    return [who, role, dates, oath]


class CouncilBodyForm(CouncilForm):
    """A council of a population, or a body drawn from it."""

    name = forms.CharField(label=lazy("Nom"), max_length=120)
    number = forms.IntegerField(label=lazy("Population"), min_value=1, max_value=10_000_000)


class DrawnBodyForm(CouncilForm):
    """A bureau or a special committee."""

    kind = forms.ChoiceField(
        label=lazy("Nature"), choices=[c for c in BodyKind.choices if c[0] != BodyKind.COUNCIL]
    )
    name = forms.CharField(label=lazy("Nom"), max_length=120)
    key = forms.SlugField(label=lazy("Clé, dans les adresses"), max_length=40)
    seats = forms.IntegerField(
        label=lazy("Membres, présidence comprise"), min_value=1, max_value=50
    )


def body_new(request: HttpRequest) -> HttpResponse:
    """This function will found the council, then the bodies drawn from it."""
    first = not queries.bodies().exists()
    form: CouncilForm = (CouncilBodyForm if first else DrawnBodyForm)(request.POST or None)

    def found(data: dict[str, Any]) -> None:
        key: dict[str, Any] = {"by": actor_of(request), "at": timezone.now()}
        if first:
            bodies.create_council(name=data["name"], population=data["number"], **key)
        else:
            bodies.create_body(**{**data, "kind": BodyKind(data["kind"])}, **key)

    return _page(request, form, found, _("Ajouter un organe"), _("L’organe est composé."))


class MandateForm(CouncilForm):
    """A mandate given."""

    agent = forms.TypedChoiceField(label=lazy("Qui"), coerce=int)
    role = forms.ChoiceField(label=lazy("Fonction"), choices=MandateRole.choices)
    party = forms.CharField(label=lazy("Groupe politique"), max_length=80, required=False)
    from_date = day_field(lazy("Depuis le"))
    until_date = day_field(lazy("Jusqu’au"), required=False)
    oath_date = day_field(
        lazy("Serment prêté le"), required=False,
        help_text=lazy("Un membre du Conseil ne siège qu’après son serment."),
    )  # fmt: skip
    replaces = forms.TypedChoiceField(
        label=lazy("Remplace"), coerce=int, required=False, empty_value=None
    )


def mandate_new(request: HttpRequest, key: str) -> HttpResponse:
    """This function will give a mandate in a body."""
    body = queries.bodies().filter(key=key).first()
    if body is None:
        raise Http404(key)
    today = timezone.localdate()
    form = MandateForm(request.POST or None, initial={"from_date": today})
    people = {a.pk: str(a) for role in _SEATED for a in accounts.agents_in_role(role, today)}
    chosen = sorted(people.items(), key=lambda pair: pair[1])
    form.fields["agent"].choices = [("", _("Choisir")), *chosen]  # type: ignore[attr-defined]
    gone = [(m.pk, str(m.agent)) for m in queries.mandates_of_body(body) if m.until_date]
    form.fields["replaces"].choices = [("", _("Personne")), *gone]  # type: ignore[attr-defined]

    def give(data: dict[str, Any]) -> None:
        given: dict[str, Any] = {**data, "role": MandateRole(data["role"])}
        bodies.give_mandate(body_key=key, by=actor_of(request), at=timezone.now(), **given)

    title = _("Donner un mandat : %(body)s") % {"body": body.name}
    return _page(request, form, give, title, _("Le mandat est donné."))


class MandateActForm(CouncilForm):
    """The end of a mandate, or the oath that begins it."""

    what = forms.ChoiceField(
        label=lazy("Acte"), widget=forms.RadioSelect,
        choices=[("end", lazy("Fin du mandat")), ("oath", lazy("Prestation de serment"))],
    )  # fmt: skip
    day = day_field(
        lazy("Jour"), help_text=lazy("Le dernier jour du mandat, ou le jour du serment.")
    )


def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will end a mandate, or note its oath."""
    if not permissions.can_compose(actor_of(request)):
        raise Http404
    row = queries.mandate(pk)
    if row is None:
        raise Http404(pk)
    form = MandateActForm(request.POST or None)

    def change(data: dict[str, Any]) -> None:
        key: dict[str, Any] = {"mandate": pk, "by": actor_of(request), "at": timezone.now()}
        if data["what"] == "end":
            bodies.end_mandate(until_date=data["day"], **key)
        else:
            bodies.take_oath(oath_date=data["day"], **key)

    title = f"{row.agent}, {row.get_role_display()}, {row.body.name}"
    return _page(request, form, change, title, _("Le mandat est à jour."))


class AttributionForm(CouncilForm):
    """A kind of matter, and who decides it."""

    label = forms.CharField(label=lazy("Matière"), max_length=120)
    kind = forms.SlugField(label=lazy("Clé"), max_length=40)
    body_key = forms.ChoiceField(label=lazy("Qui décide"))


def attribution(request: HttpRequest) -> HttpResponse:
    """This function will say which body decides a kind of matter."""
    form = AttributionForm(request.POST or None)
    found = [(b.key, b.name) for b in queries.bodies()]
    form.fields["body_key"].choices = found  # type: ignore[attr-defined]
    return _page(
        request, form,
        lambda data: bodies.attribute(by=actor_of(request), at=timezone.now(), **data),
        _("Attribuer une matière"), _("L’attribution est gardée."),
    )  # fmt: skip


class LimitForm(CouncilForm):
    """What the president may grant alone."""

    amount = forms.DecimalField(
        label=lazy("Montant en euros"), max_digits=9, decimal_places=2, required=False,
        help_text=lazy("Vide : la valeur de départ, non vérifiée, s’applique."),
    )  # fmt: skip


def limit(request: HttpRequest) -> HttpResponse:
    """This function will keep the limit that the council's own rules give."""
    council = queries.bodies().filter(kind=BodyKind.COUNCIL).first()
    if council is None:
        return redirect("desk:council_body_new")
    form = LimitForm(request.POST or None, initial={"amount": council.urgent_limit})
    return _page(
        request, form,
        lambda data: bodies.set_urgent_limit(
            body_key=council.key, amount=data["amount"], by=actor_of(request), at=timezone.now()
        ),
        _("Aide urgente : ce que la présidence accorde seule"), _("La limite est gardée."),
    )  # fmt: skip


def _page(request: HttpRequest, form: CouncilForm, act: Any, title: str, said: str) -> HttpResponse:
    """The page of one form: done, it leads back to the mandates."""
    back = reverse("desk:council_mandates")
    if request.method == "POST" and attempt(form, act):
        messages.success(request, said)
        return redirect(back)
    crumbs = [{"label": _("Mandats et attributions"), "url": back}, {"label": title}]
    return render(request, "desk/council/form.html", {
        "form": form, "heading": title, "act": _("Garder"), "crumbs": crumbs, "back": back,
    })  # fmt: skip
