"""The door of steering: the board of the project lead, plans, lines, figures and what is behind."""
