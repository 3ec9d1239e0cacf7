"""Who acts: every write and every reading of a file is done `by` an actor."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property


class ActorKind(StrEnum):
    AGENT = "agent"
    PERSON = "person"
    SYSTEM = "system"


@dataclass(frozen=True)
class Post:
    """A role held in a team; `team` is empty for a role that spans the whole house."""

    role: str
    role_label: str
    team: str = ""
    team_label: str = ""

    @property
    def label(self) -> str:
        """This property gives role and team, once when they bear the same name."""
        if not self.team_label or self.team_label.casefold() == self.role_label.casefold():
            return self.role_label
        return f"{self.role_label}, {self.team_label}"


@dataclass(frozen=True)
class Actor:
    """An agent with her posts, the person whose request it is, or the system itself."""

    kind: ActorKind
    ref: str
    label: str
    posts: tuple[Post, ...] = field(default=())

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @cached_property
    def teams(self) -> frozenset[str]:
        return frozenset(post.team for post in self.posts if post.team)

    def teams_with(self, roles: Collection[str]) -> frozenset[str]:
        """This function will give the teams in which an agent holds one of `roles`; nobody else has any."""
        if self.kind is not ActorKind.AGENT:
            return frozenset()
        return frozenset(post.team for post in self.posts if post.team and post.role in roles)

    @property
    def shown_as(self) -> str:
        """This property gives service and role, as the person sees them; never the name."""
        return self.posts[0].label if self.posts else self.label

    def as_of_team(self, team: str) -> "Actor":
        """This function will give the actor with the posts she holds in `team` first, if any."""
        there = tuple(post for post in self.posts if post.team == team)
        rest = tuple(post for post in self.posts if post.team != team)
        return replace(self, posts=there + rest) if there else self

    def has_role(self, *roles: str, team: str | None = None) -> bool:
        """This function will say whether one of `roles` is held, in `team` when it is given."""
        return any(p.role in roles and (team is None or p.team == team) for p in self.posts)

    def in_team(self, team: str) -> bool:
        return team in self.teams


def system_actor(name: str) -> Actor:
    """This function will give the actor of a command or a scheduled task."""
    return Actor(ActorKind.SYSTEM, name, name)


def person_actor(reference: str, label: str = "La personne") -> Actor:
    """This function will give the person who holds the secret of the request `reference`."""
    return Actor(ActorKind.PERSON, reference, label)
