"""From words to services: the ranking, the reasons, the confidence."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from beffroi.guidance.engine import score
from beffroi.guidance.engine.content import Phrase
from beffroi.guidance.engine.encoder import NoEncoder, UseEncoder, VectorStore
from beffroi.guidance.engine.guide import Guide, Orientation

GuideOf = Callable[..., Guide]


def services(found: Orientation) -> list[str]:
    return [result.service for result in found.results]


def test_orient_puts_an_exact_phrase_first_with_full_score(small: Guide) -> None:
    found = small.orient("On va me couper le gaz !")
    first = found.results[0]
    assert (first.service, first.score, first.reason.kind) == ("energy", 1.0, "phrase")
    assert found.confident is True


def test_orient_says_why_in_french(small: Guide) -> None:
    first = small.orient("on va me couper le gaz").results[0]
    assert (
        first.because_fr == "D’autres personnes disent\u202f: «\u202fon va me couper le gaz\u202f»."
    )


def test_orient_understands_misspelled_words(small: Guide, wordy: Guide) -> None:
    for guide in (small, wordy):
        assert services(guide.orient("jariv plu a payé le chofage"))[0] == "energy"


def test_orient_understands_another_language(small: Guide) -> None:
    found = small.orient("мій велосипед зламався")
    assert (found.lang, services(found)[0]) == ("uk", "bikes")


def test_orient_answers_russian_as_ukrainian(small: Guide) -> None:
    found = small.orient("мне нужно починить велосипед")
    assert (found.lang, services(found)[0]) == ("uk", "bikes")


def test_orient_shows_the_status_of_a_planned_service(small: Guide) -> None:
    assert small.orient("mon vélo est cassé").results[0].status == "planned"


def test_orient_keeps_to_the_limit(small: Guide) -> None:
    assert len(small.orient("vélo", limit=2).results) == 2


def test_orient_gives_the_house_of_the_place_named(small: Guide) -> None:
    first = small.orient("des activités à Ghlin").results[0]
    assert (first.service, first.reason.kind, first.reason.words) == (
        "house-ghlin",
        "place",
        ("ghlin",),
    )


def test_orient_shows_one_house_at_most_when_no_place_is_named(small: Guide) -> None:
    found = services(small.orient("des activités dans une maison de quartier"))
    assert sum(service.startswith("house-") for service in found) == 1


def test_orient_gives_nothing_for_no_words(small: Guide) -> None:
    assert small.orient(" ?! ") == Orientation("fr", None, False, ())


def test_orient_takes_the_language_told(small: Guide) -> None:
    assert small.orient("help", "nl").lang == "nl"


def test_orient_is_right_at_once_after_a_phrase_is_added(
    encoder: UseEncoder, guide_of: GuideOf
) -> None:
    words = "le machin rouge clignote dans la cave"
    added = Phrase("energy", "fr", words, kind="edited")
    before = guide_of(encoder).orient(words)
    after = guide_of(encoder, more=[added]).orient("le machin rouge clignotte dans la cave")
    assert before.confident is False
    assert (services(after)[0], after.confident) == ("energy", True)


def test_orient_never_answers_with_what_is_out_of_scope(whole: Guide) -> None:
    found = whole.orient("renouveler mon passeport")
    assert found.confident is False
    assert "outside" not in services(found)


@pytest.mark.parametrize("words", ["azerty qsdf wxcv", "zzz", "météo demain", "passport renewal"])
def test_orient_is_not_confident_out_of_scope(whole: Guide, words: str) -> None:
    assert whole.orient(words).confident is False


def test_guide_reads_its_snapshot_and_answers_the_same(tmp_path: Path, guide_of: GuideOf) -> None:
    first = guide_of(NoEncoder(), tmp_path)
    again = guide_of(NoEncoder(), tmp_path)
    assert again.orient("mon vélo") == first.orient("mon vélo")
    assert [p.name for p in tmp_path.iterdir()] == ["guide.snapshot"]


def test_guide_rebuilds_when_a_snapshot_is_damaged(tmp_path: Path, guide_of: GuideOf) -> None:
    guide_of(NoEncoder(), tmp_path)
    snapshot = tmp_path / "guide.snapshot"
    snapshot.write_bytes(snapshot.read_bytes()[:2000])
    guide = guide_of(NoEncoder(), tmp_path)
    assert services(guide.orient("mon vélo"))[0] == "bikes"


def test_vectors_are_reckoned_once_for_each_text(tmp_path: Path, encoder: UseEncoder) -> None:
    asked: list[str] = []

    class Counting:
        name, size = encoder.name, encoder.size

        def encode(self, texts: list[str]):  # type: ignore[no-untyped-def]
            asked.extend(texts)
            return encoder.encode(texts)

    VectorStore(Counting(), tmp_path).vectors(["un", "deux"])
    VectorStore(Counting(), tmp_path).vectors(["deux", "trois", "un"])
    assert asked == ["un", "deux", "trois"]


def test_judged_queries_find_their_service(whole: Guide, judged: Path) -> None:
    scored = score.score(whole, score.load_judged(judged / "held.yaml"))
    print(score.table(scored))
    inside = [s for s in scored if s.judged.in_scope]

    def share(langs: set[str], kinds: set[str] | None = None) -> float:
        rows = [
            s for s in inside if s.judged.lang in langs and (not kinds or s.judged.kind in kinds)
        ]
        return sum(1 <= s.rank <= 3 for s in rows) / len(rows)

    assert [s.judged.q for s in inside if not s.answer.results] == []
    assert [s.judged.q for s in scored if s.judged.urgent and not s.answer.urgent] == []
    assert share({"fr"}) >= 0.85
    assert share({"fr"}, {"misspelled", "sms"}) >= 0.80
    assert share({"nl", "en"}) >= 0.70
    assert share({"de", "ar", "uk", "tr", "it"}) >= 0.50
    outside = [s for s in scored if not s.judged.in_scope]
    assert sum(s.answer.confident for s in outside) <= len(outside) / 10


def test_table_counts_each_language(wordy: Guide) -> None:
    item = score.Judged("1", "mon vélo", "fr", "plain", ("bikes",), None, True)
    lost = replace(item, id="2", lang="nl", q="mijn fiets", expect=("debts",))
    printed = score.table(score.score(wordy, [item, lost], tell_lang=True))
    counts = re.findall(r"^(lang \w\w|all)\s+(\d+)", printed, re.MULTILINE)
    assert counts == [("all", "2"), ("lang fr", "1"), ("lang nl", "1")]
