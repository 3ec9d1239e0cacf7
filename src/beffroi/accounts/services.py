"""Every write of who signs in and which posts she holds."""

from pathlib import Path

import yaml
from django.db import transaction

from beffroi.accounts.models import Team

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load_teams() -> int:
    """This function will add the teams that come with the house and say how many there are.

    Run again, it adds what is new and touches no team that an administrator changed.
    """
    names = yaml.safe_load((DATA / "teams.yaml").read_text(encoding="utf-8"))
    for key, name in names.items():
        Team.objects.get_or_create(key=key, defaults={"name": name})
    return Team.objects.count()
