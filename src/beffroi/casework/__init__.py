"""Social files: from a request for aid to a decision, its letter, its execution and its ends.

Owns: the social file (dossier) of a person, each application (demande d'aide) in it, the
enquiry (visits, documents, resources, charges, needs), the human appreciations that are
dated and motivated, the report, the proposal, the decision, its notification, the grant it
opens, reviews, changes, sanctions, recoveries and appeals, and the clocks of all of these.
Words: a *file* has one holder and one worker of a team; an *application* asks one kind of
aid from a date; a *proposal* freezes a computation; a *decision* is of an organ that could
take it, never changes, and is corrected by a new one; a *grant* is what a decision gives,
from a day to a day, and payments pay it.
May never happen: a decision without a frozen computation or its motives; two decisions on
one proposal; a decision taken by an organ that was not competent or not in number; a letter
without its mandatory mentions; a file opened by her own holder's relative; a file of another
team seen at all; a reading that leaves no trace; a clock that nobody sees.
Serves: the person, the social worker and her leader, the council that decides.
"""
