"""What the house draws by itself in a letter: lists of facts, signatures, articles of law."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from beffroi.documents.letters.facts import declared
from beffroi.documents.letters.law import LawText

_HEADS = {
    "amounts": {
        "fr": ("Quoi", "Montant"), "nl": ("Wat", "Bedrag"), "de": ("Was", "Betrag"), "en": ("What", "Amount"),
    },
    "steps": {
        "fr": ("Calcul", "Montant"), "nl": ("Berekening", "Bedrag"), "de": ("Berechnung", "Betrag"), "en": ("Calculation", "Amount"),
    },
    "days": {"fr": ("Quoi", "Jour"), "nl": ("Wat", "Dag"), "de": ("Was", "Tag"), "en": ("What", "Day")},
}  # fmt: skip


def drawn_lists(shown: Mapping[str, Any], lang: str) -> dict[str, str]:
    """This function will draw each list among the facts: a list or a table, every value escaped."""
    drawn: dict[str, str] = {}
    for key, value in shown.items():
        if isinstance(value, list) and value:
            kind = declared()[key].type
            drawn[key] = (
                _list(value) if kind in ("paragraphs", "lines") else _rows(kind, value, lang)
            )
    return drawn


def _list(values: list[str]) -> SafeString:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((v,) for v in values)))


def _rows(kind: str, rows: list[dict[str, str]], lang: str) -> SafeString:
    if kind == "people":
        return signatures(rows)
    heads = format_html('<th scope="col">{}</th><th scope="col">{}</th>', *_HEADS[kind][lang])
    lines = format_html_join(
        "", "<tr><th scope=\"row\">{}{}</th><td>{}</td></tr>",
        ((row["label"], _beside(row), row.get("amount") or row.get("date", "")) for row in rows),
    )  # fmt: skip
    return format_html(
        '<table class="sum sum-{}"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        kind,
        heads,
        lines,
    )


def _beside(row: Mapping[str, str]) -> SafeString:
    notes = [row[name] for name in ("formula", "note", "reference") if row.get(name)]
    return format_html_join("", " <small>{}</small>", ((note,) for note in notes))


def signatures(people: list[dict[str, str]]) -> SafeString:
    """This function will draw the places where the letter is signed."""
    lines = format_html_join(
        "", "<p><strong>{}</strong><br>{}</p>", ((p["name"], p.get("title", "")) for p in people)
    )
    return format_html('<div class="signatures">{}</div>', lines) if people else SafeString("")


def articles(texts: list[LawText]) -> SafeString:
    """This function will print articles of law, whole, in French."""
    return format_html_join(
        "", "<section class=\"law\" lang=\"fr\"><h3>{}</h3>{}</section>",
        (
            (text.title, format_html_join("", "<p>{}</p>", ((p,) for p in text.paragraphs)))
            for text in texts
        ),
    )  # fmt: skip
