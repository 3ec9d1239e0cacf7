"""Made-up names that look like those of a Belgian town, as many as one wants."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WOMEN = ["Marie", "Nathalie", "Isabelle", "Sophie", "Martine", "Christine", "Monique", "Catherine", "Anne", "Julie", "Céline", "Laura", "Sarah", "Emma", "Louise", "Jeanne", "Yvette", "Nicole", "Chantal", "Françoise", "Brigitte", "Sandrine", "Valérie", "Stéphanie", "Aurélie", "Émilie", "Camille", "Manon", "Chloé", "Léa", "Inès", "Fatima", "Khadija", "Aïcha", "Naïma", "Samira", "Yasmina", "Zohra", "Elif", "Ayşe", "Zeynep", "Olena", "Iryna", "Svetlana", "Rosa", "Giulia", "Francesca", "Concetta", "Mireille", "Ghislaine", "Bernadette", "Anne-Sophie", "Marie-Claire", "Marie-Thérèse", "Els", "Griet", "Hilde", "Ilse", "Mariam", "Aminata", "Fatoumata", "Grâce", "Blessing", "Thérèse", "Josiane", "Huguette", "Noémie", "Océane", "Jade", "Zoé", "Lina", "Nour", "Hélène"]
MEN = ["Jean", "Michel", "Philippe", "Luc", "Marc", "Pierre", "André", "Daniel", "Patrick", "Christian", "Alain", "Éric", "Thierry", "Didier", "Bernard", "Olivier", "Nicolas", "Laurent", "Benoît", "Xavier", "François", "Thomas", "Maxime", "Julien", "Kevin", "Quentin", "Mathieu", "Simon", "Arthur", "Louis", "Hugo", "Nathan", "Noah", "Gabriel", "Mohamed", "Ahmed", "Youssef", "Rachid", "Hassan", "Abdellah", "Karim", "Bilal", "Mehmet", "Yusuf", "Mustafa", "Giuseppe", "Salvatore", "Antonio", "Calogero", "Ivan", "Oleksandr", "Dimitri", "Jan", "Koen", "Wim", "Bart", "Dirk", "Jean-Pierre", "Jean-Marie", "Jean-Claude", "Ousmane", "Ibrahima", "Mamadou", "Emmanuel", "Patrice", "Freddy", "Willy", "Guy", "Ghislain", "Firmin", "Théo", "Loïc", "Ethan", "Rayan", "Adam", "Zakaria"]
_LAST = ["Dubois", "Lambert", "Dupont", "Martin", "Simon", "Laurent", "Leclercq", "Renard", "Lejeune", "Delvaux", "Dumont", "Fontaine", "Lefebvre", "Lemaire", "Carlier", "Durieux", "Gillet", "Hubert", "Jacobs", "Peeters", "Janssens", "Maes", "Willems", "Claes", "Goossens", "Mertens", "Wouters", "Michiels", "Vandenberghe", "Vandamme", "Vanderstraeten", "Van~den~Broeck", "De~Smet", "De~Backer", "De~Clercq", "Desmet", "D'Haese", "D'Hondt", "Dufrasne", "Bourlard", "Wauquier", "Liénard", "Stassart", "Quenon", "Lecocq", "Mahieu", "Staquet", "Colmant", "Degallaix", "Brohée", "Harmegnies", "Cuvelier", "Wattiez", "Thiry", "Thys", "Goffin", "Goffaux", "Gossiaux", "Gosselin", "Philippart", "Phillips", "Mathot", "Mathieu", "Matthys", "Baudoux", "Boudart", "Beaudoin", "Godefroid", "Godfroid", "Collart", "Collard", "Henrard", "Evrard", "Gérard", "Girard", "Rousseau", "Rossignol", "Rossi", "Russo", "Esposito", "Ferrari", "Romano", "Bruno", "Gallo", "Conti", "Greco", "Marino", "Lombardo", "Benali", "Bouzid", "El~Amrani", "El~Idrissi", "Ait~Ali", "Benhaddou", "Bouazza", "Yilmaz", "Demir", "Kaya", "Öztürk", "Aydın", "Çelik", "Nguyen", "Diallo", "Bah", "Barry", "Traoré", "Mbala", "Ilunga", "Kabongo", "Mukendi", "Kovalenko", "Shevchenko", "Petrenko", "Nowak", "Kowalski", "Popescu", "Ionescu", "Santos", "Silva", "Ferreira", "García", "Fernández"]
_BEGIN = ["Ver", "Van", "Des", "Del", "Bos", "Bru", "Cor", "Cou", "Dam", "Far", "Fla", "Gau", "Ghi", "Hae", "Her", "Hou", "Jol", "Ker", "Lam", "Lan", "Lie", "Mar", "Mal", "Men", "Mon", "Nau", "Noi", "Pas", "Per", "Pol", "Qui", "Rai", "Ren", "Rom", "Sau", "Ser", "Sto", "Tho", "Tir", "Val", "Var", "Wau", "Wil", "Zel", "Bau", "Cha", "Che", "Cla", "Dau", "Dru", "Fro", "Gra", "Gri", "Hen", "Lau"]
_MIDDLE = ["an", "ar", "el", "en", "er", "il", "in", "is", "it", "oc", "on", "or", "ou", "as", "au", "eur", "ain", "ieu", "em", "ol", "am", "ert", "and", "ant"]
_END = ["ens", "eau", "eaux", "ers", "ard", "art", "in", "is", "on", "ot", "oux", "iez", "ez", "et", "ier", "mans", "sen", "burg", "court", "ville", "ghem", "hove", "beke", "strat", "quin", "lain", "mont", "val", "champ", "aert", "oit", "age", "elle", "ieux", "ens", "kx"]
_FIRST_DAY = date(1932, 1, 1)


@dataclass(frozen=True)
class MadeUp:
    """A name, a birth date and a declared gender that belong to nobody."""

    last_name: str
    first_name: str
    birth_date: date
    gender: str


def last_names(count: int, chance: random.Random) -> list[str]:
    """This function will give `count` last names, common ones first, then rarer and rarer."""
    names = [name.replace("~", " ") for name in _LAST]
    known = set(names)
    while len(names) < count:
        parts = [chance.choice(_BEGIN), chance.choice(_MIDDLE), chance.choice(_END)]
        if chance.random() < 0.3:
            parts.insert(2, chance.choice(_MIDDLE))
        name = "".join(parts)
        if chance.random() < 0.06:
            name = f"{chance.choice(('Van', 'De', 'Van der', 'Le', 'Di'))} {name}"
        if name not in known:
            known.add(name)
            names.append(name)
    return names


def made_up(count: int, seed: int = 7, today: date = date(2026, 11, 24)) -> Iterator[MadeUp]:
    """This function will give as many made-up people as wanted, always the same for a seed.

    Common names are common: the first of the list is borne by about one in a hundred.
    """
    chance = random.Random(seed)  # noqa: S311 — nothing here is secret
    last = last_names(max(200, min(20_000, count // 5)), chance)
    weights = [1 / (rank + 12) for rank in range(len(last))]
    span = (today - _FIRST_DAY).days
    for name in chance.choices(last, weights, k=count):
        woman = chance.random() < 0.5
        first = chance.choice(WOMEN if woman else MEN)
        if chance.random() < 0.12:
            first += f" {chance.choice(WOMEN if woman else MEN)}"
        birth = _FIRST_DAY + timedelta(days=chance.randrange(span))
        yield MadeUp(name, first, birth, "f" if woman else "m")
