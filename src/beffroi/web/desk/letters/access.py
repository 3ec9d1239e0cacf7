"""Which role may open which address under /desk/courriers/.

A role opens the page; which letters it holds is said by the room that had them written.
"""

from beffroi.accounts.enums import Role

#: Those who write, sign or post letters.
LETTERS = frozenset(
    {
        Role.RECEPTION,
        Role.SOCIAL_WORKER,
        Role.TEAM_LEADER,
        Role.DIRECTOR_GENERAL,
        Role.FINANCE_DIRECTOR,
    }
)
TEMPLATES = frozenset({Role.TEAM_LEADER, Role.DIRECTOR_GENERAL, Role.EDITOR})

ACCESS: dict[str, frozenset[str]] = {
    **{
        f"desk:{name}": LETTERS
        for name in (
            "letters", "letters_registered", "letters_registered_pdf", "letters_registered_csv",
            "letter", "letter_pdf", "letter_docx", "letter_slip", "letter_act",
            "letter_batches", "letter_batch", "letter_batch_write", "letter_batch_pdf",
        )
    },
    **{
        f"desk:{name}": TEMPLATES
        for name in (
            "letter_templates", "letter_template", "letter_template_restore",
            "letter_template_version",
        )
    },
}  # fmt: skip
