"""The council and its sittings, at the desk."""
