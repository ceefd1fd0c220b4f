"""What a desk looks back on and hands on: its log, hand-overs between shifts, after-action notes.

An app of its own inside dispatch: it knows incidents, and incidents know nothing of it.
"""
