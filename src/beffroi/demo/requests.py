"""What fictional people asked, entered as they would have: by the form, then by the agents.

Names, numbers and stories are invented; the telephone numbers are not in use.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.acts.requests import services as requests
from beffroi.acts.requests.enums import Channel, Outcome
from beffroi.acts.requests.services import Draft, Receipt, Slot
from beffroi.core.actors import Actor, person_actor


@dataclass(frozen=True)
class Story:
    """One request: what was asked, how many days ago, and what happened next."""

    days_ago: float
    service: str
    kind: str
    name: str
    answers: dict[str, str]
    then: Callable[["Follow"], None] | None = None
    more: dict[str, object] = field(default_factory=dict)


class Follow:
    """Plays what agents and the person did after the opening, at the hours they did it."""

    def __init__(self, receipt: Receipt, opened_at: datetime, now: datetime) -> None:
        self.receipt, self.opened_at, self.now = receipt, opened_at, now

    def at(self, days: float) -> datetime:
        return min(self.opened_at + timedelta(days=days), self.now)

    def actor(self, username: str) -> Actor:
        return accounts.actor_named(username, timezone.localdate(self.now))

    def read(self, username: str, days: float) -> None:
        requests.read_file(
            reference=self.receipt.reference, by=self.actor(username), at=self.at(days)
        )

    def take(self, username: str, days: float) -> None:
        self.read(username, days)
        requests.take(reference=self.receipt.reference, by=self.actor(username), at=self.at(days))

    def answer(self, username: str, days: float, text: str) -> None:
        requests.answer_person(
            reference=self.receipt.reference, text=text, by=self.actor(username), at=self.at(days)
        )

    def ask(self, username: str, days: float, what: str) -> None:
        requests.ask_document(
            reference=self.receipt.reference, what=what, by=self.actor(username), at=self.at(days)
        )

    def offer(self, username: str, days: float, where: str) -> None:
        first = (timezone.localtime(self.now) + timedelta(days=3)).replace(
            hour=9, minute=30, second=0, microsecond=0
        )
        slots = [Slot(first, 45, where), Slot(first + timedelta(days=1, hours=4), 45, where)]
        requests.offer_times(
            reference=self.receipt.reference, slots=slots, by=self.actor(username), at=self.at(days)
        )

    def reply(self, days: float, text: str) -> None:
        requests.reply(
            reference=self.receipt.reference, secret=self.receipt.secret, text=text,
            at=self.at(days),
        )  # fmt: skip

    def pass_on(self, username: str, days: float, team: str, reason: str) -> None:
        requests.pass_on(
            reference=self.receipt.reference, to_team=team, reason=reason,
            by=self.actor(username), at=self.at(days),
        )  # fmt: skip

    def close(self, username: str, days: float, outcome: Outcome, text: str) -> None:
        requests.close(
            reference=self.receipt.reference, outcome=outcome, text=text,
            by=self.actor(username), at=self.at(days),
        )  # fmt: skip


def _haddad(play: Follow) -> None:
    play.take("assistante", 0.2)
    play.answer(
        "assistante",
        0.25,
        "Bonjour Madame, j’ai bien lu votre demande. Je vous propose de nous voir bientôt ; "
        "apportez ce que vous avez, sans chercher ce qui manque.",
    )
    play.ask("assistante", 1, "Votre dernière fiche de paie, si vous l’avez encore")


def _goffin(play: Follow) -> None:
    play.take("mediatrice-dettes", 0.3)
    play.offer("mediatrice-dettes", 0.4, "Bureau de la médiation de dettes")


def _peeters(play: Follow) -> None:
    play.take("mediatrice-dettes", 0.3)
    play.answer("mediatrice-dettes", 0.4, "Je vous appelle demain entre 14 et 16 heures.")


def _tags(play: Follow) -> None:
    play.take("prevention", 0.5)
    play.close(
        "prevention", 2, Outcome.HELPED, "Le tag a été effacé ce matin. Merci de l’avoir signalé."
    )


def _passed(play: Follow) -> None:
    play.take("accueil", 0.1)
    play.pass_on("accueil", 0.2, "debts", "Trois créanciers et un huissier : c’est pour vous.")


def _answered(play: Follow) -> None:
    play.take("animateur", 0.4)
    play.answer(
        "animateur", 0.5, "Oui, il reste des places. Passez quand vous voulez, sans inscription."
    )
    play.reply(0.8, "Merci beaucoup, je viendrai avec ma fille.")
    play.close("animateur", 1.2, Outcome.ANSWERED, "À bientôt à la maison de quartier.")


STORIES = (
    Story(29, "cpas-aide-generale", "aid", "Lina Haddad", {"situation": "Mon contrat d’intérim est fini et je n’ai plus droit au chômage. Je vis seule avec mon fils de six ans.", "urgency": "week", "living": "home", "known": "no"}, _haddad, {"phone": "0470 00 12 01", "postal_code": "7012"}),
    Story(31, "cpas-aide-generale", "aid", "Marc Dufrasne", {"situation": "Je dors chez un ami depuis trois semaines, je n’ai plus rien pour manger.", "urgency": "today", "living": "with_others"}, None, {"phone": "0470 00 12 02", "postal_code": "7000"}),
    Story(12, "cpas-medicaments", "aid", "Yusuf Aydin", {"situation": "Mes médicaments pour le cœur coûtent 84 € par mois et je ne sais plus les payer.", "urgency": "week", "living": "home"}, None, {"phone": "0470 00 12 03", "postal_code": "7033"}),
    Story(3, "cpas-aide-generale", "aid", "Ilse De Smedt", {"situation": "Ik ben pas verhuisd en ik kan de huurwaarborg niet betalen.", "urgency": "later", "living": "home"}, None, {"lang": "nl", "email": "ilse@exemple.test", "postal_code": "1500"}),
    Story(6, "cpas-mediation-dettes", "appointment", "Chantal Goffin", {"subject": "J’ai quatre crédits et un huissier m’a écrit hier.", "moment": "morning"}, _goffin, {"phone": "0470 00 12 04"}),
    Story(1, "cpas-energie", "call_back", "Famille Peeters", {"subject": "La facture de régularisation de gaz est de 612 €.", "moment": "afternoon"}, _peeters, {"phone": "0470 00 12 05"}),
    Story(2, "cpas-pole-accueil", "question", "", {"question": "J’ai dix-neuf ans et je quitte la maison. À qui dois-je m’adresser en premier ?", "public_ok": "yes"}, None, {"email": "jeune@exemple.test"}),
    Story(9, "prev-tags", "graffiti", "Épicerie du Parc", {"address": "Rue d’Havré 13 ¾, Mons", "building": "shop", "owner": "yes", "hateful": "no"}, _tags, {"phone": "0470 00 12 06"}),
    Story(1.5, "prev-tags", "graffiti", "", {"address": "Rue des Capucins 4/9, pignon côté jardin", "building": "private", "owner": "no", "hateful": "yes"}, None, {}),
    Story(5, "prev-mediation", "mediation", "Bernadette Colin", {"subject": "Les chiens du voisin aboient toute la nuit, nous ne nous parlons plus.", "other_side": "neighbour", "afraid": "no"}, None, {"phone": "0470 00 12 07"}),
    Story(4, "prev-logement", "home_visit", "Guy Mertens", {"subject": "Notre porte arrière a été forcée la semaine passée.", "address": "Avenue du Coq 40, 7012 Jemappes", "moment": "any"}, None, {"phone": "0470 00 12 08"}),
    Story(8, "mq-jemappes", "activity_place", "Samira Benali", {"activity": "Atelier cuisine", "places": "2"}, _answered, {"phone": "0470 00 12 09"}),
    Story(2, "cpas-pole-accueil", "appointment", "Rosa Conti", {"subject": "Je reçois des lettres de plusieurs sociétés et je ne comprends plus.", "moment": "any", "needs": "Je parle mieux italien"}, _passed, {"phone": "0470 00 12 10", "lang": "fr"}),
    Story(0.4, "cpas-etrangers", "appointment", "Olena Kovalenko", {"subject": "Я приїхала в Монс з дітьми, куди звернутися?", "moment": "any", "needs": "Interprète ukrainien"}, None, {"phone": "0470 00 12 11"}),
    Story(0.2, "cpas-insertion-pro", "appointment", "Kevin Lambert", {"subject": "Je voudrais suivre une formation de soudeur.", "moment": "morning"}, None, {"phone": "0470 00 12 12", "for_other": False}),
    Story(0.1, "prev-sansabri", "call_back", "Sœur Thérèse", {"subject": "Un homme âgé dort sous le pont près de chez nous depuis dimanche.", "moment": "any"}, None, {"phone": "0470 00 12 13", "for_other": True, "other_name": "un homme sans abri"}),
)  # fmt: skip


def load_requests(now: datetime) -> int:
    """This function will play each story that was not played yet, in the order it happened."""
    played = 0
    for number, story in sorted(enumerate(STORIES), key=lambda pair: -pair[1].days_ago):
        nonce = f"demo-{number}"
        if requests.is_known(nonce):
            continue
        opened_at = now - timedelta(days=story.days_ago)
        draft = Draft(
            service=story.service, kind=story.kind, name=story.name, answers=story.answers,
            **story.more,  # type: ignore[arg-type]
        )  # fmt: skip
        receipt = requests.open_request(
            draft=draft, nonce=nonce, by=person_actor("portail", story.name or "La personne"),
            at=opened_at, channel=Channel.PORTAL,
        )  # fmt: skip
        if story.then:
            story.then(Follow(receipt, opened_at, now))
        played += 1
    return len(STORIES)
