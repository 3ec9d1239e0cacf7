"""Which role may open which address of the desk."""

from beffroi.web.access import EDITORS, STAFF

ACCESS = {
    "desk:first_page": STAFF,
    "desk:components": STAFF,
    "desk:imports": EDITORS,
    "desk:import_new": EDITORS,
    "desk:import_report": EDITORS,
    "desk:import_csv": EDITORS,
}
