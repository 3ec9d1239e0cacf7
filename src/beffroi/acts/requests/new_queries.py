"""What an agent may enter a request for: every form of a listed service, open to the public or not."""

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from beffroi.acts.requests.enums import FormKind
from beffroi.acts.requests.models import RequestForm
from beffroi.directory.enums import ServiceStatus


def _bare(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


@dataclass(frozen=True)
class Offer:
    """A service with the forms it takes, and the team that answers."""

    key: str
    name: str
    category: str
    team: str
    kinds: tuple[tuple[str, str], ...]
    extra_fields: list[Any] = field(default_factory=list, compare=False)

    def answers_to(self, typed: str) -> bool:
        """This function will say whether each word typed begins a word of the service."""
        words = _bare(f"{self.name} {self.category} {self.team}").replace("'", " ").split()
        return all(any(w.startswith(t) for w in words) for t in _bare(typed).split())


def _forms() -> Any:
    return (
        RequestForm.objects.filter(service__is_listed=True)
        .exclude(service__status=ServiceStatus.ENDED)
        .select_related("service", "team")
        .order_by("service__name", "position", "pk")
    )


def offers() -> list[Offer]:
    """This function will give every service that takes requests, by name, in one query."""
    found: dict[str, list[RequestForm]] = {}
    for form in _forms():
        found.setdefault(form.service.key, []).append(form)
    return [_offer(forms) for forms in found.values()]


def offer_of(service: str, kind: str) -> Offer | None:
    """This function will give one form of one service, when it exists."""
    forms = list(_forms().filter(service__key=service, kind=kind))
    return _offer(forms) if forms else None


def _offer(forms: list[RequestForm]) -> Offer:
    first = forms[0]
    return Offer(
        key=first.service.key,
        name=first.service.name,
        category=first.service.category,
        team=first.team.name,
        kinds=tuple((form.kind, str(FormKind(form.kind).label)) for form in forms),
        extra_fields=list(first.extra_fields or []),
    )
