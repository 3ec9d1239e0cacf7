"""How long each thing is kept, in words, and what is due now."""

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beffroi.audit import retention
from beffroi.audit import services as audit


def show(request: HttpRequest) -> HttpResponse:
    """This function will show the rule of each model that holds personal data."""
    due = audit.retention_due(at=timezone.now())
    rules = [rule for _label, rule in sorted(retention.load().items()) if rule.holds_personal_data]
    plain = len(retention.load()) - len(rules)
    heads = (_("Ce qui est gardé"), _("Données personnelles"), _("Durée"), _("Dû"))
    total = sum(due.values())
    context = {
        "columns": [{"label": head} for head in heads],
        "rows": [_row(rule, due) for rule in rules],
        "total": total,
        "sentence": ngettext(
            "%(n)d ligne a dépassé sa durée de garde.",
            "%(n)d lignes ont dépassé leur durée de garde.",
            total,
        ) % {"n": total} if total else _("Rien n’est gardé au-delà de sa durée."),
        "plain": plain,
    }  # fmt: skip
    return render(request, "desk/journal/retention.html", context)


def _in_words(model: Any, name: str) -> str:
    """What a field holds; the names of who did something are all « qui l’a fait »."""
    if name.endswith("_by") or name.startswith("by_") or name.startswith(("actor_", "written_by")):
        return _("qui l’a fait")
    said = {
        "file": _("fichier"), "attachment": _("fichier"), "subject_ref": _("personne concernée"),
        "guesses": _("meilleures pistes"), "starts_at": _("moment"),
    }  # fmt: skip
    return said.get(name) or str(model._meta.get_field(name).verbose_name)


def _row(rule: retention.Rule, due: dict[str, int]) -> list[dict[str, Any]]:
    model = apps.get_model(rule.model)
    names = list(dict.fromkeys(_in_words(model, name) for name in rule.personal))
    count = due.get(rule.model)
    now = {"tag": str(count), "tone": "amber"} if count else {"text": "–" if count is None else "0"}
    title = str(model._meta.verbose_name)
    return [
        {"text": title[:1].upper() + title[1:]}, {"text": ", ".join(names)},
        {"text": rule.keep[:1].upper() + rule.keep[1:]}, now,
    ]  # fmt: skip
