"""Which role may open which address under /desk/dettes/."""

ACCESS: dict[str, frozenset[str]] = {}
