"""A fact of a decided enquiry corrected: each decision that took it as it was is given."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import after, aids
from tests.factories import casework as made
from tests.factories.requests import agent

from beffroi.accounts.enums import Role
from beffroi.audit.models import JournalEntry
from beffroi.casework import rectifying
from beffroi.casework import services as casework
from beffroi.casework.enums import Question
from beffroi.casework.facts import appreciation_of
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState

pytestmark = pytest.mark.django_db
WHY = "Le registre national dit autre chose."


def _key(one: after.Granted) -> dict[str, object]:
    return {"number": one.number, "why": WHY, "by": one.worker, "at": after.AFTER}


def _said(rested: list[rectifying.Rested]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.number, one.was) for one in rested]


def test_category_rectified_gives_the_decisions_that_took_the_old_one() -> None:
    one = after.granted()
    number = one.grant.decision.number
    rested = casework.rectify_category(
        application=one.reference, value="cohabitant", **_key(one)
    )  # fmt: skip
    assert _said(rested) == [(number, ("la catégorie : isolé",))]
    assert [r.grant for r in rested] == [one.grant_ref]
    kept = one.application.appreciations.filter(question=Question.CATEGORY).order_by("pk")
    assert list(kept.values_list("value", "why"))[1:] == [("cohabitant", WHY)]
    assert kept.count() == 2
    assert appreciation_of(one.application, Question.CATEGORY).value == "cohabitant"
    assert [(g.reference, what) for g, what in rectifying.stale_decisions(one.file)] == [
        (one.grant_ref, ["la catégorie"])
    ]
    # No decision took the wrong word: it was corrected before anything was decided on it.
    again = casework.rectify_category(application=one.reference, value="family", **_key(one))
    assert _said(again) == []


def test_decision_itself_stays_as_it_was_taken() -> None:
    one = after.granted()
    frozen = one.grant.decision.facts
    casework.rectify_category(application=one.reference, value="cohabitant", **_key(one))
    casework.rectify_date(application=one.reference, day=date(2026, 11, 1), **_key(one))
    assert one.grant.decision.facts == frozen


def test_household_rectified_gives_the_decisions_that_took_it_otherwise() -> None:
    one = after.granted()
    number = one.grant.decision.number
    missed = casework.rectify_household(
        application=one.reference, name="Zoé Haddad", relation="adult_child", **_key(one)
    )
    assert _said(missed) == [(number, ("les cohabitants : rien",))]
    who = one.application.cohabitants.get()
    corrected = casework.rectify_household(
        application=one.reference,
        cohabitant=who.pk,
        relation="friend",
        claims_ris=True,
        **_key(one),
    )
    who.refresh_from_db()
    assert (_said(corrected), who.relation, who.claims_ris) == ([], "friend", True)
    one.application.resources.create(
        kind="other", label="Salaire", monthly=Decimal("900.00"), cohabitant=who
    )
    gone = casework.rectify_household(
        application=one.reference, cohabitant=who.pk, lives_there=False, **_key(one)
    )
    assert _said(gone) == []
    assert (one.application.cohabitants.count(), one.application.resources.count()) == (0, 1)
    assert rectifying.stale_decisions(one.file) == []


def test_date_rectified_gives_the_decisions_that_counted_from_it() -> None:
    one = after.granted()
    was = one.application.wanted_from
    rested = casework.rectify_date(application=one.reference, day=date(2026, 11, 1), **_key(one))
    assert _said(rested) == [(one.grant.decision.number, (f"la date : {was:%d/%m/%Y}",))]
    assert one.application.wanted_from == date(2026, 11, 1)


def test_good_rectified_gives_the_decisions_that_took_it() -> None:
    held = made.held()
    good = held.application.assets.create(
        kind="transfer", label="Maison", amount=Decimal("9000.00"),
        details={"date": "2024-05-02", "share": "1"},
    )  # fmt: skip
    assert good.application.reference == held.reference
    key = {"number": held.number, "why": WHY, "by": held.worker, "at": made.NOW}
    assert casework.rectify_date(asset=good.pk, day=date(2014, 5, 2), **key) == []
    assert casework.rectify_asset(asset=good.pk, amount=Decimal("8000.00"), **key) == []
    good.refresh_from_db()
    assert (good.details["date"], good.amount, good.proof) == (
        "2014-05-02",
        Decimal("8000.00"),
        WHY,
    )


def test_aid_without_a_computation_rested_on_its_own_enquiry_alone() -> None:
    road = aids.whole("meals")
    one = road.one
    key = {"number": one.number, "why": WHY, "by": one.worker, "at": aids.AFTER}
    rested = casework.rectify_household(application=one.reference, name="Zoé", **key)
    assert _said(rested) == [(road.number, ("les cohabitants : rien",))]
    other = casework.open_application(
        number=one.number, kind="living_income", by=one.worker, at=aids.AFTER,
        asked_on=aids.AFTER.date(),
    )  # fmt: skip
    assert casework.rectify_household(application=other, name="Zoé", **key) == []


def test_rectification_wants_a_reason_a_known_value_and_a_change() -> None:
    one = after.granted()
    key = _key(one)
    with pytest.raises(InvalidInput, match="D’où vient|d’où vient"):
        casework.rectify_category(
            application=one.reference, value="family", **{**key, "why": "non"}
        )
    with pytest.raises(InvalidInput, match="catégorie de la loi"):
        casework.rectify_category(application=one.reference, value="alone", **key)
    with pytest.raises(InvalidInput, match="qui il s’agit"):
        casework.rectify_household(application=one.reference, name=" ", **key)
    with pytest.raises(WrongState, match="déjà"):
        casework.rectify_category(application=one.reference, value="isolated", **key)
    with pytest.raises(WrongState, match="déjà"):
        casework.rectify_date(
            application=one.reference, day=one.application.wanted_from, **key
        )  # fmt: skip
    assert one.application.appreciations.filter(question=Question.CATEGORY).count() == 1
    assert not JournalEntry.objects.filter(verb__endswith=".rectify").exists()


def test_rectification_is_of_one_file_and_for_those_who_work_on_it() -> None:
    one, elsewhere = after.granted(), made.held(agent(Role.SOCIAL_WORKER, made.TEAM))
    with pytest.raises(NotAllowed):
        casework.rectify_category(
            application=elsewhere.reference, value="family", **_key(one)
        )  # fmt: skip
    stranger = agent(Role.SOCIAL_WORKER, "debts")
    with pytest.raises(NotAllowed):
        casework.rectify_category(
            application=one.reference, value="family", **{**_key(one), "by": stranger}
        )
    casework.rectify_category(application=one.reference, value="family", **_key(one))
    row = JournalEntry.objects.get(verb="category.rectify")
    assert (row.subject_ref, row.reason, row.actor_ref) == (one.person, WHY, one.worker.ref)
