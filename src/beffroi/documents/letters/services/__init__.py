"""Every write on letters, in one place to import from."""

from beffroi.documents.letters.services.batches import (
    open_batch,
    read_batch_pdf,
    run_batch,
)
from beffroi.documents.letters.services.reading import (
    read_docx,
    read_letter,
    read_pdf,
    read_registered_list,
    read_slip,
)
from beffroi.documents.letters.services.sending import mark_presented, mark_sent, set_aside
from beffroi.documents.letters.services.templates import (
    load_templates,
    preview_template,
    restore_template,
    save_template,
)
from beffroi.documents.letters.services.writing import (
    MissingMentions,
    preview_letter,
    printed_later,
    write_letter,
)

__all__ = [
    "MissingMentions",
    "load_templates",
    "mark_presented",
    "mark_sent",
    "open_batch",
    "preview_letter",
    "preview_template",
    "printed_later",
    "read_batch_pdf",
    "read_docx",
    "read_letter",
    "read_pdf",
    "read_registered_list",
    "read_slip",
    "restore_template",
    "run_batch",
    "save_template",
    "set_aside",
    "write_letter",
]
