"""Budget: what a household has, spends and owes, and the plan that pays its debts.

Owns: debt mediation files: inventory of debts, budget, plan by largest remainder, creditors,
letters' facts, prescription alerts, follow-up. Refuses: the money of a client in the ledger
of the CPAS. Serves: the debt mediator and the household.
"""
