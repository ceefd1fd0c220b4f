"""Routing as a decision table: which organisation a new case goes to, and why. No database."""
