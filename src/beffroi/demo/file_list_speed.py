"""How fast the list of files answers, as served: two workers, over loopback, signed in, journalled."""

import contextlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LIST = "/desk/dossiers/?liste=equipe"
_CONNECTIONS = 4


@dataclass(frozen=True)
class Served:
    """Seconds until the first answer, pages a second, median delay and processor time of a page
    in ms, MB of each worker.

    The processor time hardly depends on what else the machine does; the pages a second do.
    """

    start: float
    rate: float
    median: float
    processor: float
    megabytes: tuple[int, ...]


@contextlib.contextmanager
def server(database: str, folder: Path, *, workers: int = 2) -> Iterator[tuple[int, int, float]]:
    """This function will serve the house as `./run` does; gives the port, the process, the start.

    Raises: TimeoutError when it does not answer within a minute.
    """
    port = _free_port()
    config = Path(settings.PACKAGE) / "config" / "gunicorn.py"
    environment = {
        **os.environ, "BEFFROI_DATABASE": database, "BEFFROI_WORKERS": str(workers),
        "DJANGO_SETTINGS_MODULE": "beffroi.config.settings.demo", "BEFFROI_WARM_UP": "0",
        "BEFFROI_VAR": str(folder),
    }  # fmt: skip
    collect = [sys.executable, "-m", "beffroi", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=environment, check=True)  # noqa: S603 — our own command
    command = [
        sys.executable, "-m", "gunicorn", "beffroi.config.wsgi:application",
        "--config", str(config), "--bind", f"127.0.0.1:{port}", "--log-level", "error",
    ]  # fmt: skip
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment)  # noqa: S603 — our own server
    try:
        yield port, process.pid, _until_it_answers(port, begun)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _until_it_answers(port: int, begun: float) -> float:
    while time.perf_counter() - begun < 60:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return time.perf_counter() - begun
        time.sleep(0.02)
    raise TimeoutError("the server does not answer")


def measure(
    database: str, folder: Path, cookie: str, *, seconds: float = 10.0, path: str = LIST
) -> Served:
    """This function will ask for the same page again and again, as four browsers would.

    `cookie` is that of a session that is signed in. Raises: ValueError when a page is not shown.
    """
    with server(database, folder) as (port, pid, start):
        _ask(port, cookie, path, time.perf_counter() + 1.5)  # the first pages are not counted
        begun, used = time.perf_counter(), _processor(pid)
        times = _ask(port, cookie, path, begun + seconds)
        took, used = time.perf_counter() - begun, _processor(pid) - used
        return Served(
            round(start, 2), round(len(times) / took, 1),
            round(statistics.median(times) * 1000, 1), round(used / len(times) * 1000, 1),
            _megabytes(pid),
        )  # fmt: skip


def _ask(port: int, cookie: str, path: str, until: float) -> list[float]:
    times: list[float] = []
    faults: list[str] = []

    def browse() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until and not faults:
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            body = answer.read()
            times.append(time.perf_counter() - begun)
            if answer.status != 200 or not body.rstrip().endswith(b"</html>"):
                faults.append(f"{path} answers {answer.status}")

    browsers = [threading.Thread(target=browse) for _one in range(_CONNECTIONS)]
    for one in browsers:
        one.start()
    for one in browsers:
        one.join()
    if faults:
        raise ValueError(faults[0])
    return times


def _workers(pid: int) -> list[str]:
    """The workers of a server, where the system names them (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return children.read_text().split() if children.exists() else []


def _processor(pid: int) -> float:
    """Seconds of processor the workers have used."""
    ticks = sum(
        int(used)
        for child in _workers(pid)
        for used in Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]
    )
    return ticks / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> tuple[int, ...]:
    """Resident memory of each worker."""
    return tuple(
        round(int(line.split()[1]) / 1024)
        for child in _workers(pid)
        for line in Path(f"/proc/{child}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )


def filled(folder: Path, count: int) -> tuple[str, str]:
    """This function will make a house of its own with `count` files; its database and a cookie.

    It is made by another process: the one that asks keeps the database it has.
    """
    database = f"sqlite:///{folder}/files.sqlite3"
    script = (
        "from django.core.management import call_command; from django.utils import timezone;"
        "call_command('migrate', verbosity=0); from beffroi.demo import many_files;"
        f"print(many_files.prepare({count}, at=timezone.now()))"
    )
    environment = {
        **os.environ, "BEFFROI_DATABASE": database, "BEFFROI_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "beffroi.config.settings.demo",
    }  # fmt: skip
    made = subprocess.run(  # noqa: S603 — our own command
        [sys.executable, "-c", f"import django; django.setup(); {script}"],
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return database, made.stdout.strip().splitlines()[-1]
