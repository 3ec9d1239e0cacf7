"""Gathers the French texts of the public side and keeps the catalogues of the other languages.

`python -m beffroi.config.messages` adds new texts to each catalogue, empty, and takes out those
that are gone. It needs no tool outside Python.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
LANGUAGES = ("nl", "de", "en")
#: What the public may read: the portal, what it is made of, and the words of the rooms behind it.
_PUBLIC = (
    "web/templates/base.html",
    "web/templates/errors/*.html",
    "web/templates/portal/**/*.html",
    "web/components/templates/components/*.html",
    "web/*.py",
    "web/portal/**/*.py",
    "acts/requests/**/*.py",
    "acts/activities/services/places.py",
    "acts/agenda/services/reminding.py",
    "acts/requests/templates/**/*.html",
    "accounts/enums.py",
    "directory/*.py",
    "directory/queries/*.py",
    "guidance/*.py",
    "documents/*.py",
    "documents/templates/**/*.html",
)
#: Names that are data and that pages say: of teams, of the axes of the plan. Each is the value of
#: a key; one that was changed is shown as it was written.
_NAMES = (("accounts/data/teams.yaml", ""), ("directory/data/catalogue.yaml", "pcs_axes"))
#: Templates and modules that only agents meet; the names of fields too.
_AGENTS_ONLY = (
    "components/gallery.html",
    "letters/registered.html",
    "/models.py",
    "editor_queries.py",
    "directory/quality.py",
    "guidance/redaction.py",
    "web/sign_in.py",
    "web/sign_in_forms.py",
    "web/second_factor.py",
    "requests/agent_page.py",
    "requests/indicators.py",
    "requests/retention.py",
    "services/team.py",
    "services/passing.py",
    "services/forms.py",
)
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
#: What a translation keeps as it is: the names of values, and the marks of HTML.
_INSIDE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?\w+[^>]*>")
_HEAD = """\
# Texts of the public side of Beffroi. The French texts are the keys. EUPL-1.2.
msgid ""
msgstr ""
"Project-Id-Version: Beffroi\\n"
"Language: {lang}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Key = tuple[str | None, str | tuple[str, str]]


def _files() -> Iterator[Path]:
    for pattern in _PUBLIC:
        for path in sorted(PACKAGE.glob(pattern)):
            if not str(path).endswith(_AGENTS_ONLY):
                yield path


def _as_python(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        from django.utils.translation.template import templatize

        return templatize(text, origin=str(path)).encode()
    return text.encode()


def public_messages() -> dict[Key, list[str]]:
    """This function will give each text of the public side with the files where it stands."""
    found: dict[Key, list[str]] = {}
    for path in _files():
        source = io.BytesIO(_as_python(path))
        for _line, message, _comments, context in extract("python", source, _KEYWORDS):
            key: str | tuple[str, str]
            key = (message[0], message[1]) if isinstance(message, tuple) else message
            if key:
                found.setdefault((context, key), []).append(str(path.relative_to(PACKAGE)))
    for file, key in _NAMES:
        content = yaml.safe_load((PACKAGE / file).read_text(encoding="utf-8"))
        for name in (content[key] if key else content).values():
            found.setdefault((None, name), []).append(file)
    return found


def catalogue(lang: str) -> Catalog:
    """This function will read the catalogue of one language, or begin it."""
    path = LOCALE / lang / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=lang, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=lang)


def lacking(lang: str) -> list[str]:
    """This function will list the public texts without a translation, or with a broken one."""
    known = catalogue(lang)
    faults = []
    for context, key in public_messages():
        message = known.get(key, context)
        if message is None or not _is_whole(message.string):
            faults.append(str(key))
        elif _kept(key) != _kept(message.string):
            faults.append(f"{key}: the values or the marks inside differ")
    return faults


def _is_whole(string: object) -> bool:
    return all(string) if isinstance(string, tuple | list) else bool(string)


def _kept(text: object) -> set[str]:
    parts = text if isinstance(text, tuple | list) else (text,)
    return {name for part in parts for name in _INSIDE.findall(str(part))}


def write(lang: str, texts: Catalog) -> None:
    """This function will write a catalogue, with a head that changes only with its language."""
    path = LOCALE / lang / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(_HEAD.format(lang=lang, plurals=texts.plural_forms).encode())
        write_po(stream, texts, width=100, include_lineno=False, omit_header=True)


def update() -> dict[str, int]:
    """This function will write the catalogues anew and say how many texts each lacks."""
    messages = public_messages()
    for lang in LANGUAGES:
        old, new = catalogue(lang), Catalog(locale=lang, charset="utf-8")
        for (context, key), places in sorted(
            messages.items(), key=lambda item: (item[1][0], str(item[0][1]))
        ):
            known = old.get(key, context)
            locations = [(place, 1) for place in dict.fromkeys(places)]
            new.add(key, known.string if known else None, locations, context=context)
        write(lang, new)
    return {lang: len(lacking(lang)) for lang in LANGUAGES}


if __name__ == "__main__":
    import sys

    sys.stdout.write(f"{update()}\n")
