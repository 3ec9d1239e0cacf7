"""One component, one template, one entry in the gallery, its states shown."""
