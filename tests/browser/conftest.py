"""A real server on data of its own, and a real browser in front of it."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
WIDTHS = (390, 1280)
THEMES = ("light", "dark")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: Rules of the house: WCAG 2.2 AA and what axe calls good practice.
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The rules whose answer depends on the theme.
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
_AXE = Axe().axe_script


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def no_network() -> None:
    """The browser and the server speak to each other; the server's own tests hold the rest."""


@pytest.fixture(autouse=True)
def private_files() -> None:
    """The server keeps its files in its own folder."""


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """The server's cache is its own."""


@pytest.fixture(scope="session")
def site(served: tuple[str, Path]) -> str:
    """The address of the demo."""
    return served[0]


@pytest.fixture(scope="session")
def database(served: tuple[str, Path]) -> Path:
    """The database of the demo, to read from."""
    return served[1]


def _load(var: Path, empty: Path) -> None:
    """Load the demo anew, as ./run loads it, on an empty database of the folder `empty`."""
    migrated.start_from(empty, var / "beffroi.sqlite3")
    kept = ROOT / "var" / "cache"
    if kept.exists():
        shutil.copytree(kept, var / "cache")
    for command in (
        ["migrate", "--verbosity", "0"],
        ["load", "demo"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
    ):
        subprocess.run(
            [sys.executable, "-m", "beffroi", *command],
            cwd=ROOT,
            env=_environment(var),
            check=True,
            stdout=subprocess.DEVNULL,
        )  # noqa: S603


def _environment(var: Path) -> dict[str, str]:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "beffroi.config.settings.demo",
        "BEFFROI_VAR": str(var),
        "BEFFROI_WORKERS": "1",
    }
    env.pop("BEFFROI_DATABASE", None)
    return env


@pytest.fixture(scope="session")
def loaded(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo: loaded once, and copied for each who tests at the same time."""
    mine = tmp_path_factory.mktemp("var")
    empty = pytestconfig.cache.mkdir("migrated")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        _load(mine, empty)
        return mine
    common = tmp_path_factory.getbasetemp().parent
    with (common / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        first = common / "var"
        if not first.exists():
            loading = common / "loading"
            loading.mkdir()
            _load(loading, empty)
            loading.rename(first)
        shutil.copytree(first, mine, dirs_exist_ok=True)
    return mine


@pytest.fixture(scope="session")
def served(loaded: Path) -> Iterator[tuple[str, Path]]:
    """The demo, served as ./run serves it."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", "beffroi.config.wsgi:application", "--config",
         "src/beffroi/config/gunicorn.py", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT, env={**_environment(loaded), "BEFFROI_PUBLIC_URL": address},
    )  # fmt: skip
    try:
        _wait_for(f"{address}/readyz")
        yield address, loaded / "beffroi.sqlite3"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str) -> None:
    for _attempt in range(150):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tool:
        launched = tool.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, site: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        base_url=site, viewport={"width": 390, "height": 844}, locale="fr-BE"
    )
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def axe_faults(page: Page, *, colours_only: bool = False) -> list[str]:
    """This function will give what axe finds on the page as it stands, in words.

    `colours_only` is for a page looked at already in the other theme: nothing else changes with it.
    """
    asked: dict[str, object] = {"resultTypes": ["violations"]}
    if colours_only:
        asked["runOnly"] = {"type": "rule", "values": _OF_COLOURS}
        asked["preload"] = False  # what is read beforehand is for rules of sound and of CSS files
    else:
        asked["runOnly"] = {"type": "tag", "values": _TAGS}
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_AXE)
    found = page.evaluate("asked => axe.run(asked).then(told => told.violations)", asked)
    return [
        f"{fault['id']}: {node['target']} {node.get('failureSummary', '')[:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def sign_in(page: Page, username: str) -> None:
    """This function will sign a demo agent in."""
    from beffroi.demo.people import PASSWORD

    page.goto("/connexion/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")
