"""Persons, their households and ties, their numbers and addresses, and what they consent to.

Owns: who somebody is (names, birth, declared facts), each identifier with its history (NISS
and BIS are checked, never taken as proof of sex or age), households and ties over time,
addresses (one may be sealed, and is then masked everywhere, in print too), languages,
consents, representatives, and the link between an agent and the person she is.
Refuses: a person deleted or overwritten by a merge; a sealed address shown; an agent who
opens her own file or a relative's; a fact deduced from a number.
Serves: every room that must know of whom it speaks, and the worker who searches a name
as she heard it.
"""
