"""The person's side of requests: public addresses, opened by a reference and a secret."""

from beffroi.web.access import PUBLIC

ACCESS = {
    f"portal:{name}": PUBLIC
    for name in (
        "ask",
        "receipt",
        "receipt_pdf",
        "follow_up_find",
        "follow_up",
        "follow_up_write",
        "follow_up_add_file",
        "follow_up_choose",
        "follow_up_calendar",
        "follow_up_withdraw",
        "follow_up_data",
        "follow_up_file",
    )
}
