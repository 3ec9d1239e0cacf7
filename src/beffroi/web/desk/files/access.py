"""Social files are opened by those who work on them; decisions are recorded by who leads."""

from beffroi.accounts.enums import Role

FILES = frozenset({Role.SOCIAL_WORKER, Role.TEAM_LEADER})
RECORDERS = frozenset({Role.TEAM_LEADER, Role.DIRECTOR_GENERAL})

ACCESS = {
    "desk:files": FILES,
    "desk:file_new": FILES,
    "desk:file_from_request": FILES,
    "desk:file_openings": frozenset({Role.TEAM_LEADER}),
    "desk:decision_act": FILES | RECORDERS,
    "desk:decision_record": RECORDERS,
    "desk:decision_proof": FILES | RECORDERS,
    "desk:record": FILES,
    "desk:record_act": FILES,
    "desk:reception_nights": FILES,
    "desk:advances": FILES,
    "desk:urgent_aids": frozenset({Role.PRESIDENT}),
    "desk:urgent_aid": frozenset({Role.PRESIDENT}),
    "desk:application": FILES,
    "desk:application_act": FILES,
    "desk:application_remove": FILES,
    "desk:computation": FILES,
    "desk:computation_pdf": FILES,
    "desk:file": FILES,
    "desk:file_open": FILES,
    "desk:file_assign": FILES,
    "desk:application_new": FILES,
    "desk:file_clock": FILES,
    "desk:file_following": FILES,
    "desk:file_following_act": FILES,
    "desk:grant": FILES,
    "desk:grant_act": FILES,
    "desk:index_dates": RECORDERS,
    "desk:index_date": RECORDERS,
    "desk:index_apply": RECORDERS,
}
