"""Go out: who went out where, whom they met without a name, what was seen, handed over, cleaned.

Owns: areas and what they count to, outings and their crew, contacts (counted, never named), kits
handed out and taken back, faults seen in public space, surfaces to clean and their photographs.
Words: an *area* is where a team goes out for one kind of work; an *outing* is one time of it; a
*contact* is one meeting with one or more people; a *code* is what somebody chose to be counted once
by, where drugs are spoken of; a *kit* is what is handed over and comes back.
May never happen: a contact counted twice because a phone sent it twice; a name in a contact; a code
read by anybody or joined to a person; an agent on two outings at once; a private wall cleaned
without the consent of its owner; a photograph shown before somebody said that nobody is on it.
Refuses: the request itself (requests), a mediation between two parties with its notes (files of its
own), the stock of kits (supplies), what a plan makes of the counts (steering).
Serves: street workers, guardians, prevention workers and the crews that clean, in ten seconds.
"""
