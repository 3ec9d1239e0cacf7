"""How long agents are kept, and how they end."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from beffroi.accounts.models import Agent
from beffroi.audit.retention import Rule, declare

#: An account closed for this long is emptied; what it did stays in the journal.
_KEEP = timedelta(days=365)


def empty_closed_accounts(at: datetime) -> int:
    """This function will empty the accounts that hold no post since a year; rows emptied."""
    limit = timezone.localdate(at) - _KEEP
    due = (
        Agent.objects.filter(is_active=False)
        .exclude(username__startswith="parti-")
        .annotate(last_day=Max("posts__until_date"))
        .filter(last_day__lte=limit)
    )
    for agent in due:
        agent.username = f"parti-{agent.pk}"
        agent.first_name = agent.last_name = agent.email = agent.temporary_password = ""
        agent.set_unusable_password()
        agent.save()
    return len(due)


declare(
    Rule("accounts.Team"),
    Rule(
        "accounts.Agent",
        personal=("username", "first_name", "last_name", "email", "password", "last_login"),
        keep="1 an après le dernier jour du dernier poste",
        end=empty_closed_accounts,
    ),
    Rule(
        "accounts.Post",
        personal=("agent", "role", "since_date", "until_date"),
        keep="avec l’agent",
        with_parent="accounts.Agent",
    ),
)
