"""Linked agencies: what they agreed to be shown, what they are shown, what they are asked for.

An app of its own inside dispatch: it knows incidents, and incidents know nothing of it.
"""
