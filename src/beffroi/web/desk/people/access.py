"""Which role may open which address under /desk/personnes/."""

ACCESS: dict[str, frozenset[str]] = {}
