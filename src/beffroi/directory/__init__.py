"""Who offers what, where, when, to whom, and how we know it.

Owns: organisations, services, places, and every fact about them (a phone, an address, an
hour, a price) with its source, the day it was true, the time it holds and who confirmed
it; the contradictions between documents, until an editor settles them; closures; the
Grand froid and canicule plans; emergency numbers; communes and postcodes; the lines and
axes of the cohesion plan as the catalogue names them.
Refuses: to show as existing what a document only plans; to fill a blank with a guess (what
is not known is shown as not known, with the next best step, and counted as work to do); to
lose the older of two facts; a house number that must be a number.
Serves: the person who looks for help, the editor who keeps it true, other directories.
"""
