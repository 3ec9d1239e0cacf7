"""A letter is written once, on paper that everybody can read, and never changed."""

from io import BytesIO

import pikepdf
import pypdf
import pytest
from django.db import DatabaseError, transaction
from docx import Document
from tests.factories import letters as factory

from beffroi.audit.models import JournalEntry
from beffroi.core.actors import system_actor
from beffroi.core.errors import InvalidInput
from beffroi.documents.letters import queries
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.enums import Delivery
from beffroi.documents.letters.facts import written
from beffroi.documents.letters.models import Letter, LetterTemplate
from beffroi.documents.letters.rendering import text_of
from beffroi.documents.letters.values import Recipient
from beffroi.rules import mentions

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> **gras** ![x](http://exemple.test/x) [l](javascript:1) {{ 7 }} {% if x %} \ue0000\ue001 \"'"


def _squeezed(text: str) -> str:
    """Without spaces: a PDF breaks lines where it likes."""
    return "".join(mentions.plain(text).split())


@pytest.mark.parametrize("kind", ["grant", "refusal", "recovery", "convocation"])
def test_pdf_carries_each_mention(kind: str) -> None:
    reference = factory.write(kind)
    facts = Letter.objects.get(reference=reference).facts
    pages = pypdf.PdfReader(BytesIO(queries.pdf_of(reference))).pages
    text = _squeezed(" ".join(page.extract_text() for page in pages))
    wanted = {
        piece
        for mention in mentions.kind_named(kind).mentions
        for fact in mention.facts
        for piece in written(facts, fact, "fr")
    }
    assert wanted
    assert {piece for piece in wanted if _squeezed(piece) not in text} == set()


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_pdf_is_tagged_named_and_in_its_language(lang: str) -> None:
    with pikepdf.open(BytesIO(queries.pdf_of(factory.write("grant", lang)))) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == lang
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert root.StructTreeRoot.K is not None
        with pdf.open_metadata() as data:
            assert data["pdfuaid:part"] == "1"
            assert data["dc:title"] == Letter.objects.get().subject
        fonts = {
            str(font.BaseFont).split("+")[-1]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }
        assert {name.startswith("Atkinson") for name in fonts} == {True}


def test_pdf_is_made_once_and_kept() -> None:
    reference = factory.write()
    first = queries.pdf_of(reference)
    kept = Letter.objects.get().pdf.name
    assert queries.pdf_of(reference) == first
    assert Letter.objects.get().pdf.name == kept


def test_pdf_that_was_changed_on_disk_is_not_handed_out() -> None:
    reference = factory.write()
    queries.pdf_of(reference)
    letter = Letter.objects.get()
    with letter.pdf.storage.open(letter.pdf.name, "wb") as opened:
        opened.write(b"%PDF-1.7 other")
    with pytest.raises(RuntimeError, match=reference):
        queries.pdf_of(reference)


def test_address_stands_in_the_window_of_the_envelope() -> None:
    page = pypdf.PdfReader(BytesIO(queries.pdf_of(factory.write()))).pages[0]
    seen: dict[str, tuple[float, float]] = {}

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        seen.setdefault(text.strip(), (x * 25.4 / 72, 297 - y * 25.4 / 72))

    page.extract_text(visitor_text=visit)
    lines = [seen[line] for line in ("Samira Exemple", "rue Fictive 12", "7000 Mons")]
    assert [109.9 <= x <= 112 and 50 <= y <= 80 for x, y in lines] == [True] * 3


@pytest.mark.parametrize(("kind", "lang"), [("grant", "fr"), ("recovery", "nl"), ("piis", "de")])
def test_docx_opens_and_holds_the_same_text(kind: str, lang: str) -> None:
    reference = factory.write(kind, lang)
    document = Document(BytesIO(queries.docx_of(reference)))
    pieces = [p.text for p in document.element.body.iter() if p.tag.endswith("}t") and p.text]
    wanted = text_of(Letter.objects.get().html)
    assert _squeezed("".join(pieces)) == _squeezed(wanted)
    assert document.core_properties.title == Letter.objects.get().subject
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [
        Letter.objects.get().subject
    ]


def test_hostile_facts_stay_words() -> None:
    facts = factory.facts_for("grant")
    facts["decision"]["motives"] = [HOSTILE]
    facts["aid"]["label"] = HOSTILE
    facts["aid"]["calculation"][0]["label"] = HOSTILE
    facts["worker"]["name"] = HOSTILE
    to = Recipient(HOSTILE, (HOSTILE,), Delivery.POST)
    letter = Letter.objects.get(reference=factory.write(facts=facts, recipient=to))
    assert "<script" not in letter.html
    assert "<img" not in letter.html
    assert "<a " not in letter.html
    assert "<strong>gras" not in letter.html
    said = HOSTILE.replace("\ue000", "").replace("\ue001", "")
    assert text_of(letter.html).count(mentions.plain(said)) >= 6
    assert queries.pdf_of(letter.reference).startswith(b"%PDF")
    assert queries.docx_of(letter.reference).startswith(b"PK")


@pytest.mark.parametrize("field", ["html", "facts", "subject", "recipient_name", "kind"])
def test_letter_is_frozen_by_the_database(field: str) -> None:
    factory.write()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Letter.objects.update(**{field: {"x": 1} if field == "facts" else "autre"})


def test_version_of_a_template_is_frozen_by_the_database() -> None:
    factory.write()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        LetterTemplate.objects.update(body="autre")


def test_letters_are_numbered_without_a_gap() -> None:
    first = factory.write()
    with pytest.raises(letters.MissingMentions):
        factory.write(facts={})
    assert (first, factory.write()) == ("L26-000001", "L26-000002")


def test_number_is_given_back_when_the_text_lacks_a_mention(monkeypatch) -> None:
    from beffroi.documents.letters.services import writing

    monkeypatch.setattr(
        writing,
        "lacks_of",
        lambda *_: [mentions.Lack(mentions.kind_named("grant").mentions[0], "", "fr")],
    )
    with pytest.raises(letters.MissingMentions):
        factory.write()
    monkeypatch.undo()
    assert factory.write() == "L26-000001"


def test_correction_is_a_new_letter_and_only_one() -> None:
    first = factory.write()
    second = factory.write(corrects=first)
    assert Letter.objects.get(reference=second).corrects.reference == first
    with pytest.raises(InvalidInput):
        factory.write(corrects=first)
    with pytest.raises(InvalidInput):
        factory.write(corrects=second, owner_ref="D26-000099")


def test_writing_is_journalled() -> None:
    reference = factory.write()
    entry = JournalEntry.objects.get(verb="letter.write")
    assert (entry.object_ref, entry.subject_ref) == (reference, "P26000001")


def test_preview_keeps_nothing() -> None:
    html = letters.preview_letter(
        kind="grant", lang="fr", facts=factory.facts_for("grant"), recipient=factory.RECIPIENT,
        by=system_actor("tests"), at=factory.NOW,
    )  # fmt: skip
    assert "1 048,80 €" in text_of(html)
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "recipient",
    [Recipient("", ("rue Fictive 12",)), Recipient("Samira Exemple", ()), Recipient(" ", (" ",))],
)
def test_letter_by_post_needs_a_whole_recipient(recipient: Recipient) -> None:
    with pytest.raises(InvalidInput):
        factory.write(recipient=recipient)


def test_letter_in_an_unknown_language_or_kind_is_refused() -> None:
    with pytest.raises(InvalidInput):
        factory.write(lang="ar")
    with pytest.raises(InvalidInput):
        factory.write(kind="poem", facts={})


def test_amount_as_a_float_is_refused() -> None:
    facts = factory.facts_for("grant")
    facts["aid"]["amount"] = 12.5
    with pytest.raises(InvalidInput) as refused:
        factory.write(facts=facts)
    assert set(refused.value.fields) == {"aid.amount"}
