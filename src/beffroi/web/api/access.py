"""The open standards are public: they hold no personal data."""

ACCESS: dict[str, frozenset[str]] = {}
