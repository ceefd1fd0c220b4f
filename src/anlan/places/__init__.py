"""Jurisdictions, grid cells, sites and the road network."""
