"""The anonymous estimate of the living income: questions, result, and how it is computed.

Pure from one end to the other: answers come in by POST, a page goes out. Nothing is stored, no
cookie is set, no amount stands in an address or in the log.
"""
