"""Links of the portal that several pages share."""

from django.urls import NoReverseMatch, reverse

#: The service that receives everybody, whatever the question.
RECEPTION = "cpas-pole-accueil"
#: The service whose free number of the City is shown everywhere.
FREE_NUMBER_OF = "prev-tags"


def link(name: str, *args: object) -> str:
    """This function will give the address of a page of the portal, or nothing if it has no such page."""
    try:
        return reverse(f"portal:{name}", args=args)
    except NoReverseMatch:
        return ""


def reception_link(kind: str) -> str:
    """This function will give the form of reception of this kind, or else its page."""
    return link("ask", RECEPTION, kind) or reverse("portal:service", args=[RECEPTION])
