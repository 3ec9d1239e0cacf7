"""What the public reads is whole in Dutch, German and English, and none of it stays in French."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import formats, translation

from beffroi.config import messages

PACKAGE = messages.PACKAGE
FOUR = {"fr", "nl", "de", "en"}
DATA = (
    "directory/data/terms.yaml",
    "directory/data/emergency.yaml",
    "directory/data/notes.yaml",
    "acts/requests/data/forms.yaml",
)
SERVICES = sorted((PACKAGE / "directory/data/services").glob("*.yaml"))
TEMPLATES = [path for path in messages._files() if path.suffix == ".html"]
#: Words that French alone has, of the four.
FRENCH = r"vous|votre|vos|nous|demande|avec|une|cette|les|qui|est|dans|mais|chez|où"
#: Nobody is told that she has no right: only the Council decides.
REFUSALS = {
    "nl": r"geen recht\b|komt niet in aanmerking",
    "de": r"kein(en)? Recht\b|kein(en)? Anspruch\b",
    "en": r"no right\b|not entitled|not eligible",
}
BARE = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def _strings(text: Any) -> Iterator[str]:
    yield from text if isinstance(text, tuple | list) else (text,)


def _translated(lang: str) -> Iterator[tuple[str, str]]:
    for message in messages.catalogue(lang):
        if message.id:
            for said in _strings(message.string):
                yield str(message.id), said


def _read(file: str | Path) -> Any:
    return yaml.safe_load((PACKAGE / file).read_text(encoding="utf-8"))


def _by_language(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Each mapping that says something in French, with the place where it stands."""
    if isinstance(node, dict):
        if "fr" in node:
            yield where, node
        for key, value in node.items():
            yield from _by_language(value, f"{where}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _by_language(value, f"{where}.{number}")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_each_public_text_is_said_in_each_language(lang: str) -> None:
    assert messages.lacking(lang) == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_catalogue_keeps_no_text_that_is_gone(lang: str) -> None:
    known = {
        (m.context, tuple(m.id) if isinstance(m.id, tuple | list) else m.id)
        for m in messages.catalogue(lang)
        if m.id
    }
    assert known == set(messages.public_messages())


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_each_plural_has_its_two_forms(lang: str) -> None:
    catalogue = messages.catalogue(lang)
    assert (catalogue.num_plurals, catalogue.plural_expr) == (2, "(n != 1)")
    plural = [m for m in catalogue if isinstance(m.id, tuple | list)]
    assert plural != []
    assert [m.id for m in plural if len(m.string) != 2 or not all(m.string)] == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_no_french_word_is_left_in_a_translation(lang: str) -> None:
    word = re.compile(rf"\b({FRENCH})\b", re.IGNORECASE)
    assert [(key, said) for key, said in _translated(lang) if word.search(said)] == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_translations_follow_the_typography_of_their_language(lang: str) -> None:
    wrong = re.compile(r"[«»\u202f]|[ \u00a0][:;!?](?!\w)|\w'\w|\"")
    if lang == "de":
        wrong = re.compile(wrong.pattern + r"|”")
    outside = (re.sub(r"<[^>]*>", "", said) for _key, said in _translated(lang))
    assert [said for said in outside if wrong.search(said)] == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_nobody_is_told_that_she_has_no_right(lang: str) -> None:
    texts = [said for _key, said in _translated(lang)]
    texts += [str(said) for path in SERVICES for said in _read(path)["texts"][lang].values()]
    assert [said for said in texts if re.search(REFUSALS[lang], said, re.IGNORECASE)] == []


@pytest.mark.parametrize("file", DATA)
def test_each_label_of_the_data_is_in_four_languages(file: str) -> None:
    said = list(_by_language(_read(file)))
    assert said != []
    assert [where for where, texts in said if set(texts) != FOUR or not all(texts.values())] == []


def test_each_limit_of_the_law_is_named_in_four_languages() -> None:
    rules = _read("rules/parameters/procedure.yaml")["rules"]
    faults = [
        (event, rule["what"])
        for event, some in rules.items()
        for rule in some
        if set(rule.get("labels", {})) != FOUR - {"fr"} or not all(rule["labels"].values())
    ]
    assert faults == []


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_each_service_says_the_same_parts_in_four_languages(path: Path) -> None:
    texts = _read(path)["texts"]
    assert {lang: set(parts) for lang, parts in texts.items()} == dict.fromkeys(
        FOUR, set(texts["fr"])
    )
    assert {lang for lang, parts in texts.items() for said in parts.values() if not said} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_template_translates_what_only_some_hear_or_see(path: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.S)
    said = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    assert {word for part in said for word in BARE.findall(part)} - {"Beffroi"} == set()


def test_no_text_to_translate_hides_in_a_formatted_string() -> None:
    """Babel does not look there: the text would stay in French, and no guard would know."""
    hidden = [
        (str(path.relative_to(PACKAGE)), node.lineno)
        for path in messages._files()
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "gettext", "ngettext", "pgettext"}
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("lang", "whole", "day"),
    [
        ("fr", "mardi 24 novembre 2026", "24 novembre 2026"),
        ("nl", "dinsdag 24 november 2026", "24 november 2026"),
        ("de", "Dienstag, 24. November 2026", "24. November 2026"),
        ("en", "Tuesday 24 November 2026", "24 November 2026"),
    ],
)
def test_dates_are_written_as_their_language_does(lang: str, whole: str, day: str) -> None:
    with translation.override(lang):
        written = date(2026, 11, 24)
        assert formats.date_format(written, "DATE_FORMAT") == whole
        assert formats.date_format(written, "DAY_FORMAT") == day
