"""The estimate in a real browser: questions come when they are needed, and nothing stays behind."""

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import THEMES, WIDTHS, axe_faults

pytestmark = pytest.mark.browser
URL = "/revenu-integration/estimation/"
#: The answers to each part, in its order: what is ticked, what is typed.
_PARTS = (
    ({"home": ("child", "family"), "child_time": ("part",), "shares": ("no",)},
     {"family_count": "2", "family_income": "2400"}),
    ({"incomes": ("work",), "student": ("no",), "receiving": ("yes",)}, {"work": "650"}),
    ({"savings": ("yes",), "property": ("home",), "part": ("half",), "given": ("no",), "housing": ("no",)},
     {"savings_amount": "9 000", "rc_home": "1200", "interest": "0", "children": "1"}),
)  # fmt: skip
_NEXT = "form.estimate .actions button >> nth=0"


def _fill(page: Page, part: int) -> None:
    ticks, typed = _PARTS[part]
    for name, values in ticks.items():
        for value in values:
            page.check(f'[name="{name}"][value="{value}"]')
    for name, text in typed.items():
        page.fill(f'[name="{name}"]', text)


def test_question_comes_when_an_answer_calls_for_it(page: Page) -> None:
    page.goto(URL)
    _fill(page, 0)
    page.click(_NEXT)
    asked = page.locator('[name="work"]')
    assert not asked.is_visible()
    page.check('[name="incomes"][value="work"]')
    assert asked.is_visible()
    page.uncheck('[name="incomes"][value="work"]')
    assert not asked.is_visible()


def test_estimate_works_without_javascript_and_leaves_no_cookie(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(URL)
    for part in range(len(_PARTS)):
        _fill(page, part)
        page.click(_NEXT)
    assert page.locator(".outcome .figure").inner_text().startswith("D’après vos réponses")
    assert page.url == f"{site}{URL}"
    assert context.cookies() == []
    context.close()


def test_axe_finds_nothing_on_faults_and_results(browser: Browser, site: str) -> None:
    found = []
    for width in WIDTHS:
        for theme in THEMES:
            context = browser.new_context(
                base_url=site, viewport={"width": width, "height": 900}, color_scheme=theme,
                reduced_motion="reduce",
            )  # fmt: skip
            page = context.new_page()
            page.goto(URL)
            for part in range(len(_PARTS)):
                page.click(_NEXT)
                found += [f"faults {part} {width} {theme} {f}" for f in axe_faults(page)]
                _fill(page, part)
                found += [f"filled {part} {width} {theme} {f}" for f in axe_faults(page)]
                page.click(_NEXT)
            page.click("details.why summary")
            found += [f"result {width} {theme} {fault}" for fault in axe_faults(page)]
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0
            context.close()
    assert found == []
