"""The papers of an agreement: from a template, whole, written once, never out of a later text."""

from datetime import date
from io import BytesIO

import docx
import pikepdf
import pytest
from tests.factories import agreements as make
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.acts.agreements import services as agreements
from beffroi.acts.agreements.enums import Finding, PartySide
from beffroi.acts.agreements.export import export_agreements
from beffroi.acts.agreements.models import Agreement
from beffroi.acts.agreements.queries import papers_of, papers_wanted
from beffroi.acts.agreements.services import ClauseDraft
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters import queries as letter_queries
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.permissions import letters_visible_to
from beffroi.documents.letters.rendering import text_of
from beffroi.documents.letters.services import MissingMentions
from beffroi.people import services as people
from beffroi.rules import mentions

pytestmark = pytest.mark.django_db


def _wanted(made: make.Made) -> list[str]:
    return [paper.key for paper in papers_wanted(made.row)]


def _said(reference: str) -> str:
    return mentions.plain(text_of(Letter.objects.get(reference=reference).html))


def _evaluated(made: make.Made, **more) -> make.Made:
    given = {"finding": Finding.ON_COURSE, "worker_words": "Deux absences, justifiées."} | more
    made.do(agreements.evaluate, at=make.later(90), held_date=make.later(90).date(), **given)
    return made


def test_papers_wanted_follow_the_life_of_a_project() -> None:
    made = make.written()
    assert _wanted(made) == []
    made.do(agreements.propose)
    assert _wanted(made) == ["reading-2026-03-10"]
    made.do(agreements.sign, at=make.later(8), signed_date=date(2026, 3, 18))
    assert _wanted(made) == ["text-1"]
    made.do(agreements.start, at=make.later(13))
    _evaluated(made)
    assert _wanted(made) == ["evaluation-1", "text-1"]


def test_project_to_read_says_the_days_of_reflection() -> None:
    made = make.written()
    made.do(agreements.propose)
    letter = made.do(agreements.write_paper, what="reading-2026-03-10")
    said = _said(letter)
    assert "cinq jours ouvrables pour réfléchir" in said
    assert "la signature est prévue le 18 mars 2026" in said
    assert Letter.objects.get().kind == "piis"


def test_signed_project_carries_what_both_promised_and_who_signed() -> None:
    made = make.running()
    letter = made.do(agreements.write_paper, what="text-1")
    row, said = Agreement.objects.get(), _said(letter)
    for words in (
        row.reference, "Une formation de soudeur", "23 mars 2026", "22 mars 2027",
        "Suivre la formation", "Payer le matériel", "Veut devenir soudeur.", "version 1",
        "18 mars 2026", "chaque trimestre", "suspendre", str(row.person),
        row.texts.get().digest[:16],
    ):  # fmt: skip
        assert mentions.plain(words) in said
    kept = Letter.objects.get()
    assert (kept.kind, kept.owner_ref, kept.subject_ref, kept.delivery) == (
        "piis_text", f"{row.reference}/text-1", row.reference, Delivery.HAND,
    )  # fmt: skip


def test_papers_are_tagged_and_can_be_edited() -> None:
    made = _evaluated(make.running(), person_words="Le bus du soir manque.")
    letter = made.do(agreements.write_paper, what="evaluation-1")
    with pikepdf.open(BytesIO(letter_queries.pdf_of(letter))) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (True, "fr")
        assert "/StructTreeRoot" in pdf.Root
    words = {p.text for p in docx.Document(BytesIO(letter_queries.docx_of(letter))).paragraphs}
    assert {"Le bus du soir manque.", "Deux absences, justifiées."} <= words


