"""The texts of letters: edited by some, tried before they are kept, read by nobody but facts."""

import pytest
from tests.conftest import agent_actor
from tests.factories import letters as factory
from tests.factories.letters import KINDS, LANGS, NOW

from beffroi.accounts.enums import Role
from beffroi.core.errors import InvalidInput, NotAllowed, WrongState
from beffroi.documents.letters import sandbox
from beffroi.documents.letters import services as letters
from beffroi.documents.letters.models import Letter, LetterTemplate
from beffroi.documents.letters.rendering import text_of
from beffroi.documents.letters.shipped import Shipped, shipped_templates
from beffroi.documents.letters.values import TemplateText

LEADER = agent_actor(1, Role.TEAM_LEADER, "aid")


def _texts(kind: str = "grant", lang: str = "fr", **changed: str) -> TemplateText:
    shipped = shipped_templates()[kind, lang]
    return TemplateText(
        **{"subject": shipped.subject, "first": shipped.first, "body": shipped.body, **changed}
    )


def _save(since: int, by=LEADER, **changed: str) -> int:
    return letters.save_template(
        kind="grant",
        lang="fr",
        texts=_texts(**changed),
        since_version=since,
        note="essai",
        by=by,
        at=NOW,
    )


def test_house_has_a_template_for_each_kind_and_language() -> None:
    assert set(shipped_templates()) == {(kind, lang) for kind in KINDS for lang in LANGS}


@pytest.mark.parametrize("key", shipped_templates(), ids="-".join)
def test_template_of_the_house_asks_only_for_facts(key: tuple[str, str]) -> None:
    shipped = shipped_templates()[key]
    assert [
        f
        for part in (shipped.subject, shipped.first, shipped.body)
        for f in sandbox.faults_of(part)
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "{{ settings.SECRET_KEY }}",
        "{{ aid.amount.__class__ }}",
        "{{ aid }}",
        "{{ aid.items }}",
        "{{ aid.amount|safe }}",
        "{{ aid.nothing }}",
        "{{ forloop.counter }}",
        "{% load i18n %}",
        "{% include 'desk/base.html' %}",
        "{% extends 'base.html' %}",
        "{% debug %}",
        "{% csrf_token %}",
        "{% verbatim %}{{ x }}{% endverbatim %}",
        "{% autoescape off %}{{ aid.amount }}{% endautoescape %}",
        "{% if aid.amount == 1 %}x{% endif %}",
        "{% if secret.key %}x{% endif %}",
        "{% if %}x{% endif %}",
        "{% if aid.amount %}x",
        "{% for x in aid.amount %}x{% endfor %}",
        "{% for aid in decision.motives %}x{% endfor %}",
        "{% for x in decision.motives %}{{ x.y }}{% endfor %}",
        "{% for x in decision.motives %}{{ x }}{% endfor %}{{ x }}",
        "{% for x in decision.motives %}{{ x }}",
        "{{ aid.amount",
        "{% if aid.amount",
        "\ue0000\ue001",
        "{{ block.judicial_code.x }}",
    ],
)
def test_template_that_asks_for_anything_else_is_refused(source: str) -> None:
    assert sandbox.faults_of(source) != []
    with pytest.raises(InvalidInput) as refused:
        sandbox.check(source, "body")
    assert set(refused.value.fields) == {"body"}


def test_template_goes_through_lists_and_conditions() -> None:
    source = "{% for line in aid.calculation %}- {{ line.label }} : {{ line.amount }}\n{% endfor %}{% if not aid.refused and aid.amount %}**{{ aid.amount }}**{% else %}rien{% endif %}"
    assert sandbox.faults_of(source) == []
    shown = {
        "aid.calculation": [{"label": "a<b", "amount": "1 €"}, {"label": "c", "amount": "2 €"}],
        "aid.refused": "", "aid.amount": "3 €",
    }  # fmt: skip
    html = sandbox.render_html(source, shown, {}, "fr")
    assert html.replace("\n", "") == (
        "<ul><li>a&lt;b\u202f: 1 €</li><li>c\u202f: 2 €<strong>3 €</strong></li></ul>"
    )


