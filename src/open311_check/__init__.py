"""Does a server keep to Open311 GeoReport v2? One rule at a time, against any server.

A tool of its own: it knows nothing of the rest of the project and can be run alone with
``python -m open311_check URL``.
"""
