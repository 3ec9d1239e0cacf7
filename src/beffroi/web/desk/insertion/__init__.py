"""Integration projects and employment, at the desk."""
