"""Open standards: other directories read ours, and we read theirs."""
