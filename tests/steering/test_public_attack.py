"""Nobody can work out a count under k from what is published of a plan, over lines and over time."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.publishing import voted
from tests.factories.steering import NOW, plan
from tests.steering.attack import K, equations, known, truth
from tests.steering.reader import Reader
from tests.steering.taking import (
    everything,
    pages_of,
    rows_of_csv,
    rows_of_ods,
    rows_of_xlsx,
    words_of_pdf,
)
from tests.steering.town import AXIS_OF, Town

from beffroi.steering.telling.page import earlier_of, tell


def _published(town: Town) -> dict[str, dict]:
    """Two years, and the first one again after a correction, as three votes publish them."""
    first, second = tell(town.content(2024), "mons", earlier_of([])), None
    second = tell(town.content(2025), "mons", earlier_of([]))
    again = tell(town.corrected().content(2024), "mons", earlier_of([first.kept]))
    return {"2024r1": first.page, "2025r1": second.page, "2024r2": again.page}


def test_reader_solves_what_can_be_solved() -> None:
    reader = Reader()
    reader.know("whole", 12, 12)
    reader.know("a", 1, 4)
    reader.total("whole", ["a", "b"])
    assert not reader.is_known("a", 3)
    reader.know("b", 9, 9)
    assert reader.is_known("a", 3)


@pytest.mark.parametrize("seed", range(60))
def test_no_count_under_k_is_known_from_what_is_published(seed: int) -> None:
    town = Town(seed)
    pages = _published(town)
    for year in ("2024r1", "2025r1"):
        reader = equations({year: pages[year]})
        held = truth({year: town})
        assert reader.agrees(held)
        assert known(reader, held) == []
    # Of both revisions together: what the second keeps as before is as the first said it.
    both = equations({name: pages[name] for name in ("2024r1", "2024r2")})
    held = truth({"2024r1": town})
    small = [one for one in held if 0 < held[one] < K and one in both.bounds]
    assert [one for one in small if both.is_known(one, held[one])] == []


@pytest.mark.parametrize("seed", [3, 7])
@pytest.mark.django_db
def test_attacker_who_takes_every_page_and_file_finds_no_count_under_k(client, seed: int) -> None:
    town, made = Town(seed), plan()
    voted(made, town.content(2024))
    first = rows_of_csv(client.get(f"/plan/{made.key}/chiffres.csv").content)
    voted(made, town.content(2025), NOW + timedelta(days=2))
    voted(made, town.corrected().content(2024), NOW + timedelta(days=4))
    last = everything(client, made.key)
    second = rows_of_csv(last[f"/plan/{made.key}/chiffres.csv"])
    read = pages_of(first) | pages_of(second)
    assert set(read) == {"2024r1", "2025r1", "2024r2"}
    for year in ("2024r1", "2025r1"):
        reader, held = equations({year: read[year]}), truth({year: town})
        assert reader.agrees(held)
        assert known(reader, held) == []
    both = equations({name: read[name] for name in ("2024r1", "2024r2")})
    held = {name: n for name, n in truth({"2024r1": town}).items() if name in both.bounds}
    assert [one for one, n in held.items() if 0 < n < K and both.is_known(one, n)] == []
    _says_no_more(last, made.key, second)


def _says_no_more(taken: dict[str, bytes], key: str, rows: list[list[str]]) -> None:
    """The other files and the pages tell the numbers of the sheet, and no other."""
    at = f"/plan/{key}/chiffres"
    for form, read_back in (("xlsx", rows_of_xlsx), ("ods", rows_of_ods)):
        assert [_values(row) for row in read_back(taken[f"{at}.{form}"])] == [_values(row) for row in rows]  # fmt: skip
    told: dict[tuple[str, str], set[str]] = {}
    for row in rows[1:]:
        told.setdefault((row[0], row[6]), set()).add(row[12])
    seen: set[str] = set()
    for line in AXIS_OF:
        page = taken[f"/plan/{key}/{line}/"].decode()
        for year in ("2024", "2025"):
            part = page.partition(f"<h3>{year}</h3>")[2].partition("<h3>")[0]
            part = part.partition("<h2")[0]
            strong = re.findall(r'class="told"><strong>([^<]*)<', part)
            cells = re.findall(r'<td[^>]*class="end"[^>]*>([^<]*)<', part)
            read = {_number(one) for one in (*strong, *cells)} - {"moins de 5", "pas publié"}
            seen |= read
            assert read <= {_number(one) for one in told.get((year, str(line)), set())} | {"&lt;5"}
    assert len(seen) > 5
    for year in ("2024", "2025"):
        words = words_of_pdf(taken[f"/plan/{key}/annee/{year}/rapport.pdf"])
        assert "Séances" in words
        for label in ("Femmes", "Hommes", "Tous", "Nouvelles", "Personnes", "Présences"):
            said = re.findall(rf"{label} : (\d+)", words)
            mine = {row[12] for row in rows[1:] if row[0] == year and row[9] == label}
            assert set(said) <= mine


def _values(row: list[str]) -> list[str]:
    return [_number(one) for one in row]


def _number(said: str) -> str:
    plain = said.replace("\u202f", "").replace("\xa0", "").replace(",", ".").strip()
    return plain.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d+", plain) else plain


def test_attacker_wins_where_figures_are_protected_one_by_one() -> None:
    broken = []
    for seed in range(12):
        town = Town(seed)
        page = tell(town.content(2024), "mons", earlier_of([])).page
        held = truth({"2024r1": town})
        # Every total and every presence without a name told as soon as it is k or more.
        page["presences"] = held["2024r1/T"]
        for line in page["lines"]:
            nameless = held[f"2024r1/{line['number']}/A"]
            plain = nameless == 0 or nameless >= K
            line["figures"][2]["beside"] = {"shown": "plain" if plain else "small", "value": nameless if plain else None}  # fmt: skip
        broken.append(bool(known(equations({"2024r1": page}), held)))
    assert any(broken)


def test_what_looks_at_other_years_is_not_told() -> None:
    content = Town(1).content(2024)
    content["lines"][0]["figures"][1] |= {"additivity": "stock", "measure": "debts.open"}
    told = [one["label"] for one in tell(content, "mons", earlier_of([])).page["lines"][0]["figures"]]  # fmt: skip
    assert told == ["Séances", "Personnes", "Par séance"]


def test_overlapping_questions_are_not_both_told() -> None:
    content = Town(1).content(2024)
    wide = content["lines"][1]["figures"][1]
    wide |= {"refs": ["line:1", "line:2"], "value": "40"}
    content["lines"][2]["figures"][1] |= {"refs": ["action:5.5.01"], "value": "40"}
    page = tell(content, "mons", earlier_of([])).page
    assert [page["lines"][n]["figures"][1]["shown"] for n in (1, 2)] == ["hidden", "hidden"]


def test_figure_that_a_revision_moves_by_a_few_stays_as_it_was_told() -> None:
    content = Town(1).content(2024)
    content["lines"][0]["figures"][1]["value"] = "40"
    first = tell(content, "mons", earlier_of([]))
    told = []
    for value in ("43", "45", "37", "34"):
        content["lines"][0]["figures"][1]["value"] = value
        made = tell(content, "mons", earlier_of([first.kept])).page["lines"][0]["figures"][1]
        told.append((made["value"], made["old"]))
    assert told == [("40", True), ("45", False), ("40", True), ("34", False)]


@pytest.mark.django_db
def test_files_of_the_board_are_for_agents_alone(client) -> None:
    made = plan()
    voted(made, Town(1).content(2024))
    for form in ("pdf", "docx", "xlsx", "json"):
        where = {"plan": made.key, "year": 2024, "kind": "activity", "revision": 1, "form": form}
        assert client.get(reverse("board:report_file", kwargs=where)).status_code == 302
    where = {"plan": made.key, "year": 2024, "revision": 1}
    assert client.get(reverse("board:report_readable", kwargs=where)).status_code == 302


@pytest.mark.parametrize("unit", ["€", "kg", "points"])
def test_amount_of_a_few_people_is_not_taken_for_a_count_of_people(unit: str) -> None:
    content = Town(1).content(2024)
    figures = content["lines"][0]["figures"]
    figures[1]["value"] = "30"
    figures.append({**figures[1], "label": "Payé", "measure": "activities.fees", "unit": unit, "value": "46.00"})  # fmt: skip
    page = tell(content, "mons", earlier_of([])).page["lines"][0]
    told = {one["label"]: (one["shown"], one["value"]) for one in page["figures"]}
    assert (told["Payé"], told["Présences"]) == (("hidden", None), ("plain", "30"))
    figures[-1]["of_things"] = True
    page = tell(content, "mons", earlier_of([])).page["lines"][0]
    assert page["figures"][-1]["value"] == "46.00"
