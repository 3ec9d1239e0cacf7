"""`beffroi bench [--json] [--services 4089]`: speed, as ratios in one run on one machine.

Works on a directory of its own, thrown away afterwards. A ratio compares two things timed in
turn, so that the machine's own speed cancels out; the queries of each page are counted.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from beffroi.cli import complain, set_up

PAGES = (
    "/", "/besoins/money/", "/services/", "/services/cpas-energie/", "/maisons/",
    "/lieux/mq-jemappes/", "/quel-cpas/", "/a-quoi-sert-le-cpas/",
)  # fmt: skip
_ROUNDS = 120
_BARE = "/banc-nu/"
#: People among whom one is looked for.
_PERSONS = 100_000
#: Social files among which a page of 25 is shown, and what is aimed at: twenty times the client
#: list of Lino Welfare on the same machine, a start in 3 seconds, 120 MB a worker.
_FILES = 20_000
_PAGES_A_SECOND, _START, _MEGABYTES = 74, 3, 120
#: Payments of one run, and transfers of one file alone: a large CPAS in a month, and in two years.
_ORDERS, _TRANSFERS = 6_000, 160_000
QUERIES = (
    "j'arrive plus à payer le chauffage", "jsui a la rue se soir", "ik zoek werk",
    "my landlord wants me out", "mon fils a des devoirs trop durs", "أين أجد طعاما",
    "il y a un tag sur ma façade", "qui peut m'aider pour remplir mes papiers du handicap",
)  # fmt: skip


def run(arguments: list[str]) -> int:
    """This function will measure and print; it judges nothing."""
    wanted = 4089
    if "--services" in arguments:
        wanted = int(arguments[arguments.index("--services") + 1])
    elif unknown := set(arguments) - {"--json"}:
        complain(f"Usage : beffroi bench [--json] [--services N] — inconnu : {' '.join(unknown)}")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BEFFROI_DATABASE"] = f"sqlite:///{folder}/bench.sqlite3"
        rows = _measure(Path(folder), wanted)
    if "--json" in arguments:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            ratio = f"{row['ratio']:.2f} ×" if row["ratio"] is not None else ""
            print(
                f"{row['name']:<44} {row['value']:>10} {row['unit']:<10} {ratio:>8} {row['against']}"
            )
    return 0


def _measure(folder: Path, wanted: int) -> list[dict[str, Any]]:
    set_up()
    from django.core.management import call_command
    from django.utils import timezone

    from beffroi.core.actors import system_actor
    from beffroi.demo import catalogue

    call_command("migrate", verbosity=0)
    by, at = system_actor("beffroi bench"), timezone.now()
    catalogue.load(by=by, at=at)
    _open_a_bare_page()
    rows = _pages("79 services") + _words() + _law()
    if wanted:
        _fill(folder, wanted, by, at)
        rows += _pages(f"{wanted} services de plus")
    return rows + _payments(folder, by, at) + _persons(by, at) + _files(folder, at)


def _open_a_bare_page() -> None:
    """Adds a page that does nothing, behind the same middleware and open to everybody."""
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from beffroi.config import urls
    from beffroi.web import middleware
    from beffroi.web.access import PUBLIC, access_table

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("<!doctype html><title>…</title><p>Rien</p>")

    urls.urlpatterns.insert(0, path(_BARE.lstrip("/"), bare, name="bare"))
    table = {**access_table(), "bare": PUBLIC}
    middleware.access_by_name = lambda: table  # type: ignore[assignment]


def _fill(folder: Path, wanted: int, by: Any, at: Any) -> None:
    from beffroi.demo import large_directory as large
    from beffroi.directory import services as directory
    from beffroi.directory.imports.package import read_package

    shape = large.FULL if wanted == large.FULL.services else large.scaled(wanted)
    package = large.write_folder(folder / "package", large.tables(shape))
    directory.import_hsds(
        package=read_package(package), publisher="banc d’essai", by=by, at=at,
        choices=directory.ImportChoices(publish=True),
    )  # fmt: skip


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _pages(label: str) -> list[dict[str, Any]]:
    headers = {"host": "127.0.0.1"}
    return [row for page in PAGES for row in _beside_bare(page, label, headers)]


def _beside_bare(page: str, label: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    """A page and its queries, timed in turn with one that does nothing."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers=headers)
    with CaptureQueriesContext(connection) as first:
        status = client.get(page).status_code
    at_first = _asked(first)
    if status != 200:
        raise SystemExit(f"{page} answers {status}")
    with CaptureQueriesContext(connection) as again:
        client.get(page)
    then = _asked(again)
    bare, ours = [], []
    for _round in range(_ROUNDS):
        bare.append(_timed(lambda: client.get(_BARE)))
        ours.append(_timed(lambda: client.get(page)))
    ratio = statistics.median(b / o for b, o in zip(bare, ours, strict=True))
    speed = round(1 / statistics.median(ours))
    name = f"{page} ({label})"
    return [
        _row(name, speed, "pages/s", "page Django nue, mêmes intergiciels", ratio),
        _row(f"{name}, requêtes SQL", at_first, "première", f"puis {then}", None),
    ]


