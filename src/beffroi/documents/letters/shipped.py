"""The templates that come with the house, one for each kind and language."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import yaml

from beffroi.documents.letters.facts import DATA


@dataclass(frozen=True)
class Shipped:
    """A template of the house: subject, first part, and, in French, the letter itself."""

    kind: str
    lang: str
    subject: str
    first: str
    body: str

    @property
    def digest(self) -> str:
        whole = "\0".join((self.subject, self.first, self.body))
        return hashlib.sha256(whole.encode()).hexdigest()


@lru_cache(maxsize=1)
def shipped_templates() -> dict[tuple[str, str], Shipped]:
    """This function will give the templates of the house by kind and language."""
    folder = DATA / "templates"
    shared = yaml.safe_load((folder / "_shared.yaml").read_text(encoding="utf-8"))
    found = {}
    for file in sorted(folder.glob("[a-z]*.yaml")):
        for kind, langs in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            for lang, parts in langs.items():
                found[kind, lang] = Shipped(
                    kind, lang, parts["subject"],
                    _whole(parts["first"], shared[lang]),
                    _whole(parts.get("body", ""), shared[lang]),
                )  # fmt: skip
    return found


def _whole(text: str, shared: dict[str, str]) -> str:
    """Puts the shared passages in their place; a passage may hold others."""
    lines = []
    for line in text.strip().splitlines():
        name = line.strip().removeprefix("@")
        lines.append(_whole(shared[name], shared) if line.strip().startswith("@") else line)
    return "\n".join(lines)
