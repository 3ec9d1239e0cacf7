"""A computation for a household on a date, frozen with its facts, its parameters and its steps.

Owns: each computation as it was made: facts, regime, parameters in force, version of the
rules, steps, result, and the page that lets a person follow it.
Refuses: a computation changed after it was made; an amount without its reasons.
Serves: the worker who proposes, the council that decides, the person who wants to know why.
"""
