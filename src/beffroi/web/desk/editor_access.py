"""Which role may open which address of the editor's desk."""

from beffroi.accounts.enums import Role
from beffroi.web.access import EDITORS

_PLAN = EDITORS | {Role.PRESIDENT, Role.DIRECTOR_GENERAL, Role.PCS_LEAD}
_ADMIN = frozenset({Role.ADMINISTRATOR})

EDITOR_ACCESS = {
    **{
        f"desk:editor_{name}": EDITORS
        for name in (
            "services", "service", "texts", "status", "listing", "classing", "upkeep",
            "service_places", "reviewed", "fact_choose", "fact_new", "fact_confirm", "fact_reject",
            "fact_replace", "closure", "closure_remove", "form_choose", "form_offer", "form_close",
            "places", "place", "place_new", "place_edit", "contradictions", "contradiction",
            "contradiction_notes", "contradiction_reopen", "numbers", "number_confirm",
            "number_change", "reminders", "words", "lost_words", "lost_dismiss", "phrases",
            "phrase_add", "phrase_remove", "word_remove", "questions", "question_read", "question_new", "question",
            "question_edit", "question_publish", "question_withdraw", "question_erase",
        )
    },
    **{
        f"desk:editor_{name}": _PLAN
        for name in ("plan", "plan_on", "plan_change", "plan_off", "plan_sheet")
    },
    **{
        f"desk:editor_{name}": _ADMIN
        for name in ("agents", "agent_new", "agent", "agent_end_post", "agent_act", "team_new", "team")
    },
}  # fmt: skip
