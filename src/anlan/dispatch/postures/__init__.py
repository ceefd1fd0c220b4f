"""Postures: where units are planned to stand, and what two such plans achieve on past demand.

An app of its own inside dispatch: it knows incidents and units, and they know nothing of it. Demand
is counts of past incidents by cell and hour; nothing here is about a person.
"""
