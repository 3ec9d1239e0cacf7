"""The people whom the guides follow: what each lives through, entered like everybody else’s."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from beffroi.acts.requests.search_queries import search
from beffroi.demo import walk
from beffroi.demo.situations import Income, Situation
from beffroi.demo.stage import Case, Stage
from beffroi.demo.timeline import Story, working_moment
from beffroi.people import queries as people
from beffroi.people import services as people_services
from beffroi.people.fiction import fictional_niss
from beffroi.people.queries import Brief
from beffroi.people.services import AddressDraft, Entry, Identity


@dataclass(frozen=True)
class Named:
    """Somebody of the guides: her name, her birth, where she lives, her children."""

    first_name: str
    last_name: str
    birth: date
    gender: str
    street: str
    phone: str
    children: tuple[tuple[str, date], ...] = ()


NOE = Named("Noé", "Marchal", date(2002, 4, 18), "m", "Rue des Trois Pignons 14", "0470 00 13 01")
AURELIE = Named(
    "Aurélie", "Vandamme", date(1994, 9, 2), "f", "Rue du Chat Perché 51", "0470 00 13 02",
    (("Zoé", date(2019, 5, 23)), ("Louis", date(2022, 1, 9))),
)  # fmt: skip
GASTON = Named(
    "Gaston", "Delplanque", date(1944, 11, 7), "m", "Place du Vieux Lavoir 3", "0470 00 13 03"
)
LINA = Named(
    "Lina", "Haddad", date(1989, 6, 30), "f", "Cité du Bois Brûlé 22", "0470 00 12 01",
    (("Adam", date(2020, 3, 12)),),
)  # fmt: skip

_NOE = Situation(
    "isolated",
    "Un studio au-dessus d’une librairie, bail à son nom depuis huit mois. Noé vit seul : un lit, "
    "une assiette, un vélo. Ses fiches de paie sont classées dans une farde.",
    "Il travaille dix-neuf heures par semaine en cuisine. Le loyer et l’énergie prennent 610 € ; il "
    "lui reste 30 € par mois pour manger. Il cherche des heures en plus et n’en trouve pas.",
    "Favorable : complément au taux isolé, avec l’exonération socioprofessionnelle, et un projet "
    "individualisé puisqu’il a moins de vingt-cinq ans.",
    "Noé vit seul dans un studio loué à son nom ; la visite et le bail concordent.",
    (Income("work", "Salaire net, commis de cuisine à mi-temps", "640.00", "general"),),
    charges=(("Loyer du studio", "495.00"), ("Gaz et électricité", "115.00"), ("Abonnement TEC", "12.00")),
)  # fmt: skip
_AURELIE = Situation(
    "family",
    "Rencontrée à la maison d’accueil, dont l’adresse ne s’écrit nulle part. Aurélie y est arrivée "
    "avec Zoé et Louis et deux sacs. Les enfants ont changé d’école.",
    "Elle a quitté le domicile sans argent : le compte commun est bloqué. Elle doit payer l’hébergement "
    "et préparer un logement pour trois.",
    "Favorable au taux famille à charge dès le jour de la demande. Adresse protégée : la lettre se "
    "remet en main propre.",
    "Aurélie vit avec ses deux enfants mineurs, seule à en avoir la charge.",
    charges=(("Maison d’accueil, participation", "390.00"), ("Cantine et garderie", "84.00")),
)  # fmt: skip
_LINA = Situation(
    "family", "Deux chambres à Jemappes, Adam a la sienne. Rien d’autre à signaler.",
    "Le contrat d’intérim est fini et le chômage n’est pas ouvert : le loyer du mois n’est pas payé.",
    "Favorable au taux famille à charge.", "Lina vit seule avec son fils de six ans.",
    charges=(("Loyer", "655.00"), ("Gaz et électricité", "160.00"), ("Cantine", "42.00")),
)  # fmt: skip


def named_stories(stage: Stage) -> Iterator[Story]:
    """This function will give the stories of the people whom the guides follow."""
    worker = stage.staff["assistante"]

    def days(ago: int, hour: float) -> datetime:
        return working_moment(timezone.localdate(stage.now) - timedelta(days=ago), hour)

    noe = enter(stage, NOE, days(80, 9))
    yield walk.living_income(
        stage, Case(noe, "general_aid", worker, "living_income", days(78, 9.5)), _NOE
    )
    aurelie = enter(stage, AURELIE, days(23, 8.75))
    _seal(stage, aurelie, days(23, 9))
    case = Case(aurelie, "general_aid", worker, "urgent_aid", days(22, 9.5))
    yield walk.urgent(stage, case, "220.00", "Nourriture, langes et transport pour trois personnes")
    case = Case(
        aurelie, "general_aid", worker, "living_income", days(22, 10), stops="by_hand", slow=-1
    )
    yield walk.living_income(stage, case, _AURELIE)
    gaston = enter(stage, GASTON, days(48, 9))
    yield walk.other_aid(stage, Case(gaston, "rest_home", worker, "rest_home", days(47, 9.5)))
    asked = search(worker, LINA.last_name).first()
    if asked is not None:
        lina = enter(stage, LINA, asked.received_at)
        case = Case(lina, "general_aid", worker, "living_income", days(28, 10),
                    request_ref=asked.reference, slow=-1)  # fmt: skip
        yield walk.living_income(stage, case, _LINA)


def enter(stage: Stage, who: Named, at: datetime) -> Brief:
    """This function will enter somebody with her household, as reception would."""
    by = stage.staff["accueil"]
    reference = _person(stage, who.last_name, who.first_name, who.birth, who, at)
    household = people_services.open_household(
        reference=reference, since=timezone.localdate(at) - timedelta(days=240), by=by, at=at
    )
    for name, birth in who.children:
        child = _person(stage, who.last_name, name, birth, who, at)
        people_services.join_household(
            household=household, reference=child, role="child", since=birth, by=by, at=at
        )
        people_services.add_tie(reference=reference, other=child, word="child", by=by, at=at)
    found = people.brief(reference)
    assert found is not None
    return found


def _person(
    stage: Stage, last_name: str, first_name: str, birth: date, of: Named, at: datetime
) -> str:
    is_self = first_name == of.first_name
    return people_services.enter_whole(
        entry=Entry(
            Identity(last_name, first_name, birth_date=birth, gender=of.gender if is_self else "",
                     nationality="BE", lang="fr"),
            niss=fictional_niss(birth, second=True), phone=of.phone if is_self else "",
            address=AddressDraft(street=of.street, postal_code="7000", locality="Mons"),
        ),
        by=stage.staff["accueil"], at=at,
    )  # fmt: skip


def _seal(stage: Stage, who: Brief, at: datetime) -> None:
    people_services.add_address(
        reference=who.reference, by=stage.staff["assistante"], at=at, since=timezone.localdate(at),
        draft=AddressDraft(street="Maison d’accueil, rue tenue secrète 7", postal_code="7000",
                           locality="Mons"),
        seal_reason="Elle a quitté le domicile pour se protéger ; son ancien compagnon la cherche.",
    )  # fmt: skip
