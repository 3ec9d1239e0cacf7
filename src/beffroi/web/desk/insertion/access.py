"""Which role may open which address under /desk/insertion/."""

ACCESS: dict[str, frozenset[str]] = {}
