"""The Grand froid and canicule plans: one switch; and the emergency numbers."""

from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from beffroi.core.dates import add_months
from beffroi.directory import editor_queries, permissions, services
from beffroi.directory.enums import PlanKind
from beffroi.web.desk.editor.acts import actor_of, at_once, found, now, run
from beffroi.web.desk.editor.common_forms import (
    LANGUAGES,
    DateField,
    SourceMixin,
    by_language,
    language_fields,
    set_choices,
)

#: What the banner says unless an editor writes better.
MESSAGES = {
    PlanKind.COLD: {
        "fr": "Il gèle. Vous n’avez pas de quoi vous chauffer, ou pas d’endroit où dormir ? Appelez, ou venez au chaud.",
        "nl": "Het vriest. Kunt u niet verwarmen of hebt u geen slaapplaats? Bel, of kom binnen in de warmte.",
        "de": "Es friert. Sie können nicht heizen oder haben keinen Schlafplatz? Rufen Sie an oder kommen Sie ins Warme.",
        "en": "It is freezing. No heating, or nowhere to sleep? Call, or come in from the cold.",
    },
    PlanKind.HEAT: {
        "fr": "Il fait très chaud. Buvez souvent, restez à l’ombre, prenez des nouvelles de vos voisins. Besoin de fraîcheur ou d’aide ? Appelez.",
        "nl": "Het is erg warm. Drink vaak, blijf in de schaduw, vraag hoe het met uw buren gaat. Koelte of hulp nodig? Bel.",
        "de": "Es ist sehr heiß. Trinken Sie oft, bleiben Sie im Schatten, fragen Sie nach Ihren Nachbarn. Brauchen Sie Kühle oder Hilfe? Rufen Sie an.",
        "en": "It is very hot. Drink often, stay in the shade, check on your neighbours. Need somewhere cool, or help? Call.",
    },
}


