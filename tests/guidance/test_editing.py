"""Lost words, phrases and public questions: right, state, journal, revision."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories import editors as make
from tests.factories.editors import NOW, TODAY

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.directory.enums import FactKind
from beffroi.directory.queries import revision
from beffroi.guidance import editing, editor_queries, permissions, questions, retention
from beffroi.guidance.enums import LostState, PhraseOrigin, WordRegister
from beffroi.guidance.models import LostWords, Phrase, PublicQuestion, Word
from beffroi.guidance.questions import QuestionWords

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


def lost(text: str = "on me coupe le jus", **more: Any) -> LostWords:
    values = {"lang": "fr", "fingerprint": text, "first_date": TODAY, "last_date": TODAY}
    return LostWords.objects.create(text=text, **(values | more))


def last_row() -> JournalEntry:
    return JournalEntry.objects.order_by("pk").last()


def test_tie_lost_words_adds_the_phrase_and_moves_the_revision() -> None:
    make.service("energie")
    row, before, by = lost(), revision(), make.editor()
    editing.tie_lost_words(lost=row, service="energie", by=by, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.answered_by, row.answered_at) == (LostState.ANSWERED, by.label, NOW)
    phrase = Phrase.objects.get()
    assert (phrase.service.key, phrase.lang, phrase.text, phrase.origin) == (
        "energie", "fr", "on me coupe le jus", PhraseOrigin.EDITOR,
    )  # fmt: skip
    assert revision() > before
    assert {r.verb for r in JournalEntry.objects.all()} == {"add_phrase", "tie_lost_words"}
    with pytest.raises(WrongState):
        editing.tie_lost_words(lost=row, service="energie", by=by, at=NOW)


def test_tie_lost_words_that_fails_leaves_them_open() -> None:
    make.service("energie")
    row = lost("appelez moi au 0470 12 34 56")
    for service, text in (("energie", ""), ("nulle-part", "plus de courant")):
        with pytest.raises(InvalidInput):
            editing.tie_lost_words(lost=row, service=service, text=text, by=make.editor(), at=NOW)
    row.refresh_from_db()
    assert (row.state, Phrase.objects.count()) == (LostState.OPEN, 0)


def test_dismiss_lost_words_wants_a_reason() -> None:
    row, by = lost(), make.editor()
    with pytest.raises(InvalidInput):
        editing.dismiss_lost_words(lost=row, reason="", by=by, at=NOW)
    editing.dismiss_lost_words(lost=row, reason="Météo", by=by, at=NOW)
    row.refresh_from_db()
    assert (row.state, last_row().reason) == (LostState.DISMISSED, "Météo")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EDITOR, Role.ADMINISTRATOR}))
def test_words_are_taught_by_editors_alone(role: str) -> None:
    make.service("energie")
    row, by = lost(), make.actor(role, "reception")
    with pytest.raises(NotAllowed):
        editing.tie_lost_words(lost=row, service="energie", by=by, at=NOW)
    with pytest.raises(NotAllowed):
        editing.add_phrase(service="energie", lang="fr", text="x y", by=by, at=NOW)
    with pytest.raises(NotAllowed):
        questions.write_question(
            words=QuestionWords("Q ?", ""), asked_on_month=MONTH, by=by, at=NOW
        )
    assert not permissions.lost_words_visible_to(by).exists()
    assert permissions.lost_words_visible_to(make.editor()).exists()


def test_remove_phrase_takes_away_an_editors_and_leaves_the_catalogue() -> None:
    make.service("energie")
    by = make.editor()
    own = editing.add_phrase(service="energie", lang="fr", text="plus de jus", by=by, at=NOW)
    shipped = Phrase.objects.create(service=own.service, lang="fr", text="facture", added_at=NOW)
    with pytest.raises(WrongState):
        editing.add_phrase(service="energie", lang="fr", text="plus  de jus", by=by, at=NOW)
    editing.remove_phrase(phrase=own, by=by, at=NOW)
    with pytest.raises(WrongState):
        editing.remove_phrase(phrase=shipped, by=by, at=NOW)
    assert list(Phrase.objects.all()) == [shipped]


def test_add_word_then_remove_it() -> None:
    make.service("energie")
    by = make.editor()
    word = editing.add_word(
        service="energie", lang="fr", text="compteur", register=WordRegister.LAY, by=by, at=NOW
    )
    with pytest.raises(WrongState):
        editing.add_word(
            service="energie", lang="fr", text="compteur", register=WordRegister.PRO, by=by, at=NOW
        )
    editing.remove_word(word=word, by=by, at=NOW)
    assert not Word.objects.exists()


def written(
    by: Any,
    question: str = "Que faire si je ne peux plus payer ?",
    answer: str = "Venez nous voir.",
) -> PublicQuestion:
    return questions.write_question(
        words=QuestionWords(question, answer), asked_on_month=date(2026, 11, 17), by=by, at=NOW
    )


def test_publish_question_wants_another_person() -> None:
    writer, reader, before = make.editor(), make.editor(), revision()
    row = written(writer)
    assert row.asked_on_month == MONTH
    with pytest.raises(WrongState):
        questions.publish_question(question=row, warnings_read=True, by=writer, at=NOW)
    questions.publish_question(question=row, warnings_read=False, by=reader, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.published_by, row.published_at) == ("published", reader.label, NOW)
    assert revision() == before + 1


def test_publish_question_refuses_without_exception_what_identifies() -> None:
    reader = make.editor()
    row = written(
        make.editor(), "Je suis au 0470 12 34 56, que faire ?", "Écrivez à moi@exemple.be"
    )
    with pytest.raises(InvalidInput) as refused:
        questions.publish_question(question=row, warnings_read=True, by=reader, at=NOW)
    assert set(refused.value.fields) == {"question", "answer"}
    row.refresh_from_db()
    assert row.state == "draft"


def test_publish_question_lets_the_answer_give_a_services_number() -> None:
    make.fact(make.service(), FactKind.PHONE, value={"e164": "+3265354129"})
    row = written(make.editor(), answer="Appelez le 065/35.41.29.")
    questions.publish_question(question=row, warnings_read=False, by=make.editor(), at=NOW)
    row.refresh_from_db()
    assert row.state == "published"


def test_publish_question_with_a_likely_name_wants_it_read() -> None:
    row, reader = written(make.editor(), "Madame Dupont ne répond plus, que faire ?"), make.editor()
    with pytest.raises(InvalidInput) as refused:
        questions.publish_question(question=row, warnings_read=False, by=reader, at=NOW)
    assert set(refused.value.fields) == {"warnings_read"}
    questions.publish_question(question=row, warnings_read=True, by=reader, at=NOW)
    assert last_row().detail == {"warnings": ["name"]}


def test_publish_question_without_an_answer_is_refused() -> None:
    with pytest.raises(InvalidInput):
        questions.publish_question(
            question=written(make.editor(), answer=""), warnings_read=True, by=make.editor(), at=NOW
        )


def test_edit_question_makes_it_a_draft_of_its_last_writer_and_keeps_no_removed_word() -> None:
    writer, reader = make.editor(), make.editor()
    row = written(writer, "Je suis Lina, que faire ?")
    questions.publish_question(question=row, warnings_read=True, by=reader, at=NOW)
    row.refresh_from_db()
    questions.edit_question(
        question=row, words=QuestionWords("Que faire ?", "Venez."), by=reader, at=NOW
    )
    row.refresh_from_db()
    assert (row.state, row.written_by_ref, row.published_by) == ("draft", reader.ref, "")
    assert last_row().detail == {"changed": ["question", "answer"]}
    assert "Lina" not in str(list(JournalEntry.objects.values()))
    with pytest.raises(WrongState):
        questions.publish_question(question=row, warnings_read=True, by=reader, at=NOW)
    questions.publish_question(question=row, warnings_read=True, by=writer, at=NOW)


def test_withdraw_then_erase_leaves_only_the_trace() -> None:
    row, by = written(make.editor()), make.editor()
    questions.publish_question(question=row, warnings_read=False, by=by, at=NOW)
    with pytest.raises(WrongState):
        questions.erase_question(question=row, by=by, at=NOW)
    questions.withdraw_question(question=row, reason="Demande de la personne", by=by, at=NOW)
    pk = row.pk
    questions.erase_question(question=row, by=by, at=NOW)
    assert not PublicQuestion.objects.exists()
    assert (last_row().verb, last_row().object_ref) == ("erase_question", str(pk))


def test_questions_list_puts_late_drafts_first(django_assert_num_queries: Any) -> None:
    by, all_rows = make.editor(), PublicQuestion.objects.all()
    late = questions.write_question(
        words=QuestionWords("A ?", "", answer_due_date=TODAY - timedelta(days=1)),
        asked_on_month=MONTH, by=by, at=NOW,
    )  # fmt: skip
    with django_assert_num_queries(2):
        assert list(editor_queries.questions(all_rows)) == [late]
    done = written(by)
    questions.publish_question(question=done, warnings_read=False, by=make.editor(), at=NOW)
    soon = questions.write_question(
        words=QuestionWords("B ?", "", answer_due_date=TODAY), asked_on_month=MONTH, by=by, at=NOW
    )
    with django_assert_num_queries(2):
        assert list(editor_queries.questions(all_rows)) == [late, soon, done]
    assert editor_queries.late_questions_count(TODAY) == 1


def test_lost_words_end_twelve_months_after_the_last_time() -> None:
    lost("old", last_date=TODAY - timedelta(days=366))
    kept = lost("recent", last_date=TODAY - timedelta(days=364))
    assert retention.end_lost_words(NOW) == 1
    assert list(LostWords.objects.all()) == [kept]


def test_questions_left_in_draft_end_after_a_year() -> None:
    old, kept = written(make.editor()), written(make.editor())
    PublicQuestion.objects.filter(pk=old.pk).update(written_at=NOW - timedelta(days=366))
    assert retention.end_questions(NOW) == 1
    assert list(PublicQuestion.objects.all()) == [kept]


def test_publish_question_publishes_the_words_that_were_read_and_no_others() -> None:
    writer, reader = make.editor(), make.editor()
    row = written(writer)
    read = PublicQuestion.objects.get(pk=row.pk)
    questions.edit_question(
        question=row, words=QuestionWords("Et ceci ?", "Autre chose."), by=writer, at=NOW
    )
    with pytest.raises(WrongState):
        questions.publish_question(question=read, warnings_read=True, by=reader, at=NOW)
    assert PublicQuestion.objects.get().state == "draft"
