"""What the privacy officer and the administrator see: the journal, retention, agents."""
