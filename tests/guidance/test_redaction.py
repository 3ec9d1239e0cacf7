"""What the guard finds, and what it lets pass."""

import pytest

from beffroi.guidance.redaction import FORBIDDEN, Trace, findings, is_niss


def found(text: str, **allowed: frozenset[str]) -> set[Trace]:
    return {finding.trace for finding in findings(text, **allowed)}


@pytest.mark.parametrize(
    ("text", "traces"),
    [
        ("Appelez-moi au 0470 12 34 56", {Trace.PHONE}),
        ("mon gsm c’est 0470/12.34.56 merci", {Trace.PHONE}),
        ("+32 65 35 41 29", {Trace.PHONE}),
        ("Écrivez à lina.haddad@exemple.be", {Trace.EMAIL}),
        ("mon numéro national est 85.07.30-033.28", {Trace.NISS}),
        ("85073003328", {Trace.NISS}),
        ("versez sur BE68 5390 0754 7034", {Trace.IBAN}),
        ("Bonjour, je m’appelle Lina Haddad et je cherche", {Trace.NAME}),
        ("je m'appelle Lina", {Trace.NAME}),
        ("ik heet Jan", {Trace.NAME}),
        ("Madame Dupont m’a dit", {Trace.NAME}),
        ("mon fils Lucas ne va plus à l’école", {Trace.NAME}),
        ("J’habite rue du Tournesol 39", {Trace.ADDRESS}),
        ("au 12 avenue du Coq", {Trace.ADDRESS}),
        ("ik woon in Kerkstraat 12", {Trace.ADDRESS}),
        ("J’ai 17 ans et je vis à Jemappes", {Trace.PORTRAIT}),
        ("mon fils Lucas a 9 ans", {Trace.NAME, Trace.PORTRAIT}),
        ("On m’a retiré 412,50 € le 3 mars", {Trace.EVENT}),
        ("ma demande MONS-2026-03184", {Trace.REFERENCE}),
        ("ma voiture 1-ABC-234", {Trace.REFERENCE}),
    ],
)
def test_findings_names_what_identifies(text: str, traces: set[Trace]) -> None:
    assert found(text) == traces


@pytest.mark.parametrize(
    "text",
    [
        "Je ne sais plus payer mon gaz, que faire ?",
        "J’ai 17 ans, puis-je demander une aide ?",
        "Le CPAS peut-il payer 500 € de caution ?",
        "Depuis le 3 mars, je n’ai plus de travail.",
        "Faut-il habiter la commune depuis 5 ans ?",
        "Le plan 2020-2025 est-il fini ?",
        "je suis étudiante et je n’ai plus de bourse",
        "Peut-on venir à la maison de quartier sans rendez-vous ?",
        "85.07.30-033.29",
    ],
)
def test_findings_lets_an_ordinary_question_pass(text: str) -> None:
    assert found(text) == set()


def test_findings_lets_the_numbers_of_services_stand() -> None:
    text = "Appelez le 065 35 41 29, le 107 ou écrivez à accueil@cpas.be."
    assert found(text) == {Trace.PHONE, Trace.EMAIL}
    known = {
        "public_phones": frozenset({"+3265354129"}),
        "public_emails": frozenset({"accueil@cpas.be"}),
    }
    assert found(text, **known) == set()


def test_findings_shows_what_is_forbidden_first() -> None:
    rows = findings("je m’appelle Lina, 0470 12 34 56")
    assert [row.trace in FORBIDDEN for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("number", "valid"),
    [("85.07.30-033.28", True), ("85073003329", False), ("00.01.25-567.77", True)],
)
def test_is_niss_checks_both_centuries(number: str, valid: bool) -> None:
    assert is_niss(number) is valid
