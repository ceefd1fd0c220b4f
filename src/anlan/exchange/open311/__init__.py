"""Open311 GeoReport v2: residents' applications send requests, and everybody reads public ones.

An app of its own inside exchange. What everybody may read of a case is in `selectors`; nothing else
of a case leaves here.
"""
