"""The judge of pages is judged first: each fault it looks for is found, a clean page has none."""

import pytest
from tests.web.portal.page_reading import faults, read

_CLEAN = (
    '<html lang="nl" dir="ltr"><head><link rel="stylesheet" href="/static/a.css"></head>'
    '<body><a href="#main">Naar de inhoud</a><main id="main"><h1>Hulp</h1>{}</main></body></html>'
)


def test_faults_of_a_clean_page_are_none() -> None:
    assert (
        faults(read(_CLEAN.format('<label for="q">Woorden</label><input id="q" name="q">'))) == []
    )


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<h1>Nog een</h1>", "2 h1"),
        ("<h3>Diep</h3>", "h1 then h3"),
        ('<p id="main">x</p>', "id twice: main"),
        ('<p style="color:red">x</p>', "inline: p style"),
        ("<script>alert(1)</script>", "inline: script"),
        ('<button onclick="go()">x</button>', "inline: button onclick"),
        ('<img src="https://elders.example/x.png" alt="">', "loads https://elders.example/x.png"),
        ('<a href="#weg">x</a>', "leads nowhere: #weg"),
        ('<input id="q" name="q">', "no label: q"),
    ],
)
def test_faults_of_a_page_are_each_named(markup: str, fault: str) -> None:
    assert faults(read(_CLEAN.format(markup))) == [fault]


def test_texts_of_a_page_leave_out_what_is_quoted_in_another_language() -> None:
    page = read(_CLEAN.format('<p>Wij luisteren</p><p lang="fr">Prévention <b>des tags</b></p>'))
    assert page.texts == ["Naar de inhoud", "Hulp", "Wij luisteren"]
