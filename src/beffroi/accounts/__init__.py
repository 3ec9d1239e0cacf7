"""Agents, the teams they work in and the roles they hold there.

Owns: who may sign in, with which second factor, and which posts (a role in a team, from a
day to a day) she holds. Refuses: a right that hangs on a person rather than on a post, a
sign-in of staff without a second factor (the demo alone is excused, and says so).
Serves: every room, which asks an actor's posts and nothing else of her.
"""
