"""What every room stands on: actors, refusals, money, dates, secrets.

Owns no table and knows no room. Nothing here reads a clock or a request: time and
actor are arguments, given at the doors.
"""
