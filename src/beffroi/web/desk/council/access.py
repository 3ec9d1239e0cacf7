"""Which role may open which address under /desk/conseil/."""

ACCESS: dict[str, frozenset[str]] = {}
