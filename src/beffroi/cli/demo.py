"""`beffroi demo users --json`: who can sign in to the demo, and where each day starts."""

import json

from beffroi.cli import complain, set_up


def run(arguments: list[str]) -> int:
    """This function will print the users of the demo, one for each role and more."""
    if arguments[:1] != ["users"]:
        complain("Usage : beffroi demo users [--json]")
        return 2
    set_up()
    from beffroi.demo.people import AGENTS, PASSWORD

    users = [
        {
            "username": agent.username,
            "password": PASSWORD,
            "role": str(agent.role),
            "label": str(agent.role.label),
            "start": agent.start,
        }
        for agent in AGENTS
    ]
    if "--json" in arguments:
        print(json.dumps(users, ensure_ascii=False, indent=2))
    else:
        for user in users:
            print(f"{user['username']:<20} {user['password']:<20} {user['label']}")
    return 0
