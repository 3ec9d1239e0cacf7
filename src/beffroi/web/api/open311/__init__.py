"""Open311 GeoReport v2: other programs report graffiti here, and read where each report stands."""