@pytest.mark.parametrize(
    "source",
    [
        "<b>x</b>",
        "<script>x</script>",
        "[x](http://x.test)",
        "![x](http://x.test)",
        "<http://x.test>",
    ],
)
def test_template_writes_no_markup_of_its_own(source: str) -> None:
    html = sandbox.render_html(source, {}, {}, "fr")
    assert html.count("<") == 2
    assert html.startswith("<p>")


@pytest.mark.django_db
class TestSaving:
    def test_new_version_is_used_by_the_next_letter_only(self) -> None:
        first = factory.write()
        assert _save(1, first=_texts().first + "\n\nAvec nos salutations.") == 2
        second = factory.write()
        said = {
            r: "Avec nos salutations" in Letter.objects.get(reference=r).html
            for r in (first, second)
        }
        assert said == {first: False, second: True}
        assert Letter.objects.get(reference=second).template.version == 2

    @pytest.mark.parametrize(
        ("changed", "field", "word"),
        [
            ({"body": "Tout va bien."}, "body", "Les motifs tirés de la loi"),
            (
                {"body": _texts().body.replace("{{ block.judicial_code }}", "")},
                "body",
                "728 et 1017",
            ),
            ({"body": _texts().body.replace("ne suspend pas", "arrête")}, "body", "ne suspend pas"),
            ({"body": "{{ secret.key }}"}, "body", "secret.key"),
            ({"subject": "{% load x %}"}, "subject", "load x"),
            ({"first": " "}, "first", "Écrivez"),
        ],
    )
    def test_version_that_loses_something_is_refused(self, changed, field, word) -> None:
        factory.write()
        with pytest.raises(InvalidInput) as refused:
            _save(1, **changed)
        assert set(refused.value.fields) == {field}
        assert word in refused.value.fields[field]
        assert LetterTemplate.objects.count() == 1

    def test_saving_over_somebody_elses_version_is_refused(self) -> None:
        factory.write()
        _save(1, first=_texts().first + "\n\nUn.")
        with pytest.raises(WrongState):
            _save(1, first=_texts().first + "\n\nDeux.")

    @pytest.mark.parametrize("role", sorted(Role))
    def test_templates_are_edited_by_leaders_direction_and_editors(self, role: str) -> None:
        factory.write()
        by = agent_actor(1, role, "aid")
        if role in {Role.TEAM_LEADER, Role.DIRECTOR_GENERAL, Role.EDITOR}:
            assert _save(1, by=by, first=_texts().first + "\n\nUn.") == 2
        else:
            with pytest.raises(NotAllowed):
                _save(1, by=by, first=_texts().first + "\n\nUn.")

    def test_older_version_comes_back_as_a_new_one(self) -> None:
        factory.write()
        _save(1, first=_texts().first + "\n\nUn.")
        assert letters.restore_template(kind="grant", lang="fr", version=1, by=LEADER, at=NOW) == 3
        newest = LetterTemplate.objects.get(version=3)
        assert (newest.first, newest.origin) == (_texts().first, "shipped")

    def test_text_of_the_house_that_changes_becomes_a_version_unless_staff_wrote_theirs(
        self, monkeypatch
    ) -> None:
        from beffroi.documents.letters.services import templates

        factory.write()
        newer = Shipped("grant", "fr", "Autre objet", _texts().first, _texts().body)
        monkeypatch.setattr(templates, "shipped_templates", lambda: {("grant", "fr"): newer})
        assert Letter.objects.get(reference=factory.write()).subject == "Autre objet"
        _save(2, subject="Notre objet")
        newest = Shipped("grant", "fr", "Encore un autre", _texts().first, _texts().body)
        monkeypatch.setattr(templates, "shipped_templates", lambda: {("grant", "fr"): newest})
        assert Letter.objects.get(reference=factory.write()).subject == "Notre objet"

    def test_preview_shows_fictional_facts_and_what_lacks(self) -> None:
        html, lacks = letters.preview_template(
            kind="grant", lang="fr", texts=_texts(body="Rien."), by=LEADER, at=NOW
        )
        assert "Samira Exemple" in text_of(html)
        assert "judicial_code" in {lack.mention.key for lack in lacks}
        assert Letter.objects.count() == 0

    def test_all_templates_are_kept_once(self) -> None:
        assert letters.load_templates(at=NOW) == len(KINDS) * len(LANGS)
        letters.load_templates(at=NOW)
        assert LetterTemplate.objects.count() == len(KINDS) * len(LANGS)
