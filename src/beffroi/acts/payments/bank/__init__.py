"""What the house and its bank say to each other: files, account numbers, communications.

Pure Python: nothing here knows the database.
"""
