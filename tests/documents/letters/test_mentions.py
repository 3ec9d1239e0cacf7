"""Each letter carries what the law wants it to say, in its text and on its paper."""

import pytest
from tests.factories import letters as factory
from tests.factories.letters import KINDS, LANGS

from beffroi.documents.letters import services as letters
from beffroi.documents.letters.facts import declared, written
from beffroi.documents.letters.law import law_texts
from beffroi.documents.letters.models import Letter
from beffroi.documents.letters.rendering import text_of
from beffroi.documents.letters.services import MissingMentions
from beffroi.rules import mentions

DECISIONS = [key for key, kind in mentions.kinds().items() if kind.is_decision]
ONE_BY_ONE = [
    (kind, fact)
    for kind in KINDS
    for fact in mentions.facts_wanted(kind)
    if not declared()[fact].is_house
]


@pytest.mark.django_db
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_letter_of_each_kind_and_language_is_written_whole(kind: str, lang: str) -> None:
    letter = Letter.objects.get(reference=factory.write(kind, lang))
    text = text_of(letter.html).casefold()
    carried = {
        (fact, piece)
        for mention in mentions.kind_named(kind).mentions
        for fact in mention.facts
        for piece in written(letter.facts, fact, "fr")
    }
    assert carried
    assert {one for one in carried if not mentions.holds(text, one[1])} == set()
    assert letter.state == "written"


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "fact"), ONE_BY_ONE)
def test_letter_without_one_fact_is_refused_and_names_it(kind: str, fact: str) -> None:
    facts = factory.facts_for(kind)
    room, name = fact.split(".")
    del facts[room][name]
    with pytest.raises(MissingMentions) as refused:
        factory.write(kind, facts=facts)
    assert {lack.fact for lack in refused.value.lacks} == {fact}
    assert declared()[fact].label in str(refused.value)
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_letter_without_several_facts_names_each() -> None:
    facts = factory.facts_for("grant")
    del facts["worker"], facts["aid"]["amount"]
    with pytest.raises(MissingMentions) as refused:
        factory.write("grant", facts=facts)
    assert set(refused.value.facts) == {"worker.name", "worker.phone", "aid.amount"}


@pytest.mark.django_db
def test_decision_is_refused_where_the_court_is_not_known() -> None:
    facts = factory.facts_for("grant")
    facts["person"] = {"municipality": "92094"}
    with pytest.raises(MissingMentions) as refused:
        factory.write("grant", facts=facts)
    assert set(refused.value.facts) == {"court.name", "court.address"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", DECISIONS)
def test_decision_prints_both_articles_whole_and_the_court(kind: str) -> None:
    text = text_of(Letter.objects.get(reference=factory.write(kind, "nl")).html).casefold()
    wanted = [p for law in law_texts().values() for p in law.paragraphs]
    wanted += ["Tribunal du travail du Hainaut, division Mons", "rue des 3 Boudins 10, 7000 Mons"]
    wanted += ["dans les 3 mois", "binnen de 3 maanden", "ne suspend pas la décision"]
    assert [one for one in wanted if not mentions.holds(text, one)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["nl", "de", "en"])
def test_letter_opens_in_the_language_of_the_person_and_goes_on_in_french(lang: str) -> None:
    html = Letter.objects.get(reference=factory.write("grant", lang)).html
    first, body = html.split('<div class="body" lang="fr">')
    assert html.startswith(f'<article class="sheet" lang="{lang}">')
    assert "tribunal du travail" not in text_of(first).casefold().replace(
        "tribunal du travail du hainaut", ""
    )
    assert "Comment nous avons compté" in body


@pytest.mark.django_db
def test_unknown_fact_is_refused_by_name() -> None:
    facts = factory.facts_for("grant")
    facts["aid"]["secret"] = "x"
    with pytest.raises(letters.writing.InvalidInput) as refused:
        factory.write("grant", facts=facts)
    assert set(refused.value.fields) == {"aid.secret"}


@pytest.mark.parametrize(
    ("text", "said", "held"),
    [
        ("il reçoit 100,00 € par mois", "100,00 €", True),
        ("il reçoit 2 100,00 € par mois", "100,00 €", False),
        ("il reçoit 2\u202f100,00\u00a0€ par mois", "2 100,00 €", True),
        ("en 2026 140,00 €", "140,00 €", True),
        ("art. 22, § 2\n250,00 €", "250,00 €", True),
        ("dossiers d26-0000421", "D26-000042", False),
        ("1.250,00 €", "250,00 €", False),
        ("", "250,00 €", False),
        ("tout", "", False),
    ],
)
def test_something_said_stands_by_itself(text: str, said: str, held: bool) -> None:
    assert mentions.holds(mentions.plain(text).casefold(), said) is held


def test_each_mention_has_reference_source_and_status() -> None:
    import yaml

    content = yaml.safe_load(mentions._FILE.read_text(encoding="utf-8"))
    assert [
        key
        for key, row in content["mentions"].items()
        if not row["reference"] or row["source"] not in content["sources"]
        or row["status"] not in {"read", "inferred"}
    ] == []  # fmt: skip
    used = {m.key for kind in mentions.kinds().values() for m in kind.mentions}
    assert set(content["mentions"]) == used
    named = {f for k in KINDS for m in mentions.kinds()[k].mentions for f in m.facts}
    assert named - set(declared()) == set()


def test_each_mention_said_in_words_is_said_in_four_languages() -> None:
    assert [
        m.key
        for kind in mentions.kinds().values()
        for m in kind.mentions
        if m.says and set(m.says) != set(LANGS)
    ] == []
