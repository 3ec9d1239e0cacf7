"""Who may take in somebody else's directory."""

from beffroi.core.actors import Actor, ActorKind

_ROLES = ("editor", "administrator")


def can_import(actor: Actor) -> bool:
    """This function will say whether `actor` may import a directory: editors and commands."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(*_ROLES)
