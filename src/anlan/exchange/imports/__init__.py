"""Import of what another system for city matters holds: its past, row by row, from a file.

An app of its own inside exchange. What is imported is history: it never becomes a case that
somebody verified, since nobody here did.
"""
