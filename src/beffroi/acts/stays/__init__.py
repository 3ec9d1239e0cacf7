"""Occupy: a bed for a night, a chair for a day, for somebody of whom no name is asked.

Owns: houses with their seasons and their beds, guests as the team knows them, nights slept, day
visits, refusals, exclusions, the book of the night, and what a night counted.
Words: an *opening* is one night or one day of a house; a *stay* is one guest in one bed for one
night, named by the date of its evening; a *visit* is one guest on one day; a *tally* counts meals,
showers and machines of laundry; a *cold plan* opens more beds between two dates.
May never happen: two guests in one bed, or one guest in two beds, on one night; more guests than
beds; a count that changes without a new row that says why; a refusal that bears a name; nights
and visits added up into people; a night lost because two guests were found to be one.
Refuses: the social file of the person, housing contracts and their rent, care, the street rounds.
Serves: the night team, in the dark, with one thumb; the day team; who answers for the plan.
"""