class PlanForm(forms.Form):
    """What the banner says, whom to call, where to go, until when."""

    phone = forms.CharField(label=gettext_lazy("Numéro à appeler"), max_length=40, required=False)
    until_date = DateField(label=gettext_lazy("Prévu jusqu’au"), required=False)
    places = forms.MultipleChoiceField(
        label=gettext_lazy("Lieux ouverts à tous"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= language_fields(
            "message", _("Message"), rows=3, longest=300, french_required=True
        )
        rows = editor_queries.places_by_comfort(day)
        self.by_key = {place.key: place for place, _heated, _cooled in rows}
        set_choices(
            self, "places", [(p.key, _place_label(p, heated, cooled)) for p, heated, cooled in rows]
        )

    def boxes(self) -> list[forms.BoundField]:
        return [self[f"message_{code}"] for code, _name in LANGUAGES]

    def values(self) -> dict[str, Any]:
        """This method will give what the service takes."""
        data = self.cleaned_data
        return {
            "messages": by_language("message", data), "phone": data["phone"],
            "until_date": data["until_date"], "places": [self.by_key[k] for k in data["places"]],
        }  # fmt: skip


def _place_label(place: Any, heated: bool, cooled: bool) -> str:
    comfort = [w for known, w in ((heated, _("chauffé")), (cooled, _("rafraîchi"))) if known]
    return f"{place.name} ({', '.join(comfort) or _('confort pas encore connu')})"


def _plans(request: HttpRequest) -> Any:
    return permissions.alert_plans_visible_to(actor_of(request))


def plan(request: HttpRequest) -> HttpResponse:
    """This function will show whether a plan is on, and its switch."""
    rows = list(_plans(request))
    current = next((row for row in rows if row.ended_at is None), None)
    return render(request, "desk/editor/plan.html", {
        "current": current, "past": [row for row in rows if row.ended_at], "kinds": PlanKind.choices,
        "is_over": bool(current and current.until_date and current.until_date < timezone.localdate()),
        "messages_of": [(name, current.messages.get(code, "")) for code, name in LANGUAGES] if current else [],
    })  # fmt: skip


def switch_on(request: HttpRequest, kind: str) -> HttpResponse:
    """This function will switch a plan on: message, number, places, last day."""
    chosen = PlanKind(kind) if kind in PlanKind.values else PlanKind.COLD
    initial: dict[str, Any] = {
        f"message_{code}": MESSAGES[chosen][code] for code, _name in LANGUAGES
    }
    wanted = "heated" if chosen == PlanKind.COLD else "cooled"
    day = timezone.localdate()
    fitting = {
        p.key
        for p, heated, cooled in editor_queries.places_by_comfort(day)
        if (heated if wanted == "heated" else cooled)
    }
    initial |= {"places": list(fitting), "phone": "0800 92 329"}
    form = PlanForm(request.POST or None, day=day, initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.start_alert_plan(kind=chosen, by=actor_of(request), at=now(), **form.values()),
            _("Le plan est allumé : le bandeau est sur toutes les pages publiques."), reverse("desk:editor_plan"),
        )  # fmt: skip
        if done:
            return done
    return _page(request, form, str(chosen.label), _("Allumer le plan"))


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will change the plan that is on."""
    row = found(_plans(request).filter(pk=pk))
    initial = {f"message_{code}": row.messages.get(code, "") for code, _name in LANGUAGES}
    initial |= {
        "phone": row.phone,
        "until_date": row.until_date,
        "places": [p.key for p in row.places.all()],
    }
    form = PlanForm(request.POST or None, day=timezone.localdate(), initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.change_alert_plan(plan=row, by=actor_of(request), at=now(), **form.values()),
            _("Le plan est changé."), reverse("desk:editor_plan"),
        )  # fmt: skip
        if done:
            return done
    return _page(request, form, row.get_kind_display(), _("Garder le plan"))


def _page(request: HttpRequest, form: PlanForm, title: str, act: str) -> HttpResponse:
    return render(
        request, "desk/editor/plan_form.html", {"form": form, "heading": title, "act": act}
    )


@require_POST
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will switch the plan off: the banner goes."""
    row = found(_plans(request).filter(pk=pk))
    return at_once(
        request, lambda: services.end_alert_plan(plan=row, by=actor_of(request), at=now()),
        _("Le plan est éteint : le bandeau a disparu."), reverse("desk:editor_plan"),
    )  # fmt: skip


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will show the plan as a sheet to print and hang."""
    row = found(_plans(request).filter(pk=pk))
    day = timezone.localdate()
    places = list(row.places.all())
    contacts = editor_queries.contacts_of(places, day)
    return render(request, "desk/editor/plan_sheet.html", {
        "plan": row, "messages_of": [(code, row.messages[code]) for code, _n in LANGUAGES if row.messages.get(code)],
        "places": [(place, contacts[place.pk]) for place in places], "day": day,
    })  # fmt: skip


def numbers(request: HttpRequest) -> HttpResponse:
    """This function will show the emergency numbers by danger, what is overdue first."""
    day = timezone.localdate()
    rows = list(
        permissions.emergency_numbers_editable_by(actor_of(request)).order_by("danger", "position")
    )
    grouped = [
        {
            "danger": members[0].get_danger_display(),
            "late": sum(m.review_date <= day for m in members),
            "rows": members,
        }
        for members in (list(group) for _key, group in groupby(rows, key=lambda row: row.danger))
    ]
    return render(request, "desk/editor/numbers.html", {
        "groups": sorted(grouped, key=lambda group: -group["late"]), "day": day,
        "next_review": add_months(day, 6),
        "unconfirmed": sum(row.confirmed_at is None for row in rows), "total": len(rows),
    })  # fmt: skip


@require_POST
def confirm_number(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will note that the number was called today; it is due again in six months."""
    row = found(permissions.emergency_numbers_editable_by(actor_of(request)).filter(pk=pk))
    review = add_months(timezone.localdate(), 6)
    return at_once(
        request, lambda: services.confirm_emergency_number(number=row, review_date=review, by=actor_of(request), at=now()),
        _("Le numéro est confirmé."), reverse("desk:editor_numbers"),
    )  # fmt: skip


class NumberForm(SourceMixin):
    """A number, who answers, and where we know it from."""

    number = forms.CharField(label=gettext_lazy("Numéro"), max_length=20)
    review_date = DateField(label=gettext_lazy("À revoir le"))
    field_order = (
        "number",
        "label_fr",
        "label_nl",
        "label_de",
        "label_en",
        "source",
        "new_source",
        "review_date",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= language_fields(
            "label", _("Qui répond"), rows=2, longest=200, french_required=True
        )
        self.order_fields(self.field_order)


def change_number(request: HttpRequest, pk: int) -> HttpResponse:
    """This function will change an emergency number, with its source."""
    row = found(permissions.emergency_numbers_editable_by(actor_of(request)).filter(pk=pk))
    initial = {f"label_{code}": row.labels.get(code, "") for code, _name in LANGUAGES}
    initial |= {
        "number": row.number,
        "source": str(row.source_id),
        "review_date": add_months(timezone.localdate(), 6),
    }
    form = NumberForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = run(
            request, form,
            lambda data: services.change_emergency_number(
                number=row, new_number=data["number"], labels=by_language("label", data),
                source=form.source_given(), review_date=data["review_date"], by=actor_of(request), at=now(),
            ),
            _("Le numéro est changé ; confirmez-le après l’avoir appelé."), reverse("desk:editor_numbers"),
        )  # fmt: skip
        if done:
            return done
    title = f"{row.get_danger_display()} : {row.number}"
    crumbs = [
        {"label": _("Numéros d’urgence"), "url": reverse("desk:editor_numbers")},
        {"label": title},
    ]
    return render(request, "desk/editor/form.html", {
        "form": form, "heading": title, "act": _("Garder le numéro"), "crumbs": crumbs, "back": crumbs[0]["url"],
    })  # fmt: skip


def reminders(request: HttpRequest) -> HttpResponse:
    """This function will show what is due for review, by kind and by source."""
    day = timezone.localdate()
    return render(request, "desk/editor/reminders.html", {
        "due": editor_queries.due_for_review(day), "sources": editor_queries.source_rows(), "day": day,
    })  # fmt: skip
