"""Annual reports: what they say (`content`), as parts to write (`parts`), as files (`files`)."""
