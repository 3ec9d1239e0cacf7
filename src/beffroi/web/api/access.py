"""The open standards are public: they hold no personal data."""

from beffroi.web.access import PUBLIC

_HSDS = (
    "root", "openapi", "profile", "services", "service", "organizations", "organization",
    "service_at_locations", "service_at_location", "taxonomies", "taxonomy", "taxonomy_terms",
    "taxonomy_term", "unknown",
)  # fmt: skip

ACCESS = {
    **{f"hsds:{name}": PUBLIC for name in _HSDS},
    **{f"open311:{name}": PUBLIC for name in ("services", "service", "requests", "request")},
    "inclusion_services": PUBLIC,
    "inclusion_structures": PUBLIC,
}
