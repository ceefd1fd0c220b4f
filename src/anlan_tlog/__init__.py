"""A transparency log: its tree, its notes and tiles, and the witness that cosigns what it states.

Shapes and names are those of C2SP (c2sp.org: signed-note, tlog-checkpoint, tlog-cosignature,
tlog-tiles, tlog-witness); hashing is that of RFC 6962. Knows no server and no database.
"""
