"""A real server on data of its own, and a real browser in front of it."""

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


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo, loaded anew and served as ./run serves it."""
    var = tmp_path_factory.mktemp("var")
    kept = ROOT / "var" / "cache"
    if kept.exists():
        shutil.copytree(kept, var / "cache")
    port = _free_port()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "beffroi.config.settings.demo",
        "BEFFROI_VAR": str(var),
        "BEFFROI_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BEFFROI_WORKERS": "1",
    }
    env.pop("BEFFROI_DATABASE", None)
    for command in (
        ["migrate", "--verbosity", "0"],
        ["load", "demo"],
        ["collectstatic", "--noinput", "--verbosity", "0"],
    ):
        subprocess.run(
            [sys.executable, "-m", "beffroi", *command],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.DEVNULL,
        )  # noqa: S603
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", "beffroi.config.wsgi:application", "--config",
         "src/beffroi/config/gunicorn.py", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT, env=env,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/readyz")
        yield address, var / "beffroi.sqlite3"
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


def axe_faults(page: Page) -> list[str]:
    """This function will give what axe finds on the page as it stands, in words."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": _TAGS}})
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')[:160]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def sign_in(page: Page, username: str) -> None:
    """This function will sign a demo agent in."""
    from beffroi.demo.people import PASSWORD

    page.goto("/connexion/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")
