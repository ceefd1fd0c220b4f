"""Writes of postures and their studies."""
