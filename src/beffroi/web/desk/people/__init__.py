"""Persons, at the desk."""
