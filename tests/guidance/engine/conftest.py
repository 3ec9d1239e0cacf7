"""A small guide of a few services for unit tests, and the whole one for the judged queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from beffroi.guidance.engine import score
from beffroi.guidance.engine.content import Entry, LexiconWord, Phrase
from beffroi.guidance.engine.encoder import Encoder, NoEncoder, UseEncoder
from beffroi.guidance.engine.guide import Guide

ENTRIES = (
    Entry("energy", "Prévention en énergie", (("fr", "Prévention en énergie"),)),
    Entry("bikes", "Atelier de vélos", (("fr", "Atelier de vélos"),), status="planned"),
    Entry("debts", "Médiation des dettes", (("fr", "Médiation des dettes"),)),
    Entry("houses", "Maisons de quartier", (("fr", "Maisons de quartier"),)),
    *(
        Entry(
            f"house-{place.lower()}",
            f"Maison de quartier de {place}",
            (("fr", f"Maison de quartier de {place}"),),
            places=(place,),
            group="house",
        )
        for place in ("Nimy", "Ghlin", "Cuesmes")
    ),
)
PHRASES = (
    Phrase("energy", "fr", "je n'arrive plus à payer le chauffage"),
    Phrase("energy", "fr", "on va me couper le gaz"),
    Phrase("energy", "nl", "ik kan de verwarming niet betalen"),
    Phrase("bikes", "fr", "réparer mon vélo qui a un pneu crevé"),
    Phrase("bikes", "en", "fix my bicycle"),
    Phrase("debts", "fr", "l'huissier est passé et je croule sous les dettes"),
    Phrase("debts", "fr", "un plan de paiement pour mes crédits"),
    Phrase("houses", "fr", "rencontrer des gens de mon quartier"),
    *(
        Phrase(f"house-{place}", "fr", f"les activités de la maison de quartier de {place}")
        for place in ("nimy", "ghlin", "cuesmes")
    ),
)
LEXICON = (
    LexiconWord("energy", "fr", "compteur à budget"),
    LexiconWord("bikes", "fr", "dérailleur"),
)


@pytest.fixture(scope="session")
def encoder() -> UseEncoder:
    """The sentence encoder, its weights read once."""
    return UseEncoder()


@pytest.fixture(scope="session")
def guide_of() -> Callable[..., Guide]:
    """Builds a guide over the few services, with more phrases when given."""

    def build(encoder: Encoder, cache: Path | None = None, more: Sequence[Phrase] = ()) -> Guide:
        return Guide(ENTRIES, (*PHRASES, *more), LEXICON, encoder, cache)

    return build


@pytest.fixture(scope="session")
def small(encoder: UseEncoder) -> Guide:
    """A guide over a few services."""
    return Guide(ENTRIES, PHRASES, LEXICON, encoder)


@pytest.fixture(scope="session")
def wordy() -> Guide:
    """The same without an encoder."""
    return Guide(ENTRIES, PHRASES, LEXICON, NoEncoder())


@pytest.fixture(scope="session")
def whole(encoder: UseEncoder, tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """The guide over all the content of the house."""
    return score.load_guide(encoder, tmp_path_factory.mktemp("guide"))


@pytest.fixture(scope="session")
def judged() -> Path:
    """Where the judged queries lie."""
    return Path(__file__).parent.parent / "judged"
