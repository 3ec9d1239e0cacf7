"""The acts on declarations and strategic plans, in words."""

from django.utils.translation import gettext as _


def strategic_verbs() -> dict[str, str]:
    """This function will say in words what each act on a strategic plan is."""
    return {
        "declaration.load": _("a chargé une déclaration de politique"),
        "declaration.revise": _("a écrit une nouvelle version d’une déclaration"),
        "strategic.open": _("a ouvert un plan stratégique"),
        "strategic.decide": _("a noté une décision sur un plan stratégique"),
        "strategic.name_responsible": _("a nommé un responsable"),
        "strategic.say_civility": _("a noté la civilité que la personne dit"),
        "strategic.add": _("a ajouté un élément à un plan stratégique"),
        "strategic.edit": _("a modifié un élément d’un plan stratégique"),
        "strategic.schedule": _("a planifié une action"),
        "strategic.unschedule": _("a remis une action à planifier"),
        "strategic.start": _("a commencé une action"), "strategic.stop": _("a arrêté une action"),
        "strategic.resume": _("a repris une action"), "strategic.finish": _("a terminé une action"),
        "strategic.reopen": _("a rouvert une action"), "strategic.cancel": _("a abandonné une action"),
        "strategic.revive": _("a remis une action au plan"),
        "strategic.budget": _("a donné un budget à une action"),
        "strategic.measure": _("a relié une action à un indicateur"),
        "strategic.share_staff": _("a mis du personnel à charge d’un plan"),
        "strategic.end_share": _("a mis fin à une part de personnel"),
        "strategic.charge": _("a mis une dépense à charge d’un plan"),
        "strategic.cancel_cost": _("a annulé une dépense d’un plan"),
        "strategic.freeze": _("a figé un état d’avancement"),
        "strategic.write": _("a sorti un état d’avancement"),
        "strategic.ecomptes": _("a sorti le fichier pour eComptes"),
    }  # fmt: skip
