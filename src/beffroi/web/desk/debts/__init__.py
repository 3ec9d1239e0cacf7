"""Debt mediation, at the desk."""
