"""Which acts each kind of site offers, to who holds its counter and to who sets it up."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from beffroi.acts.supplies import services as supplies
from beffroi.acts.supplies.enums import SiteKind
from beffroi.acts.supplies.permissions import can_keep, can_set_up
from beffroi.web.desk.small_acts import NoForm, SmallAct
from beffroi.web.desk.supplies import act_forms as forms

#: The act takes the site itself; others take a row that their form chooses.
OF_SITE = {"of": "site"}

_STOCK = (
    SmallAct("recevoir", forms.ReceiveForm, supplies.receive, _("Recevoir un lot"), _("Recevoir ce lot"), _("Le lot est au rayon."), OF_SITE),
    SmallAct("passer", forms.PassOnForm, supplies.pass_on, _("Passer à un autre site"), _("Passer ces unités"), _("C’est passé.")),
    SmallAct("perdre", forms.LoseForm, supplies.lose, _("Noter une perte"), _("Noter cette perte"), _("La perte est notée.")),
    SmallAct("retirer", forms.DiscardForm, supplies.discard, _("Retirer un lot périmé ou rappelé"), _("Retirer ce lot"), _("Le lot est retiré.")),
)  # fmt: skip
#: By kind of site: what is done at the counter, every day.
KEPT: dict[str, tuple[SmallAct, ...]] = {
    SiteKind.GROCERY: _STOCK,
    SiteKind.STORE: _STOCK,
    SiteKind.GIVEAWAY: (
        SmallAct("ouverture", forms.OpeningForm, supplies.write_opening, _("Écrire une ouverture"), _("Écrire cette ouverture"), _("L’ouverture est comptée."), OF_SITE),
        SmallAct("reprendre", forms.TakeBackForm, supplies.take_back_opening, _("Reprendre une ouverture"), _("Reprendre"), _("L’ouverture ne compte plus ; sa ligne reste.")),
    ),
    SiteKind.TICKETS: (
        SmallAct("remettre", forms.HandTicketsForm, supplies.hand_tickets, _("Remettre des tickets"), _("Remettre ces tickets"), _("Les tickets sont remis.")),
        SmallAct("souches", forms.SettleForm, supplies.settle_tickets, _("Noter des souches ou un retour"), _("Noter"), _("C’est noté.")),
        SmallAct("lot", forms.BatchForm, supplies.receive_batch, _("Recevoir un lot de tickets"), _("Recevoir ce lot"), _("Le lot est au guichet."), OF_SITE),
    ),
    SiteKind.GIFTS: (
        SmallAct("cadeau", forms.HandGiftForm, supplies.hand_gift, _("Remettre un cadeau"), _("Remettre le cadeau"), _("Le cadeau est remis.")),
        SmallAct("inscrire", forms.EnrolForm, supplies.enrol_child, _("Inscrire un enfant"), _("Donner un numéro"), _("Écrivez ce numéro sur la carte de l’enfant.")),
        SmallAct("preparer", forms.PrepareForm, supplies.prepare_gifts, _("Préparer des colis"), _("Compter ces colis"), _("Les colis sont comptés.")),
    ),
    SiteKind.GARDEN: (
        SmallAct("demander", forms.AskPlotForm, supplies.ask_plot, _("Écrire quelqu’un sur la liste"), _("Écrire sur la liste"), _("La demande est à son rang."), OF_SITE),
        SmallAct("confier", forms.TakePlotForm, supplies.take_plot, _("Confier la parcelle proposée"), _("Confier la parcelle"), _("La parcelle est confiée.")),
        SmallAct("partir", forms.LeaveForm, supplies.leave_garden, _("Quelqu’un se retire ou rend sa parcelle"), _("Noter son départ"), _("C’est noté. La parcelle libre est proposée au suivant.")),
        SmallAct("parcelle", forms.PlotForm, supplies.add_plot, _("Ajouter une parcelle"), _("Ajouter la parcelle"), _("La parcelle est ajoutée."), OF_SITE),
        SmallAct("repos", forms.SetPlotForm, supplies.set_plot, _("Mettre une parcelle au repos, ou en culture"), _("Changer"), _("C’est noté.")),
        SmallAct("proposer", NoForm, supplies.settle_garden, _("Proposer les parcelles libres"), _("Proposer les parcelles libres"), _("La liste est à jour."), OF_SITE),
    ),
    SiteKind.LOANS: (
        SmallAct("preter", forms.LendForm, supplies.lend, _("Prêter"), _("Noter ce prêt"), _("Le prêt est noté.")),
        SmallAct("rentrer", forms.BringBackForm, supplies.bring_back, _("Noter un retour"), _("Noter ce retour"), _("Le matériel est rentré.")),
        SmallAct("materiel", forms.ItemForm, supplies.add_item, _("Ajouter du matériel"), _("Ajouter"), _("Le matériel est écrit."), OF_SITE),
    ),
}  # fmt: skip
#: What a project lead, or the leader of the team, sets up.
SET_UP: dict[str, tuple[SmallAct, ...]] = {
    SiteKind.GROCERY: (
        SmallAct("regle", forms.RuleForm, supplies.set_rule, _("Écrire la règle des points"), _("Écrire cette règle"), _("La règle vaut pour les accès qui commencent depuis ce jour."), OF_SITE),
    ),
    SiteKind.GIFTS: (
        SmallAct("campagne", forms.CampaignForm, supplies.open_campaign, _("Ouvrir une campagne"), _("Ouvrir la campagne"), _("La campagne est ouverte."), OF_SITE),
    ),
}  # fmt: skip


def acts_open_to(actor: Any, site: Any) -> list[SmallAct]:
    """This function will give the acts that an actor may do on a site."""
    kept = KEPT.get(site.kind, ()) if can_keep(actor, site) else ()
    set_up = SET_UP.get(site.kind, ()) if can_set_up(actor, site.team.key) else ()
    return [*kept, *set_up]
