"""French that a screen or a paper shows breaks no line before « ; : ? ! » nor inside « »."""

import ast
import re
from pathlib import Path

import pytest

import beffroi

ROOT = Path(beffroi.__file__).parent
_PLAIN = re.compile(r"(?<=[\w)»’…%}]) (?=[:;?!»](?:[\s\"'<)]|$))|(?<=«) (?=\S)")
_MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
_COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.S)
_BLOCK = re.compile(r"{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate", re.S)
_SAID = re.compile(r"""(?:{%\s*translate\s+|_\()(?:"([^"]*)"|'([^']*)')""")


def _words_of_code(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        argument.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _MARKS
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _words_of_template(path: Path) -> list[str]:
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    return _BLOCK.findall(text) + [one or other for one, other in _SAID.findall(text)]


@pytest.mark.parametrize(
    ("pattern", "words_of", "least"),
    [("**/*.py", _words_of_code, 1500), ("**/templates/**/*.html", _words_of_template, 2000)],
    ids=["code", "templates"],
)
def test_high_signs_stay_with_their_word(pattern: str, words_of, least: int) -> None:
    said = [
        (str(path.relative_to(ROOT)), words)
        for path in ROOT.glob(pattern)
        for words in words_of(path)
    ]
    assert len(said) > least
    assert [one for one in said if _PLAIN.search(one[1])] == []
