"""The verbs of social action, each with an invariant that no form can hold."""
