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


def in_words(model: Any, name: str) -> str:
    """This function will say what a field holds; who did something is « qui l’a fait »."""
    if name.endswith(("_by", "_by_ref", "_by_label")) or name.startswith(
        ("by_", "actor", "written_by")
    ):
        return _("qui l’a fait")
    return _words().get(name) or str(model._meta.get_field(name).verbose_name)


def _words() -> dict[str, str]:
    """Words for the fields whose name in the database says nothing in French."""
    return {
        "file": _("fichier"), "attachment": _("fichier"), "subject_ref": _("personne concernée"),
        "guesses": _("meilleures pistes"), "starts_at": _("moment"), "worker": _("agent"),
        "participant": _("qui participe"), "contact": _("personne à prévenir"), "people": _("personnes montrées"),
        "volunteer": _("bénévole"), "state": _("état"), "tapped_at": _("moment du pointage"),
        "person": _("personne"), "persons": _("personnes"), "person_ref": _("personne concernée"),
        "from_person": _("personne"), "to_person": _("personne"), "kind": _("nature"),
        "text": _("texte"), "agreement": _("convention"), "mandate": _("mandat"),
        "chair": _("présidence"), "secretary": _("secrétariat"), "reason": _("motif"),
        "reasons": _("motifs"), "release_reason": _("motif de la levée"),
        "counterparty": _("donneur d’ordre ou bénéficiaire"), "words": _("communication"),
        "structured": _("communication structurée"), "iban": _("IBAN"), "bic": _("BIC"),
        "acting": _("personne qui représente"), "chosen": _("données gardées"),
        "compact": _("numéro ou adresse, sans espaces"), "token": _("clé de recherche"),
        "key": _("clé de recherche"), "pdf": _("document PDF"),
        "told": _("qui a été prévenu"), "digest": _("code, illisible"), "note": _("remarque"),
        "folded": _("surnom, pour la recherche"), "guest": _("hôte"), "card": _("carte d’épicerie"),
        "access": _("accès à l’épicerie"), "passage": _("passage à l’épicerie"),
        "gardener": _("qui jardine"), "before": _("ce qui était écrit"), "after": _("ce qui est écrit"),
        "teller": _("à qui on l’a demandé"),
    }  # fmt: skip


def title_of(model: Any) -> str:
    """This function will say what the rows are; keys of the search have no name of their own."""
    said = {
        "people.NameToken": _("mot d’un nom, pour la recherche"),
        "people.PersonToken": _("mot du nom d’une personne, pour la recherche"),
        "people.TokenKey": _("clé de recherche d’un mot"),
    }
    title = said.get(model._meta.label) or str(model._meta.verbose_name)
    return title[:1].upper() + title[1:]


def _row(rule: retention.Rule, due: dict[str, int]) -> list[dict[str, Any]]:
    model = apps.get_model(rule.model)
    names = list(dict.fromkeys(in_words(model, name) for name in rule.personal))
    count = due.get(rule.model)
    now = {"tag": str(count), "tone": "amber"} if count else {"text": "–" if count is None else "0"}
    return [
        {"text": title_of(model)}, {"text": ", ".join(names)},
        {"text": rule.keep[:1].upper() + rule.keep[1:]}, now,
    ]  # fmt: skip
