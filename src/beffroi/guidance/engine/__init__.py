"""From a person's own words to the services that help.

Owns the reading of words (spelling, language, danger) and the ranking of services.
Refuses the database, HTTP and Django: entries and phrases come in as plain values.
Serves the guidance room, which loads the values and shows the answer.
"""
