"""Services and places: texts, state, classing, who answers, when it was read again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from beffroi.accounts import queries as accounts
from beffroi.core.actors import Actor
from beffroi.core.errors import InvalidInput, WrongState
from beffroi.directory.enums import AudienceLevel, ServiceStatus, TextBasis
from beffroi.directory.models import Place, Service, ServicePlace, ServiceTerm, ServiceText, Term
from beffroi.directory.services.writing import require_editor, written


@dataclass(frozen=True)
class TextWords:
    """The words of a service in one language."""

    name: str
    summary: str = ""
    for_whom: str = ""
    what_happens: str = ""
    bring: str = ""
    easy: list[str] = field(default_factory=list)
    basis: TextBasis = TextBasis.SOURCE


def _touch(service: Service, at: datetime) -> None:
    Service.objects.filter(pk=service.pk).update(modified_at=at)


@transaction.atomic
def edit_texts(
    *, service: Service, texts: Mapping[str, TextWords], by: Actor, at: datetime
) -> list[str]:
    """This function will write the texts given by language; the languages that changed.

    A language whose words are all empty is taken away. The French name is the service's own.
    Raises: NotAllowed; InvalidInput when a text has no name, or French has none at all.
    """
    require_editor(by)
    faults = {}
    for lang, words in texts.items():
        has_words = any(
            asdict(words)[k] for k in ("summary", "for_whom", "what_happens", "bring", "easy")
        )
        if not words.name.strip() and (has_words or lang == "fr"):
            faults[f"{lang}-name"] = "Donnez le nom du service dans cette langue."
    if faults:
        raise InvalidInput("Un nom manque.", faults)
    before = {text.lang: text for text in service.texts.all()}
    changed = [lang for lang in texts if _write_text(service, lang, texts[lang], before.get(lang))]
    if changed:
        if "fr" in changed:
            Service.objects.filter(pk=service.pk).update(name=texts["fr"].name.strip())
        _touch(service, at)
        written(by=by, at=at, verb="edit_texts", on=service, detail={"languages": changed})
    return changed


def _write_text(service: Service, lang: str, words: TextWords, old: ServiceText | None) -> bool:
    values = {k: v.strip() if isinstance(v, str) else v for k, v in asdict(words).items()}
    if not values["name"]:
        if old is not None:
            old.delete()
        return old is not None
    if old is not None and all(getattr(old, key) == value for key, value in values.items()):
        return False
    ServiceText.objects.update_or_create(service=service, lang=lang, defaults=values)
    return True


@transaction.atomic
def set_status(
    *, service: Service, status: ServiceStatus, reason: str, by: Actor, at: datetime
) -> None:
    """This function will say whether a service runs, is planned, is suspended or has ended.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is so already.
    """
    require_editor(by)
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Dites pourquoi l’état change.", {"reason": "Le motif manque."})
    source = service.status
    rows = Service.objects.filter(pk=service.pk).exclude(status=status)
    if not rows.update(status=status, modified_at=at):
        raise WrongState("Le service est déjà dans cet état.")
    written(
        by=by, at=at, verb="set_status", on=service, reason=reason,
        detail={"from": source, "to": str(status)},
    )  # fmt: skip


@transaction.atomic
def set_listed(*, service: Service, listed: bool, reason: str, by: Actor, at: datetime) -> None:
    """This function will publish a service, or take it off the public pages, with the reason.

    Raises: NotAllowed; InvalidInput without a reason; WrongState when it is so already.
    """
    require_editor(by)
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidInput("Dites pourquoi.", {"reason": "Le motif manque."})
    rows = Service.objects.filter(pk=service.pk, is_listed=not listed)
    if not rows.update(is_listed=listed, modified_at=at):
        raise WrongState("C’est déjà le cas.")
    verb = "publish_service" if listed else "unpublish_service"
    written(by=by, at=at, verb=verb, on=service, reason=reason)


@transaction.atomic
def classify(
    *,
    service: Service,
    needs: Sequence[Term],
    audiences: Mapping[Term, AudienceLevel],
    by: Actor,
    at: datetime,
) -> None:
    """This function will class a service under needs, in their order, and audiences with a level.

    Classes of other taxonomies stay. Raises: NotAllowed; InvalidInput without any need.
    """
    require_editor(by)
    if not needs:
        raise InvalidInput(
            "Choisissez au moins un besoin.", {"needs": "Sans besoin, personne ne le trouve."}
        )
    ServiceTerm.objects.filter(
        service=service, term__taxonomy__key__in=["need", "audience"]
    ).delete()
    rows = [ServiceTerm(service=service, term=t, position=i) for i, t in enumerate(needs)]
    rows += [ServiceTerm(service=service, term=t, level=level) for t, level in audiences.items()]
    ServiceTerm.objects.bulk_create(rows)
    _touch(service, at)
    written(
        by=by, at=at, verb="classify", on=service,
        detail={
            "needs": [term.key for term in needs],
            "audiences": {term.key: str(level) for term, level in audiences.items()},
        },
    )  # fmt: skip


@transaction.atomic
def set_upkeep(
    *, service: Service, team_key: str, review_every_months: int, note: str, by: Actor, at: datetime
) -> None:
    """This function will say which team answers, and how often the entry is read again.

    Raises: NotAllowed; InvalidInput for a team that does not exist or a period that is not
    from 1 to 24 months.
    """
    require_editor(by)
    if team_key and accounts.team_by_key(team_key) is None:
        raise InvalidInput("Cette équipe n’existe pas.", {"team_key": "Choisissez une équipe."})
    if not 1 <= review_every_months <= 24:
        raise InvalidInput(
            "Le délai de relecture ne va pas.",
            {"review_every_months": "De 1 à 24 mois."},
        )
    Service.objects.filter(pk=service.pk).update(
        team_key=team_key,
        review_every_months=review_every_months,
        note=note.strip(),
        modified_at=at,
    )
    written(
        by=by, at=at, verb="set_upkeep", on=service,
        detail={"team": team_key, "months": review_every_months},
    )  # fmt: skip


@transaction.atomic
def mark_reviewed(*, service: Service, by: Actor, at: datetime) -> None:
    """This function will note that an editor read the whole entry and found it true today."""
    require_editor(by)
    Service.objects.filter(pk=service.pk).update(reviewed_on=timezone.localdate(at))
    written(by=by, at=at, verb="mark_reviewed", on=service)


@transaction.atomic
def set_places(*, service: Service, places: Sequence[Place], by: Actor, at: datetime) -> None:
    """This function will say at which places the service is offered, and nowhere else."""
    require_editor(by)
    kept = {place.pk for place in places}
    service.service_places.exclude(place__in=kept).delete()
    for place in places:
        ServicePlace.objects.get_or_create(service=service, place=place)
    _touch(service, at)
    written(
        by=by, at=at, verb="set_places", on=service,
        detail={"places": sorted(place.key for place in places)},
    )  # fmt: skip


@transaction.atomic
def edit_place(
    *,
    name: str,
    locality: str,
    postal_code: str,
    is_house: bool,
    by: Actor,
    at: datetime,
    place: Place | None = None,
) -> Place:
    """This function will rename or move a place, or add one when `place` is not given.

    Raises: NotAllowed; InvalidInput without a name, with a postcode that is not of four
    figures, or for a second place of the same name.
    """
    require_editor(by)
    name, postal_code = " ".join(name.split()), postal_code.strip()
    if not name:
        raise InvalidInput("Donnez un nom à ce lieu.", {"name": "Le nom manque."})
    if postal_code and not (len(postal_code) == 4 and postal_code.isdigit()):
        raise InvalidInput(
            "Le code postal ne va pas.", {"postal_code": "Quatre chiffres, comme 7000."}
        )
    verb = "edit_place" if place else "add_place"
    if place is None:
        key = slugify(name)[:110]
        if not key or Place.objects.filter(key=key).exists():
            raise InvalidInput("Un lieu porte déjà ce nom.", {"name": "Choisissez un autre nom."})
        place = Place(key=key)
    place.name, place.locality, place.postal_code = name, locality.strip(), postal_code
    place.is_house = is_house
    place.save()
    written(by=by, at=at, verb=verb, on=place, detail={"name": name})
    return place
