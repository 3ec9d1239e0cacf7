"""The looks keep their promises: contrast in both themes, weight, no physical directions."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src/beffroi/web/static/beffroi"
CSS = STATIC / "css"
TEXT = 4.5
CONTROL = 3.0
#: foreground, ground, least contrast
PAIRS = [
    ("ink", "paper", 12), ("ink", "card", 12), ("ink", "sand", 7), ("soft", "paper", TEXT),
    ("soft", "card", TEXT), ("soft", "sand", TEXT), ("link", "paper", TEXT), ("link", "card", TEXT),
    ("link", "sand", TEXT), ("link", "amber-bg", TEXT), ("link", "copper-bg", TEXT),
    ("link", "red-bg", TEXT), ("link-hover", "sand", TEXT), ("on-button", "button", TEXT),
    ("on-button", "button-hover", TEXT), ("on-copper", "copper", TEXT),
    ("on-copper", "copper-hover", TEXT), ("on-night", "night", TEXT),
    ("on-night-soft", "night", TEXT), ("on-night", "night-raised", TEXT),
    ("copper", "card", TEXT), ("copper", "copper-bg", TEXT), ("copper", "paper", TEXT),
    ("green", "green-bg", TEXT), ("green", "card", TEXT), ("amber", "amber-bg", TEXT),
    ("amber", "card", TEXT), ("red", "red-bg", TEXT), ("red", "card", TEXT),
    ("neutral", "neutral-bg", TEXT), ("input-line", "card", CONTROL),
    ("input-line", "paper", CONTROL), ("ring", "paper", CONTROL), ("ring", "card", CONTROL),
    ("ring", "sand", CONTROL), ("ring-on-night", "night", CONTROL), ("button", "paper", CONTROL),
]  # fmt: skip


def _blocks() -> dict[str, dict[str, str]]:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r"(:root[^{]*)\{([^}]*)\}", text):
        found[selector.strip()] = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", body))
    return found


LIGHT = _blocks()[":root"]
DARK = {**LIGHT, **_blocks()[':root[data-theme="dark"]']}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert round(contrast("#000000", "#ffffff"), 6) == 21


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colours_is_legible(theme: dict[str, str]) -> None:
    weak = {
        (front, ground): round(contrast(theme[front], theme[ground]), 2)
        for front, ground, least in PAIRS
        if contrast(theme[front], theme[ground]) < least
    }
    assert weak == {}


def test_dark_asked_by_the_system_and_by_hand_are_the_same() -> None:
    blocks = _blocks()
    assert blocks[':root:not([data-theme="light"])'] == blocks[':root[data-theme="dark"]']


def test_styles_of_a_public_page_weigh_less_than_30_kb() -> None:
    names = ("tokens.css", "base.css", "portal.css", "print.css")
    assert sum((CSS / name).stat().st_size for name in names) < 30_000


@pytest.mark.parametrize(("name", "most"), [("portal.js", 3 * 1024), ("desk.js", 6 * 1024)])
def test_script_stays_small(name: str, most: int) -> None:
    assert (STATIC / "js" / name).stat().st_size <= most


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_styles_name_no_left_or_right(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|[;{]\s*(?:left|right|top|bottom|width|height)\s*:"
        r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)",
        text,
    )
    assert physical == []
