"""Who may search the journal."""

from beffroi.core.actors import Actor

#: The role is named as `accounts` names it; this room stands below and does not import it.
OFFICER = "privacy_officer"


def can_read_journal(actor: Actor) -> bool:
    """This function will say whether the actor may search the journal."""
    return actor.has_role(OFFICER)
