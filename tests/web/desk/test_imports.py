"""The editors' pages of imports, and the command that does the same."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.conftest import agent_actor

from beffroi.accounts.models import Agent, Post
from beffroi.cli.load_hsds import run_import
from beffroi.demo.large_directory import SMALL, tables, write_folder, write_zip
from beffroi.directory import services as directory
from beffroi.directory.models import ImportRun, Service
from beffroi.web.access import EDITORS, access_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo_sign_in(settings: object) -> None:
    settings.BEFFROI_SECOND_FACTOR = False  # type: ignore[attr-defined]


def _signed_in(role: str) -> Client:
    agent = Agent.objects.create_user(f"agent-{role}", password="x")
    Post.objects.create(agent=agent, role=role, since_date=date(2020, 1, 1))
    client = Client()
    client.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    return write_zip(tmp_path / "ville.zip", write_folder(tmp_path / "ville", tables(SMALL)))


def _upload(client: Client, name: str, content: bytes) -> str:
    response = client.post(
        reverse("desk:import_new"),
        {"file": SimpleUploadedFile(name, content), "publisher": "Ville", "lang": "en",
         "country": "us"},
    )  # fmt: skip
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response["Location"])


def test_editor_uploads_a_package_and_reads_its_report(packed: Path) -> None:
    client = _signed_in("editor")
    place = _upload(client, "ville.zip", packed.read_bytes())
    assert Service.objects.filter(is_listed=False, is_local=False).count() == SMALL.services
    page = client.get(place).content.decode()
    assert "L’état est vide." in page
    assert "services.csv" in page
    only = client.get(place, {"defaut": "missing_coordinates"}).content.decode()
    assert "locations.csv" in only
    assert "services.csv" not in only
    assert "Ville" in client.get(reverse("desk:imports")).content.decode()
    run = ImportRun.objects.get()
    table = client.get(reverse("desk:import_csv", args=[run.pk])).content.decode()
    assert len(table.splitlines()) == 1 + len(run.faults)


def test_unreadable_package_is_refused_and_leaves_a_trace() -> None:
    client = _signed_in("editor")
    place = _upload(client, "photo.zip", b"not a zip")
    assert [(r.state, r.started_by) for r in ImportRun.objects.all()] == [
        ("refused", "agent-editor")
    ]
    assert "rien n’est entré" in client.get(place).content.decode()


def test_form_without_file_says_so() -> None:
    response = _signed_in("editor").post(reverse("desk:import_new"), {"publisher": "Ville"})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()


@pytest.mark.parametrize("role", ["reception", "social_worker", "team_leader", "privacy_officer"])
def test_other_roles_do_not_find_the_imports(role: str, at: datetime, tmp_path: Path) -> None:
    run = directory.refuse_import(
        file_name="x", publisher="y", why="z", by=agent_actor(1, "editor"), at=at
    )
    client = _signed_in(role)
    for name, args in (
        ("imports", []), ("import_new", []), ("import_report", [run.pk]), ("import_csv", [run.pk]),
    ):  # fmt: skip
        assert client.get(reverse(f"desk:{name}", args=args)).status_code == 404
        assert Client().get(reverse(f"desk:{name}", args=args)).status_code == 302
        assert access_table()[f"desk:{name}"] == frozenset(map(str, EDITORS))


def test_list_of_imports_costs_the_same_for_one_and_three(
    at: datetime, django_assert_max_num_queries: object
) -> None:
    client = _signed_in("editor")
    editor = agent_actor(1, "editor")
    client.get(reverse("desk:imports"))  # what every page keeps for a moment is read once
    costs = []
    for count in (1, 2):
        for _ in range(count):
            directory.refuse_import(file_name="x", publisher="y", why="z", by=editor, at=at)
        with django_assert_max_num_queries(12) as queries:  # type: ignore[operator]
            client.get(reverse("desk:imports"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_command_imports_and_prints_the_report(
    packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "rapport.csv"
    arguments = [str(packed), "--publisher", "Ville", "--country", "US", "--publish"]
    assert run_import([*arguments, "--report", str(written)]) == 0
    said = capsys.readouterr().out
    assert f"created {SMALL.services}" in said
    assert "services.csv:2 status : L’état est vide." in said
    assert len(written.read_text("utf-8-sig").splitlines()) == 1 + len(
        ImportRun.objects.get().faults
    )
    assert Service.objects.filter(is_listed=True).count() == SMALL.services


def test_command_refuses_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_import(["/nowhere", "--publisher", "Ville"]) == 2
    assert "/nowhere" in capsys.readouterr().err
