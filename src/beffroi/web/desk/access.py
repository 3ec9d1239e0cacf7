"""Which role may open which address of the desk, subject by subject."""

from beffroi.web.access import CASE, EDITORS, STAFF
from beffroi.web.desk.editor_access import EDITOR_ACCESS
from beffroi.web.desk.journal_access import ACCESS as JOURNAL
from beffroi.web.desk.requests_access import ACCESS as REQUESTS

ACCESS = {
    "desk:first_page": STAFF,
    "desk:components": STAFF,
    "desk:public_words": CASE,
    "desk:imports": EDITORS,
    "desk:import_new": EDITORS,
    "desk:import_report": EDITORS,
    "desk:import_csv": EDITORS,
    **EDITOR_ACCESS,
    **REQUESTS,
    **JOURNAL,
}
