"""The table URL × role as a page to read, made from the table that the doors enforce."""

from beffroi.accounts.enums import Role
from beffroi.web.access import PUBLIC, STAFF, access_table
from beffroi.web.addresses import named_addresses

_HEAD = """# Qui ouvre quelle adresse

Écrit par `./beffroi access` d’après la table que le serveur applique : ne pas corriger à la main.
Un rôle ouvre une adresse ; ce qu’il y voit dépend encore de ses équipes. Une chose d’une autre
équipe répond comme une chose qui n’existe pas (404). Une adresse sans ligne reste fermée.
"""
_SHORT = {
    Role.RECEPTION: "acc", Role.SOCIAL_WORKER: "soc", Role.TEAM_LEADER: "resp",
    Role.COUNCIL_MEMBER: "cons", Role.PRESIDENT: "prés", Role.DIRECTOR_GENERAL: "dir",
    Role.FINANCE_DIRECTOR: "fin", Role.PCS_LEAD: "pcs", Role.ANIMATOR: "anim",
    Role.PREVENTION_WORKER: "prév", Role.EDITOR: "réd", Role.PRIVACY_OFFICER: "dpo",
    Role.ADMINISTRATOR: "adm",
}  # fmt: skip


def access_page() -> str:
    """This function will give the table as a Markdown page."""
    table = access_table()
    addresses = [address for address in named_addresses() if address.name in table]
    public = [a for a in addresses if table[a.name] == PUBLIC]
    staff = [a for a in addresses if table[a.name] == frozenset(map(str, STAFF))]
    others = [a for a in addresses if a not in public and a not in staff]
    legend = " · ".join(f"{short} : {role.label}" for role, short in _SHORT.items())
    heads = " | ".join(_SHORT[role] for role in Role)
    lines = [
        _HEAD, "## Selon le rôle\n", legend + "\n",
        f"| adresse | {heads} |", "|---|" + ":-:|" * len(Role),
    ]  # fmt: skip
    for address in others:
        marks = " | ".join("●" if str(role) in table[address.name] else "" for role in Role)
        lines.append(f"| `{address.path}` | {marks} |")
    lines += ["\n## Tout agent qui est entré\n", *(f"- `{a.path}`" for a in staff)]
    lines += ["\n## Tout le monde\n", *(f"- `{a.path}`" for a in public)]
    return "\n".join(lines) + "\n"
