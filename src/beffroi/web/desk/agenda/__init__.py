"""Appointments and the waiting room, at the desk."""
