"""The rows of a table, as plain functions write them."""

from datetime import date

from django.utils.safestring import SafeString

from beffroi.web.components.rows import table_rows


def test_row_escapes_all_that_is_said() -> None:
    bad = "<b>\"'&"
    cell = {"text": bad, "url": f"/x?{bad}", "sub": bad, "tag": bad, "tone": bad}
    said = table_rows([[bad, cell]])
    assert "<b>" not in said
    assert said.count("&lt;b&gt;&quot;&#x27;&amp;") == 6


def test_row_keeps_markup_that_is_safe() -> None:
    assert table_rows([[SafeString("<i>x</i>")]]) == "<tr><td><i>x</i></td></tr>"


def test_row_says_dates_and_numbers_as_the_page_does() -> None:
    assert table_rows([[date(2026, 11, 2), 3, None]]) == (
        "<tr><td>lundi 2 novembre 2026</td><td>3</td><td>None</td></tr>"
    )


def test_cell_that_is_due_or_a_figure_has_its_class() -> None:
    row = [{"text": "demain", "due": True, "tone": "amber"}, {"text": "12", "end": True}]
    assert table_rows([row]) == (
        '<tr><td class="due amber">demain</td><td class="end num">12</td></tr>'
    )


def test_tag_stands_apart_from_the_text_before_it() -> None:
    assert table_rows([[{"text": "A", "tag": "T", "tone": "red"}], [{"tag": "T"}]]) == (
        '<tr><td>A <span class="tag red">T</span></td></tr>\n<tr><td><span class="tag ">T</span></td></tr>'
    )


def test_a_zero_says_its_column_and_an_empty_cell_does_not() -> None:
    columns = [{"label": "Jour"}, {"label": "Refus"}, {"label": "Repas"}]
    row = ["lundi", {"text": 0, "end": True}, {"text": "", "end": True}]
    assert table_rows([row], columns) == (
        '<tr><td>lundi</td><td data-label="Refus" class="end num">0</td><td class="end num"></td></tr>'
    )


def test_a_cell_leads_to_several_pages_and_says_nothing_its_row_already_names() -> None:
    columns = [{"label": "Quoi"}, {"label": "Texte", "bare": True}]
    links = [{"text": "A.1 <i>", "url": "/1"}, {"text": "A.2", "url": "/2"}]
    assert table_rows([["Actions", {"links": links}], ["But", "Écouter"]], columns) == (
        '<tr><td>Actions</td><td><a href="/1">A.1 &lt;i&gt;</a> <a href="/2">A.2</a> </td></tr>\n'
        "<tr><td>But</td><td>Écouter</td></tr>"
    )
