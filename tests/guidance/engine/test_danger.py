"""Danger is seen in every language, and ordinary questions are left in peace."""

import pytest

from beffroi.guidance.engine.danger import DangerFinder
from beffroi.guidance.engine.encoder import NoEncoder, UseEncoder
from beffroi.guidance.engine.language import find_language

CRISES = [
    ("je veux en finir", "suicide"),
    ("plus envie de vivre", "suicide"),
    ("je pense o suicid", "suicide"),
    ("ma fille dit qu'elle veut mourir", "suicide"),
    ("tout le monde serait mieux sans moi", "suicide"),
    ("il me frappe", "violence"),
    ("mon mari me menace", "violence"),
    ("j'ai peur de rentrer chez moi", "violence"),
    ("mon copin ma tapé", "violence"),
    ("ma voisine se fait battre", "violence"),
    ("ma fille est touchée par son oncle", "child_in_danger"),
    ("les voisins laissent leur bébé seul la nuit", "child_in_danger"),
    ("mon fils a disparu", "child_in_danger"),
    ("elle a pris toutes ses pilules", "medical"),
    ("mon père ne respire plus", "medical"),
    ("il est inconscient", "medical"),
    ("on dort dans la voiture ce soir avec les enfants", "no_shelter_tonight"),
    ("je ne sais pas où dormir cette nuit", "no_shelter_tonight"),
    ("il m'a mise dehors ce soir", "no_shelter_tonight"),
    ("rien à manger aujourd'hui", "no_food_today"),
    ("les enfants ont faim et le frigo est vide", "no_food_today"),
    ("ik wil dood", "suicide"),
    ("mijn man slaat mij", "violence"),
    ("ik heb vannacht geen slaapplaats", "no_shelter_tonight"),
    ("mijn kinderen hebben honger", "no_food_today"),
    ("I want to kill myself", "suicide"),
    ("my husband beats me", "violence"),
    ("a child is being abused", "child_in_danger"),
    ("he is not breathing", "medical"),
    ("we have nowhere to sleep tonight", "no_shelter_tonight"),
    ("ich will nicht mehr leben", "suicide"),
    ("mein Mann schlägt mich", "violence"),
    ("wir haben nichts zu essen", "no_food_today"),
    ("أريد أن أموت", "suicide"),
    ("زوجي يضربني", "violence"),
    ("ليس لدي مكان أنام فيه الليلة", "no_shelter_tonight"),
    ("أطفالي جائعون", "no_food_today"),
    ("я не хочу жити", "suicide"),
    ("чоловік мене б'є", "violence"),
    ("нам ніде ночувати", "no_shelter_tonight"),
    ("не хочу больше жить", "suicide"),
    ("муж меня бьет", "violence"),
    ("нам негде ночевать", "no_shelter_tonight"),
    ("ölmek istiyorum", "suicide"),
    ("kocam beni dövüyor", "violence"),
    ("bu gece yatacak yerim yok", "no_shelter_tonight"),
    ("voglio morire", "suicide"),
    ("mio marito mi picchia", "violence"),
    ("non so dove dormire stanotte", "no_shelter_tonight"),
]
ORDINARY = [
    "je cherche un logement",
    "épicerie sociale",
    "mon compteur est mort",
    "je suis morte de fatigue, qui peut garder mes enfants",
    "j'ai frappé à toutes les portes",
    "exposition sur la violence routière",
    "je veux en finir avec mes dettes",
    "mon mari est mort l'année passée, je suis seule",
    "un appartement pour quatre personnes",
    "distribution de repas chauds",
    "abri de nuit",
    "mon propriétaire menace de vendre",
    "taper mon CV à l'ordinateur",
    "un coup de main pour les devoirs de mon fils",
    "mon voisin crie toute la nuit",
    "l'huissier passe demain",
    "ik zoek een woning voor mijn kinderen",
    "I need a cheap flat",
    "ich suche Arbeit",
    "أبحث عن عمل",
    "шукаю роботу",
    "iş arıyorum",
    "cerco lavoro",
]


@pytest.fixture(scope="module")
def finder(encoder: UseEncoder) -> DangerFinder:
    return DangerFinder(encoder)


@pytest.mark.parametrize(("words", "danger"), CRISES)
def test_find_flags_a_crisis(finder: DangerFinder, words: str, danger: str) -> None:
    assert finder.find(words, find_language(words)) == danger


@pytest.mark.parametrize("words", ORDINARY)
def test_find_leaves_an_ordinary_question(finder: DangerFinder, words: str) -> None:
    assert finder.find(words, find_language(words)) is None


def test_find_flags_a_crisis_whatever_the_language_told(finder: DangerFinder) -> None:
    assert finder.find("my husband beats me", "fr") == "violence"


def test_find_returns_the_gravest_of_two(finder: DangerFinder) -> None:
    assert finder.find("rien à manger aujourd'hui et je veux mourir", "fr") == "suicide"


def test_find_knows_meaning_beyond_the_patterns(encoder: UseEncoder) -> None:
    words = "j'ai préparé une corde dans le grenier"
    assert DangerFinder(NoEncoder()).find(words, "fr") is None
    assert DangerFinder(encoder).find(words, "fr") == "suicide"


def test_find_does_not_take_an_ordinary_word_for_a_misspelling() -> None:
    finder = DangerFinder(NoEncoder())
    assert finder.find("suicyde", "fr") == "suicide"
    assert finder.find("suicyde", "fr", known=lambda word: True) is None
