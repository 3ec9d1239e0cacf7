"""Social files, at the desk."""
