"""A letter put together: head, first part in the person's language, the letter in French."""

from collections.abc import Mapping
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

import yaml
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from beffroi.documents.letters import blocks, sandbox
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.facts import DATA, Facts, declared, shown, value_of, written
from beffroi.documents.letters.law import law_texts
from beffroi.documents.letters.values import Recipient, Rendered, TemplateText
from beffroi.rules import mentions
from beffroi.rules.mentions import Lack

#: The articles that `block.judicial_code` prints.
_CODE = ("judicial_728", "judicial_1017")
_BREAKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "tr",
    "td",
    "th",
    "div",
    "br",
    "section",
    "dt",
    "dd",
    "small",
}


@lru_cache(maxsize=1)
def _all_words() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load(
        (DATA / "words.yaml").read_text(encoding="utf-8")
    )
    return content


def words_of(lang: str) -> dict[str, str]:
    """This function will give the words of the frame of a letter in a language."""
    return _all_words()[lang]


def render(
    lang: str, texts: TemplateText, french: TemplateText, facts: Facts, recipient: Recipient
) -> Rendered:
    """This function will write the whole letter; `texts` and `french` are the same in French."""
    values = _shown(facts, lang)
    drawn = _drawn(values, lang)
    subject = sandbox.render_text(texts.subject, values, lang)
    head = _head(values, words_of(lang), recipient)
    first = format_html(
        "{}<h1>{}</h1><div class=\"first\">{}</div>",
        head, subject, sandbox.render_html(texts.first, values, drawn, lang),
    )  # fmt: skip
    body = _french(lang, french, facts)
    html = format_html(
        "<article class=\"sheet\" lang=\"{}\">{}<div class=\"body\" lang=\"fr\">{}</div></article>",
        lang, first, body,
    )  # fmt: skip
    texts_of = (text_of(first), text_of(body))
    if lang == "fr":
        texts_of = ("\n".join(texts_of),) * 2
    return Rendered(subject, str(html), *texts_of)


def _shown(facts: Facts, lang: str) -> dict[str, Any]:
    return {key: shown(value_of(facts, key), fact.type, lang) for key, fact in declared().items()}


def _drawn(values: Mapping[str, Any], lang: str) -> dict[str, str]:
    articles = blocks.articles([law_texts()[key] for key in _CODE])
    return {**blocks.drawn_lists(values, lang), "block.judicial_code": articles}


def _french(lang: str, french: TemplateText, facts: Facts) -> SafeString:
    values = _shown(facts, "fr")
    drawn = _drawn(values, "fr")
    body = sandbox.render_html(french.body, values, drawn, "fr")
    if lang == "fr":
        return body
    head = format_html(
        "<div class=\"french\"><p class=\"note\" lang=\"{}\">{}</p>{}<h2 class=\"subject\">{}</h2></div>",
        lang, words_of(lang)["french_note"], _references(values, words_of("fr")),
        sandbox.render_text(french.subject, values, "fr"),
    )  # fmt: skip
    return format_html("{}{}", head, body)


def _head(values: Mapping[str, Any], words: Mapping[str, str], recipient: Recipient) -> SafeString:
    mark = {Delivery.REGISTERED: words["registered"], Delivery.HAND: words["hand"]}.get(
        recipient.delivery, ""
    )
    window = format_html(
        '<div class="letter-window">{}<p>{}</p></div>',
        format_html('<p class="how">{}</p>', mark) if mark else "",
        format_html_join(
            SafeString("<br>"), "{}", ((line,) for line in (recipient.name, *recipient.lines))
        ),
    )
    return format_html(
        "<div class=\"letter-head\"><p class=\"cpas\">{}</p>{}{}</div>",
        values["cpas.name"], window, _references(values, words),
    )  # fmt: skip


def _references(values: Mapping[str, Any], words: Mapping[str, str]) -> SafeString:
    rows = [
        (words["date"], (values["letter.date"],)),
        (words["file"], (values["file.reference"],)),
        (words["letter"], (values["letter.reference"],)),
        (words["service"], (values["service.name"], values["service.address"],
                            values["service.phone"], values["service.hours"])),
        (words["contact"], (values["worker.name"], values["worker.phone"], values["worker.email"])),
    ]  # fmt: skip
    lines = [
        (label, format_html_join(SafeString("<br>"), "{}", ((one,) for one in some if one)))
        for label, some in rows
        if any(some)
    ]
    return format_html(
        '<dl class="references">{}</dl>',
        format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", lines),
    )


def on_screen(html: str) -> SafeString:
    """This function will give the markup of a letter for a page that has its own first title."""
    shown = html.replace("<h1>", '<h2 class="title">').replace("</h1>", "</h2>")
    return mark_safe(shown)  # noqa: S308 — made by `render`, every fact escaped


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _BREAKS:
            self.pieces.append(" " if tag == "br" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def text_of(html: str) -> str:
    """This function will give the words somebody reads in a markup, a line for each paragraph."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return mentions.plain("".join(reader.pieces))


def lacks_of(kind: str, lang: str, facts: Facts, rendered: Rendered) -> list[Lack]:
    """This function will give the mentions that the rendered letter lacks. Raises: UnknownKind."""
    return mentions.lacking_in_text(
        kind, lang, rendered.first_text, rendered.body_text,
        lambda key, language: written(facts, key, language),
        {key: text.paragraphs for key, text in law_texts().items()},
    )  # fmt: skip
