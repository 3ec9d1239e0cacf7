"""Which role may open which address under /desk/agenda/."""

ACCESS: dict[str, frozenset[str]] = {}
