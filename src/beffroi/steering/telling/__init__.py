"""What anybody may be told of the figures of a year: decided once, at the vote, and kept.

Published, and nothing else:

- what counts no people (sessions, hours, square metres): as it is;
- one count for each question of a line and a year: a question is a measure asked for references.
  Counts of one room about the same acts are told together or not at all: when one of them, or what
  is left of one without the others, is under k, only the largest is told. Two questions of a room
  never overlap: those that would are left out;
- the presences of a line by house and quarter, in a protected table, when their total is told;
- presences over all lines; different people of an axis and of the plan, counted again: only where
  no sum, no difference and no bound gives a count under k;
- a share or a mean whose two halves may be told beside all that is told of the same acts.

Never published: euros, kilos or points that people paid or took (an amount does not say of how many
people it is), new people (over the years they would tell who came back), people or files that stand
on a day (from year to year, with what opens, they would tell what closes), ages, sexes, anything by
month, what is behind a figure, a starting point (it may be the small count of another year).

Over time: a figure that a later revision moves by less than k keeps the value told before, and says
so; a table is told again when it is the same, or when every cell is told and none moved by a few.
"""

#: The measures that are counted again above the lines.
PRESENCES = "activities.presences"
PEOPLE = "activities.participants_unique"
