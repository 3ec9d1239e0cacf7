"""Answers of an aid: read as they are typed, kept by their type, said in words."""

import pytest
from tests.factories import casework as made

from beffroi.casework import aids, motives
from beffroi.casework import services as casework
from beffroi.casework.details import Details, Unreadable, checked, plain
from beffroi.casework.models import FileClock
from beffroi.core.errors import InvalidInput, WrongState

MONEY, DATE = aids.AidField("a", "A", "money"), aids.AidField("a", "A", "date")


@pytest.mark.parametrize(
    ("type_", "typed", "kept"),
    [
        ("money", "1.234,5", "1234.50"), ("money", "1 234,56 €", "1234.56"), ("money", "12.30", "12.30"),
        ("money", "", ""), ("money", None, ""), ("integer", "3", "3"), ("integer", "0", "0"),
        ("rate", "0,1375", "0.1375"), ("number", "998,50", "998.5"), ("date", "2026-11-24", "2026-11-24"),
        ("bool", "yes", "yes"), ("bool", False, "no"), ("bool", "", ""), ("points", "3", "3"),
        ("text", "  un mot ", "un mot"),
    ],
)  # fmt: skip
def test_an_answer_is_kept_by_its_type(type_: str, typed: object, kept: str) -> None:
    choices = tuple((str(n), str(n)) for n in range(4))
    assert plain(aids.AidField("a", "A", type_, choices=choices), typed) == kept


@pytest.mark.parametrize(
    ("type_", "typed"),
    [
        ("money", "douze"), ("money", "-5"), ("money", "1,234"), ("money", "NaN"), ("money", "1e12"),
        ("integer", "2,5"), ("date", "2026-02-30"), ("date", "hier"), ("bool", "peut-être"),
        ("points", "4"), ("choice", "autre"), ("choices", ["autre"]), ("rate", "0,12345"),
    ],
)  # fmt: skip
def test_an_answer_of_another_type_is_refused_with_words(type_: str, typed: object) -> None:
    with pytest.raises(Unreadable, match=r"\."):
        plain(aids.AidField("a", "A", type_), typed)


def test_every_fault_is_said_at_once() -> None:
    kept, faults = checked(aids.aid("rental_guarantee"), {"form": "autre", "rent": "x"})
    assert set(faults) == {"form", "rent", "asked_amount", "dwelling", "landlord"}
    assert set(kept) >= {"is_decent", "instalment"}


def test_unknown_is_neither_no_nor_zero() -> None:
    told = Details(aids.aid("installation_grant"), {"was_homeless": "", "received_before": "no"})
    assert (told.flag("was_homeless"), told.flag("received_before")) == (None, False)
    assert told.words("was_homeless") == ""


def test_motives_are_filled_from_the_answers_and_mark_what_lacks() -> None:
    given = {"form": "letter", "dwelling": "rue Fictive 8", "landlord": "Immo Exemple"}
    text = motives.prepared("rental_guarantee", given, "grant")
    assert "rue Fictive 8" in text and "lettre de caution du CPAS" in text
    assert motives.left_to_fill(text) == ["mensualité de remboursement convenue"]
    assert motives.left_to_fill(motives.prepared("rental_guarantee", given, "refusal")) == []


@pytest.mark.django_db
def test_answers_are_corrected_during_the_enquiry_and_not_after_the_organ_has_them() -> None:
    one = made.held(kind="meals", details={"meals_week": "5", "tariff": "typed"})
    key = {"reference": one.reference, "by": one.worker, "at": made.NOW}
    version = one.application.version
    casework.change_details(
        answers={"meals_week": "7", "tariff": "typed", "rate": "6,50"}, version=version, **key
    )
    assert one.application.details["rate"] == "6.50"
    with pytest.raises(WrongState, match="Quelqu’un d’autre"):
        casework.change_details(
            answers={"meals_week": "3", "tariff": "typed"}, version=version, **key
        )
    with pytest.raises(InvalidInput) as refused:
        casework.change_details(answers={"meals_week": "beaucoup"}, **key)
    assert set(refused.value.fields) == {"meals_week", "tariff"}


@pytest.mark.django_db
def test_a_clock_met_elsewhere_is_said_done_with_how() -> None:
    one = made.held()
    clock = FileClock.objects.create(
        file=one.file, subject_ref="G1", event="medical_cover_decided", what="mediprima_notice",
        started_on=made.TODAY, due_date=made.TODAY, rule="45 calendar days", reference="loi",
    )  # fmt: skip
    key = {"number": one.number, "by": one.worker, "at": made.NOW}
    with pytest.raises(InvalidInput):
        casework.settle(clock=clock.pk, how=" ", **key)
    casework.settle(clock=clock.pk, how="Encodé dans MediPrima", **key)
    clock.refresh_from_db()
    assert clock.met_at == made.NOW
    decision = one.file.clocks.get(what="decision")
    with pytest.raises(WrongState):
        casework.settle(clock=decision.pk, how="Non", **key)
