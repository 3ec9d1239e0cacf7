"""Gather: what a neighbourhood house does with people, session after session, and who came.

Owns: activities and their weekly series, sessions, who takes part (under her name, an alias, or
nobody’s: only a number), attendance as it was tapped, and the count of a session.
Words: a *slot* is a weekly moment of a series; a *tap* is one touch on a phone, with the moment it
was made and a mark of its own; a *count* is what a session counted, frozen when it was closed.
May never happen: a tap counted twice, or lost because it came late; a count that changes without a
new row that says why; anonymous people counted among unique ones; more people than places.
Refuses: appointments of one person with one worker (agenda), what a plan makes of the counts
(steering), the money of the house (payments).
Serves: animators, in seconds; project leads, who retype nothing; the people who come.
"""
