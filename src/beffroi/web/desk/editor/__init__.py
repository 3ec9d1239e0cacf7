"""The editor's desk: services, places, contradictions, plans, words, questions, agents."""
