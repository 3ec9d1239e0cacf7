"""Every write of the directory. Each moves the revision on, in the same transaction."""

from beffroi.directory.services.facts import Provenance, bump_revision, state_fact
from beffroi.directory.services.loading import is_loaded, load_catalogue

__all__ = ["Provenance", "bump_revision", "is_loaded", "load_catalogue", "state_fact"]
