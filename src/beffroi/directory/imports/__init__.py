"""Reading somebody else's directory: an HSDS data package, row by row, before anything is written.

Owns: finding the tables of a package (a folder, a zip, a JSON file), reading each row with its
line, saying in words what is wrong with it, and giving clean records.
Refuses: to touch the database; to stop at the first fault; to guess a value that is missing;
to read outside the package.
"""
