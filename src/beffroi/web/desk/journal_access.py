"""The journal and retention belong to the privacy officer alone."""

from beffroi.accounts.enums import Role

OFFICER = frozenset({Role.PRIVACY_OFFICER})

ACCESS = {
    "desk:journal": OFFICER,
    "desk:journal_export": OFFICER,
    "desk:journal_about": OFFICER,
    "desk:retention": OFFICER,
}
