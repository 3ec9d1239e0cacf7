"""Commit: what two sides promise each other in writing, its evaluations and its end.

Owns: the individual integration projects (PIIS), the employments of articles 60 §7 and 61,
the conventions of housing and of mediation; their parties, objectives, obligations, progress
and evaluations. Refuses: a signature before the days of reflection, an evaluation rewritten.
Serves: the insertion worker and the person, who holds a copy.
"""