def test_signed_text_is_written_as_signed_though_an_amendment_is_under_way() -> None:
    made = make.running()
    made.do(agreements.amend, at=make.later(20), why="Un autre horaire.")
    clauses = [ClauseDraft(PartySide.PERSON, "Venir le samedi")]
    made.do(agreements.add_clauses, at=make.later(20), clauses=clauses)
    assert "Venir le samedi" not in _said(made.do(agreements.write_paper, what="text-1"))
    made.do(agreements.sign_amendment, at=make.later(21), signed_date=make.later(21).date())
    second = _said(made.do(agreements.write_paper, at=make.later(21), what="text-2"))
    for words in ("Venir le samedi", "version 2", "Un autre horaire."):
        assert words in second


def test_paper_is_written_once_unless_it_was_set_aside() -> None:
    made = make.running()
    first = made.do(agreements.write_paper, what="text-1")
    with pytest.raises(WrongState):
        made.do(agreements.write_paper, what="text-1")
    letters.set_aside(letter=first, reason="Nom mal écrit.", by=made.by, at=make.NOW)
    again = made.do(agreements.write_paper, what="text-1")
    assert [p.letter.reference for p in papers_of(made.row)] == [again]
    with pytest.raises(WrongState):
        made.do(agreements.write_paper, what="evaluation-7")


def test_project_without_an_end_is_refused_with_what_lacks() -> None:
    made = make.written()
    terms = {"title": "Un emploi", "starts_date": date(2026, 3, 23), "ends_date": None}
    made.do(agreements.set_terms, **terms)
    with pytest.raises(WrongState, match="quand le projet finit"):
        made.do(agreements.propose)
    made.do(agreements.set_terms, **terms | {"ends_date": date(2027, 3, 22)})
    made.do(agreements.propose)
    Agreement.objects.update(ends_date=None)  # as an older project may be
    made.do(agreements.sign, at=make.later(8), signed_date=date(2026, 3, 18))
    with pytest.raises(MissingMentions, match="la fin du projet") as refused:
        made.do(agreements.write_paper, what="text-1")
    assert set(refused.value.facts) == {"piis.end_date"}
    assert not Letter.objects.exists()


def test_work_contract_has_its_own_paper() -> None:
    made = make.work()
    letter = made.do(agreements.write_paper, what="text-1")
    assert Letter.objects.get().kind == "agreement_text"
    for words in ("Aide en cuisine", "M. Dubois", "312 jours", "Payer le salaire"):
        assert words in _said(letter)


def test_paper_opens_in_the_language_of_the_person_and_by_post_wants_an_address() -> None:
    made = make.running()
    type(made.row.person).objects.update(lang="nl")
    with pytest.raises(InvalidInput, match="adresse"):
        made.do(agreements.write_paper, what="text-1", how=Delivery.POST)
    letter = made.do(agreements.write_paper, what="text-1")
    html = Letter.objects.get(reference=letter).html
    assert html.startswith('<article class="sheet" lang="nl">')
    assert "Uw project, getekend op 18 maart 2026" in html


def test_papers_open_as_their_agreement_does() -> None:
    made = make.running()
    letter = made.do(agreements.write_paper, what="text-1")
    other, leader = agent(Role.SOCIAL_WORKER, "general_aid"), agent(Role.DIRECTOR_GENERAL, "")
    relative = agent(Role.TEAM_LEADER, "insertion")
    people.link_staff(
        agent=int(relative.ref), reference=made.row.person.reference, by=relative, at=make.NOW
    )
    seen = [
        list(letters_visible_to(who).values_list("reference", flat=True))
        for who in (made.by, relative, other, leader)
    ]
    assert seen == [[letter], [], [], []]
    with pytest.raises(NotAllowed):
        agreements.write_paper(reference=made.reference, what="text-1", by=other, at=make.NOW)


def test_papers_are_given_to_the_person_who_asks_for_everything() -> None:
    made = make.running()
    letter = made.do(agreements.write_paper, what="text-1")
    officer = agent(Role.PRIVACY_OFFICER, "")
    given = export_agreements(made.row.person.reference, officer)["agreements"]
    assert [one["reference"] for one in given[0]["letters"]] == [letter]
