"""Places, plans and explanations are public, all of them."""

from beffroi.web.access import PUBLIC

_NAMES = (
    "houses", "places", "place", "week", "week_pdf", "place_card", "place_card_pdf",
    "service_card", "service_card_pdf", "alert", "which_cpas", "what_is_cpas", "questions",
    "question", "question_opinion", "mistake", "accessibility", "own_data", "about",
    "plans", "plan", "plan_line", "plan_year", "plan_report", "plan_figures", "plan_dates",
    "plan_picture",
)  # fmt: skip
PLACE_ACCESS = {f"portal:{name}": PUBLIC for name in _NAMES} | {"agenda": PUBLIC}
