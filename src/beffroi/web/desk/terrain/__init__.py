"""The field at the desk: outings, faults, surfaces, figures, and what leads set up."""
