"""The gallery shows every component in every state, and none leans on a value it was not given."""

import re
from html.parser import HTMLParser

import pytest
from django.template import engines
from django.template.loader import render_to_string

from beffroi.web.components import gallery

STATES = [(name, title) for name, said in gallery.declared().items() for title in said["states"]]
VOID = {"br", "hr", "img", "input", "use", "meta", "link", "path"}


class _Loud(str):
    """Stands where a template meets a variable nobody gave; refuses to be shown."""

    def __mod__(self, variable: object) -> str:
        raise AssertionError(f"undefined variable: {variable}")

    def __contains__(self, text: object) -> bool:
        return text == "%s"


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


@pytest.fixture(autouse=True)
def loud_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Loud("%s"))


def test_undefined_variable_is_refused() -> None:
    template = engines["django"].from_string("{{ nobody }}")
    with pytest.raises(AssertionError, match="nobody"):
        template.render({})


def test_gallery_has_an_entry_for_every_component() -> None:
    assert set(gallery.declared()) == gallery.component_names()


@pytest.mark.parametrize(("name", "title"), STATES)
def test_state_renders_with_closed_tags(name: str, title: str) -> None:
    html = gallery.render_state(name, title)
    nesting = _Nesting()
    nesting.feed(html)
    assert nesting.open == []


@pytest.mark.parametrize(("name", "title"), STATES)
def test_state_holds_no_inline_style_or_script(name: str, title: str) -> None:
    html = gallery.render_state(name, title)
    assert re.findall(r"<(?:script|style)\b|\sstyle=|\son[a-z]+=", html) == []


@pytest.mark.parametrize("name", gallery.declared())
def test_states_of_a_component_differ(name: str) -> None:
    shown = [gallery.render_state(name, title) for title in gallery.declared()[name]["states"]]
    assert len(set(shown)) == len(shown)


def test_gallery_page_shows_every_state() -> None:
    entries = gallery.entries()
    html = render_to_string("components/gallery.html", {"entries": entries})
    assert re.findall(r'<p class="gallery-title">([^<]+)</p>', html) == [
        s.title for e in entries for s in e.states
    ]


def test_identifiers_of_the_gallery_page_are_unique() -> None:
    html = render_to_string("components/gallery.html", {"entries": gallery.entries()})
    found = re.findall(r'\sid="([^"]+)"', html)
    repeated = {i for i in found if found.count(i) > 1}
    assert repeated == set()


def test_icons_used_by_components_are_in_the_sprite() -> None:
    sprite = (gallery.HERE.parent / "static/beffroi/img/sprite.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="(\w+)"', sprite))
    html = "".join(gallery.render_state(name, title) for name, title in STATES)
    used = set(re.findall(r"sprite\.svg#(\w+)", html))
    assert used - drawn == set()
    assert used


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("065 40 51 11", "tel:+3265405111"),
        ("0470 12 34 56", "tel:+32470123456"),
        ("065/40.51.11", "tel:+3265405111"),
        ("+32 (0)65 40 51 11", "tel:+3265405111"),
        ("0800 30 030", "tel:080030030"),
        ("112", "tel:112"),
    ],
)
def test_number_is_dialled_as_the_network_wants(written: str, dialled: str) -> None:
    from beffroi.web.components.templatetags.ui import tel

    assert tel(written) == dialled