def _asked(captured: Any) -> int:
    """Queries without the marks of the transactions around them."""
    marks = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(marks) for query in captured)


def _words() -> list[dict[str, Any]]:
    from beffroi.guidance import services as guidance

    guidance.warm_up()
    times = sorted(
        _timed(lambda words=words: guidance.orient_words(words=words))  # type: ignore[misc]
        for _round in range(12)
        for words in QUERIES
    )
    p95 = times[int(len(times) * 0.95)] * 1000
    return [_row("mots vers services, p95", round(p95, 1), "ms", "25 ms", round(p95 / 25, 2))]


def _payments(folder: Path, by: Any, at: Any) -> list[dict[str, Any]]:
    """A run of a large CPAS from what is owed to the file of the bank, then a file alone."""
    from django.utils import timezone

    from beffroi.demo import many_payments, payment_speed

    since = timezone.localdate(at).replace(day=1)
    many_payments.fill(count=_ORDERS, since=since, by=by, at=at)
    took = payment_speed.run_end_to_end(path=folder / "run.xml", at=at)
    alone = payment_speed.write_file(path=folder / "large.xml", count=_TRANSFERS, at=at)
    name = f"paiement de {_ORDERS} virements"
    return [
        _row(f"{name}, de bout en bout", round(took.whole, 2), "s", "3 s de travail", took.whole / 3),
        _row(f"{name}, préparer", round(took.prepare, 2), "s", "du tout", took.prepare / took.whole),
        _row(f"{name}, approuver", round(took.approve, 2), "s", "du tout", took.approve / took.whole),
        _row(f"{name}, envoyer", round(took.export, 2), "s", "du tout", took.export / took.whole),
        _row(f"fichier de {_TRANSFERS} virements, validé", round(alone, 2), "s", "6 s de travail", alone / 6),
    ]  # fmt: skip


def _persons(by: Any, at: Any) -> list[dict[str, Any]]:
    from beffroi.demo import person_search

    everybody = person_search.fill(_PERSONS, by=by, at=at)
    rows = []
    for one in person_search.measure(everybody, by=by, at=at):
        name = f"personne parmi {_PERSONS}, {one.kind}"
        rows.append(_row(f"{name}, p95", one.p95, "ms", "20 ms", one.p95 / 20))
        rows.append(_row(f"{name}, rappel@20", one.recall, "part", "0,98", one.recall / 0.98))
    return rows


def _files(folder: Path, at: Any) -> list[dict[str, Any]]:
    """The list of files: beside a bare page in this process, then as two workers serve it."""
    from beffroi.demo import file_list_speed, many_files

    cookie = many_files.prepare(_FILES, at=at)
    headers = {"host": "127.0.0.1", "cookie": cookie}
    rows = _beside_bare(file_list_speed.LIST, f"25 de {_FILES} dossiers", headers)
    served = file_list_speed.measure(os.environ["BEFFROI_DATABASE"], folder, cookie)
    name, heaviest = "liste de dossiers, servie", max(served.megabytes, default=0)
    return [
        *rows,
        _row(name, served.rate, "pages/s", f"{_PAGES_A_SECOND} pages/s",
             served.rate / _PAGES_A_SECOND),
        _row(f"{name}, processeur", served.processor, "ms/page", "deux cœurs pour 74 pages/s",
             served.processor * _PAGES_A_SECOND / 2000),
        _row(f"{name}, départ", served.start, "s", f"{_START} s", served.start / _START),
        _row(f"{name}, mémoire", heaviest, "Mo", f"{_MEGABYTES} Mo", heaviest / _MEGABYTES),
    ]  # fmt: skip


def _law() -> list[dict[str, Any]]:
    """A living income, explained; and many at once (against OpenFisca: tests/bench)."""
    from beffroi.rules import living_income, living_income_reading
    from beffroi.rules.living_income_batch import compute_many

    facts = [
        living_income_reading.facts_of(
            {
                "date": "2025-02-01", "category": category, "movable_capital": f"{6000 + step}.00",
                "resources": [{"kind": "work", "monthly": f"{step}.00", "exemption": "general"}],
                "cohabitants": [{"relation": "parent", "resources": [{"kind": "other", "monthly": "950.00"}]}],
            }
        )
        for category in ("cohabitant", "isolated", "family")
        for step in range(0, 1500, 2)
    ]  # fmt: skip
    one = min(
        _timed(lambda: [living_income.compute(case) for case in facts]) / len(facts)
        for _round in range(5)
    )
    many = min(_timed(lambda: compute_many(facts)) / len(facts) for _round in range(5))
    return [
        _row("revenu d’intégration expliqué, un cas", round(one * 1e6), "µs", "100 µs",
             round(one / 1e-4, 2)),
        _row("revenu d’intégration en lot, un cas", round(many * 1e6, 1), "µs",
             "un par un, expliqué", round(many / one, 2)),
    ]  # fmt: skip


def _row(name: str, value: float, unit: str, against: str, ratio: float | None) -> dict[str, Any]:
    shown = None if ratio is None else round(ratio, 2)
    return {"name": name, "value": value, "unit": unit, "against": against, "ratio": shown}
