"""Which role may open which address of the desk."""

from beffroi.web.access import CASE, EDITORS, STAFF
from beffroi.web.desk.editor_access import EDITOR_ACCESS

ACCESS = {
    "desk:first_page": STAFF,
    "desk:components": STAFF,
    "desk:public_words": CASE,
    "desk:imports": EDITORS,
    "desk:import_new": EDITORS,
    "desk:import_report": EDITORS,
    "desk:import_csv": EDITORS,
    **EDITOR_ACCESS,
}
