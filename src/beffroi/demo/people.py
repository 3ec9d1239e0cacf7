"""Fictional agents, one or more for each role, and what fictional people asked of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from beffroi.accounts import queries as accounts
from beffroi.accounts import services as accounts_services
from beffroi.accounts.enums import Role
from beffroi.people import queries as people

PASSWORD = "beffroi-demo-2026"  # noqa: S105 — printed on the sign-in page of the demo


@dataclass(frozen=True)
class DemoAgent:
    """A fictional agent: her posts, and the page where her day starts."""

    username: str
    first_name: str
    last_name: str
    posts: tuple[tuple[Role, str], ...]
    start: str = "/desk/"

    @property
    def role(self) -> Role:
        return self.posts[0][0]


AGENTS = (
    DemoAgent("accueil", "Nadia", "Bourlard", ((Role.RECEPTION, "reception"),)),
    DemoAgent(
        "assistante",
        "Claire",
        "Demoustier",
        (
            (Role.SOCIAL_WORKER, "general_aid"),
            (Role.SOCIAL_WORKER, "health_aid"),
            (Role.SOCIAL_WORKER, "rest_home"),
        ),
    ),
    DemoAgent(
        "mediatrice-dettes",
        "Sabrina",
        "Liénard",
        ((Role.SOCIAL_WORKER, "debts"), (Role.SOCIAL_WORKER, "energy")),
    ),
    DemoAgent(
        "responsable",
        "Philippe",
        "Wauquier",
        ((Role.TEAM_LEADER, "general_aid"), (Role.TEAM_LEADER, "reception")),
    ),
    DemoAgent(
        "insertion",
        "Thomas",
        "Deghilage",
        ((Role.SOCIAL_WORKER, "insertion"), (Role.SOCIAL_WORKER, "housing")),
        "/desk/insertion/",
    ),
    DemoAgent("conseillere", "Amina", "Delcroix", ((Role.COUNCIL_MEMBER, ""),), "/desk/conseil/"),
    DemoAgent("presidente", "Hélène", "Brisbois", ((Role.PRESIDENT, ""),)),
    DemoAgent("directrice", "Martine", "Cordier", ((Role.DIRECTOR_GENERAL, ""),)),
    DemoAgent("finances", "Olivier", "Stassart", ((Role.FINANCE_DIRECTOR, ""),)),
    DemoAgent("projet-pcs", "Yasmine", "Hubert", ((Role.PCS_LEAD, "pcs"),), "/board/"),
    DemoAgent(
        "animateur", "Loïc", "Quenon", ((Role.ANIMATOR, "houses"), (Role.ANIMATOR, "digital"))
    ),
    DemoAgent(
        "prevention",
        "Karim",
        "Vanderelst",
        (
            (Role.PREVENTION_WORKER, "prevention"),
            (Role.PREVENTION_WORKER, "mediation"),
            (Role.PREVENTION_WORKER, "tags"),
            (Role.PREVENTION_WORKER, "street_work"),
        ),
    ),
    DemoAgent("redaction", "Sophie", "Mahieu", ((Role.EDITOR, ""),)),
    DemoAgent("vie-privee", "Bernard", "Lecocq", ((Role.PRIVACY_OFFICER, ""),)),
    DemoAgent("administration", "Julie", "Staquet", ((Role.ADMINISTRATOR, ""),)),
)


def load_demo() -> dict[str, int]:
    """This function will add the fictional agents and requests that are not there yet."""
    from beffroi.demo.agenda import load_agenda
    from beffroi.demo.agreements import load_agreements
    from beffroi.demo.commission import load_commission
    from beffroi.demo.council import load_council
    from beffroi.demo.debts import load_debts
    from beffroi.demo.files import load_files
    from beffroi.demo.houses import load_houses
    from beffroi.demo.persons import load_persons
    from beffroi.demo.publishing import load_publication
    from beffroi.demo.questions import load_questions
    from beffroi.demo.requests import load_requests
    from beffroi.demo.stays import load_stays
    from beffroi.demo.steering import load_steering
    from beffroi.demo.strategic import load_strategic
    from beffroi.demo.supplies import load_supplies
    from beffroi.demo.terrain import load_terrain

    now = timezone.now()
    return {
        "Agent": load_agents(now),
        "Request": load_requests(now),
        "Question": load_questions(now),
        "Body": load_council(now),
        "Person": load_persons(now),
        "SocialFile": load_files(now),
        "Appointment": load_agenda(now),
        "Activity": load_houses(now),
        "Area": load_terrain(now),
        "Site": load_supplies(now),
        "Mediation": load_debts(now, _adults(now, 100, 5)),
        "Indicator": load_steering(now),
        "StrategicPlan": load_strategic(now),
        "CommissionMember": load_commission(now),
        "House": load_stays(now),
        "Publication": load_publication(now),
        "Agreement": load_agreements(now, _adults(now, 30, 6)),
    }


def load_agents(now: datetime) -> int:
    """This function will add the fictional agents that are not there yet, and count them all."""
    for agent in AGENTS:
        _load_agent(agent, now)
    return len(AGENTS)


def _adults(now: datetime, first: int, count: int) -> list[str]:
    """Some of the fictional people, of age, by their rank among the households."""
    today = timezone.localdate(now)
    heads = (people.brief(pk) for pk in people.heads_of_households(today)[first:])
    adults = [one.reference for one in heads if one and (one.age_on(today) or 0) >= 18]
    return adults[:count]


def _load_agent(agent: DemoAgent, now: datetime) -> None:
    if accounts.is_known(agent.username):
        return
    accounts_services.add_agent(
        username=agent.username,
        first_name=agent.first_name,
        last_name=agent.last_name,
        email=f"{agent.username}@exemple.test",
        password=PASSWORD,
        posts=agent.posts,
        since=timezone.localdate(now) - timedelta(days=365),
    )
