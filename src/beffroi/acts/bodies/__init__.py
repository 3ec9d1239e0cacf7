"""Deliberate: bodies, mandates, sittings, votes and minutes.

Owns: the council, the standing bureau, the special committee, the president's urgent
powers; who holds a mandate on which day; agendas, presences, conflicts of interest, votes,
minutes and extracts. Refuses: a vote without quorum, a member with a conflict in the room,
an item seen by who need not decide it. Serves: members, the director general, the file.
"""
