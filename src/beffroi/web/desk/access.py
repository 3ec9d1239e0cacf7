"""Which role may open which address of the desk, subject by subject."""

from beffroi.web.access import CASE, EDITORS, STAFF
from beffroi.web.desk.activities.access import ACCESS as ACTIVITIES
from beffroi.web.desk.agenda.access import ACCESS as AGENDA
from beffroi.web.desk.council.access import ACCESS as COUNCIL
from beffroi.web.desk.debts.access import ACCESS as DEBTS
from beffroi.web.desk.editor_access import EDITOR_ACCESS
from beffroi.web.desk.files.access import ACCESS as FILES
from beffroi.web.desk.finance.access import ACCESS as FINANCE
from beffroi.web.desk.insertion.access import ACCESS as INSERTION
from beffroi.web.desk.journal_access import ACCESS as JOURNAL
from beffroi.web.desk.letters.access import ACCESS as LETTERS
from beffroi.web.desk.people.access import ACCESS as PEOPLE
from beffroi.web.desk.requests_access import ACCESS as REQUESTS
from beffroi.web.desk.stays.access import ACCESS as STAYS
from beffroi.web.desk.supplies.access import ACCESS as SUPPLIES
from beffroi.web.desk.terrain.access import ACCESS as TERRAIN

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
    **PEOPLE,
    **FILES,
    **AGENDA,
    **ACTIVITIES,
    **TERRAIN,
    **SUPPLIES,
    **STAYS,
    **COUNCIL,
    **LETTERS,
    **FINANCE,
    **DEBTS,
    **INSERTION,
}
