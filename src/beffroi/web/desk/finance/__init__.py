"""Payments and the ledger, at the desk."""
