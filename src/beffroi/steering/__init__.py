"""Steer: plans and their lines, what they measure, what they cost, what is reported of them.

Owns: programmes and their regime, the catalogue of actions, plans with their versions, partners
and conventions, indicators and targets, budgets and expenditure of a plan, frozen reports.
Refuses: a figure typed where it can be counted, a line edited in place, people summed across
actions, a small number told, a cost dated before its line. Serves: the project lead, the
direction, the council, and the citizen who asks what became of the plan.
"""
