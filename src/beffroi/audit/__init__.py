"""The journal of acts and of reading, and the rules of retention.

Owns: one row for each act done on personal data and for each reading of it; and, for
each model of the house, what is personal in it, how long it is kept and how it ends; and, for a
month, the mark of each form that was sent, so that sent twice it is done once.
Refuses: to change or take away a row (the database itself refuses), to point to another
table (the journal outlives what it speaks of), to hold the content of what was read.
Serves: the privacy officer who searches it, and the person, who sees on her own page
which service and which role looked at her request, when and why.
"""
