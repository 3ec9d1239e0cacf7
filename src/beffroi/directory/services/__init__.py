"""Every write of the directory. Each moves the revision on, in the same transaction."""

from beffroi.directory.services.facts import Provenance, bump_revision, state_fact
from beffroi.directory.services.loading import DATA, is_loaded, load_catalogue

#: Where the texts of the catalogue lie; other rooms read there what is theirs.
CATALOGUE_TEXTS = DATA / "services"

__all__ = [
    "CATALOGUE_TEXTS",
    "Provenance",
    "bump_revision",
    "is_loaded",
    "load_catalogue",
    "state_fact",
]
