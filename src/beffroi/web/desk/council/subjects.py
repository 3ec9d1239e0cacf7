"""Where the thing that a matter is about has a page of its own."""

from django.urls import NoReverseMatch, reverse

from beffroi.core.actors import Actor
from beffroi.web.access import access_table

#: The name of the address of each kind of subject; it takes the subject's reference.
PAGES = {"proposal": "desk:file_proposal"}


def url_of(subject_kind: str, subject_ref: str, actor: Actor) -> str:
    """This function will give the page of a subject, or nothing when this reader has none."""
    name = PAGES.get(subject_kind, "")
    if not access_table().get(name, frozenset()) & actor.roles:
        return ""
    try:
        return reverse(name, args=[subject_ref])
    except NoReverseMatch:
        return ""
