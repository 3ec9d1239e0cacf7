"""Which role may open which address of the desk."""

from beffroi.web.access import STAFF

ACCESS = {"desk:first_page": STAFF, "desk:components": STAFF}
