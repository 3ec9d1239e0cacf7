"""Hand over: what is received, kept and given: food, tickets, gifts, things, garden plots, loans.

Owns: sites and their stock (articles, lots, movements), the accesses of households to a social
grocery and their passages at the till, tickets by batch, gifts by number, openings of a donnerie,
garden plots with their waiting list, and what is lent.
Words: a *lot* is what came in at once, with one expiry; a *card* is a household as the grocery
knows it; an *access* is a decision that opens the grocery to it, from a day to a day; a *passage*
is one basket at the till; a *recall* takes a lot back from everywhere.
May never happen: a stock under zero; a lot that is expired or recalled handed over; a household
over its cap; a child, a donor or a taker of a donnerie named; a movement that is changed after.
Refuses: activities and who comes to them (activities), the social file behind an access
(casework), money owed or paid by the house (payments).
Serves: who holds the till, in seconds; who keeps the store; project leads, who open a second
grocery on a screen; the households, of whom the till knows a name, a card and points.
"""
