"""Which role may open which address under /desk/dossiers/."""

ACCESS: dict[str, frozenset[str]] = {}
