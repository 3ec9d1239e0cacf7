"""Which role may open which address under /desk/courriers/."""

ACCESS: dict[str, frozenset[str]] = {}
