"""The province a Belgian postcode lies in."""

_FIRST = (
    (1000, "Bruxelles-Capitale"), (1300, "Brabant wallon"), (1500, "Vlaams-Brabant"),
    (2000, "Antwerpen"), (3000, "Vlaams-Brabant"), (3500, "Limburg"), (4000, "Liège"),
    (5000, "Namur"), (6000, "Hainaut"), (6600, "Luxembourg"), (7000, "Hainaut"),
    (8000, "West-Vlaanderen"), (9000, "Oost-Vlaanderen"),
)  # fmt: skip


def province_of(postal_code: str) -> str:
    """This function will name the province, or the capital's region; empty when it is no code."""
    if len(postal_code) != 4 or not postal_code.isdecimal() or int(postal_code) < 1000:
        return ""
    return next(name for first, name in reversed(_FIRST) if int(postal_code) >= first)
