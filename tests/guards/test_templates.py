"""Templates hold no inline script or style, no undefined name, and French marked for translation."""

import re
from pathlib import Path

import pytest

import beffroi

ROOT = Path(beffroi.__file__).parent
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
_COMMENT = re.compile(r"{#.*?#}|{% comment.*?{% endcomment %}", re.S)
_MARKED = re.compile(r"{% blocktrans.*?{% endblocktrans(late)? %}", re.S)
_CODE = re.compile(r"<(code|kbd)\b.*?</\1>", re.S)
_CLASS = re.compile(r"{% block (?:body_class|html_class) %}.*?{% endblock %}", re.S)
_TAG = re.compile(r"{%.*?%}|{{.*?}}|<!--.*?-->|<(script|svg)\b.*?</\1>|<[^>]+>", re.S)
_FRENCH_WORD = re.compile(r"[A-Za-zÀ-ÿ’']{3,}")


def _ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=_ids)
def test_template_has_no_inline_style_or_script(path: Path) -> None:
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert re.findall(r"<[^>]*\sstyle=", text) == []
    assert re.findall(r"<[^>]*\son[a-z]+=", text) == []
    assert re.findall(r"<style\b", text) == []
    assert [
        s for s in re.findall(r"<script\b[^>]*>", text) if "src=" not in s and "json" not in s
    ] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_ids)
def test_template_marks_its_words_for_translation(path: Path) -> None:
    """Words between tags are inside {% translate %} or {% blocktranslate %}."""
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    text = _TAG.sub(" ", _CODE.sub(" ", _MARKED.sub(" ", _CLASS.sub(" ", text))))
    kept = {"Beffroi", "CPAS", "PDF", "HSDS", "https", "nbsp", "middot", "rarr", "larr", "times"}
    assert [word for word in _FRENCH_WORD.findall(text) if word not in kept] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_ids)
def test_template_asks_nothing_of_third_parties(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    loaded = re.findall(
        r"<(?:link|script|img|iframe|source)\b[^>]*(?:src|href)=[\"'](https?:)?//", text
    )
    assert loaded == []
