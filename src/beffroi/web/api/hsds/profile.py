"""What our profile of HSDS adds, said once for the page that explains it."""

from django.utils.translation import gettext_lazy as _

from beffroi.directory.enums import ServiceStatus
from beffroi.web.api.hsds.mapping import STATUSES

#: our state, in words, HSDS's state
STATES = [(ours.value, ours.label, STATUSES[ours]) for ours in ServiceStatus]
#: what is added, and what it holds
ADDITIONS = [
    ("provenance", _("Sur chaque téléphone, adresse, horaire, prix… : le document qui le dit, le jour où c’était vrai, et s’il est confirmé. Un fait que deux documents contredisent porte l’état « disputed » et une note. Un fait écarté n’est jamais donné.")),
    ("beffroi.status", _("Notre propre état.")),
    ("beffroi.is_local", _("Si le service est bien de cette commune.")),
    ("beffroi.texts", _("Les textes en français, néerlandais, allemand et anglais, avec la version facile à lire.")),
    ("beffroi.uncertain", _("Ce que les documents contredisent, en une phrase que vous pouvez montrer.")),
    ("beffroi.unknown", _("Ce que personne ne nous a dit : heures, prix, contact, langues, documents. L’absence ne veut pas dire non.")),
    ("beffroi.where", _("Un lieu dit sans rue.")),
    ("beffroi.operators", _("Les partenaires qui s’en occupent.")),
    ("labels", _("Sur un terme : son libellé dans chaque langue.")),
]  # fmt: skip
