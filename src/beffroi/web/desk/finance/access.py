"""Which role may open which address under /desk/finances/."""

ACCESS: dict[str, frozenset[str]] = {}
