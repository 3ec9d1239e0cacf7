"""The houses where one sleeps or comes by day, at the desk: counts, set-up, guests."""
