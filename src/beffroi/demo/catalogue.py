"""Loads what comes with the house: the catalogue, the teams, the forms, people's words."""

from datetime import datetime

from beffroi.accounts import services as accounts
from beffroi.acts.requests import services as requests
from beffroi.core.actors import Actor
from beffroi.directory import services as directory
from beffroi.guidance import loading as guidance
from beffroi.guidance.services import warm_up
from beffroi.steering import services as steering


def load(*, by: Actor, at: datetime) -> dict[str, int]:
    """This function will load it all, once for each version of the data, and count it."""
    counts = directory.load_catalogue(by=by, at=at)
    directory.load_bodies(by=by, at=at)
    counts["Team"] = accounts.load_teams()
    counts["RequestForm"] = requests.load_forms()
    counts |= steering.load_house(by=by, at=at)
    counts["Phrase"] = guidance.load_phrases(by=by, at=at)
    warm_up()
    return counts
