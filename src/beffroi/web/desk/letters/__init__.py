"""Letters, at the desk."""
