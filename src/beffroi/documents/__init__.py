"""Registers, attachments and letters.

Owns: the numbers of each register (chronological, without a gap, by year), the files that
people and agents add, and the letters (see `letters/`). Refuses: a number given twice or skipped, a file whose content
is not what its name says, a file shown before a scanner has cleared it, metadata that tell
more than the picture. Serves: whoever must prove what was received, and when.
"""
