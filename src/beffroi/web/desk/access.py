"""Which role may open which address of the desk."""

from beffroi.web.access import EDITORS, STAFF
from beffroi.web.desk.editor_access import EDITOR_ACCESS

ACCESS = {
    "desk:first_page": STAFF,
    "desk:components": STAFF,
    "desk:imports": EDITORS,
    "desk:import_new": EDITORS,
    "desk:import_report": EDITORS,
    "desk:import_csv": EDITORS,
    **EDITOR_ACCESS,
}
