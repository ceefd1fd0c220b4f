"""Kinds of sites and of search results."""

SITE_KINDS: tuple[str, ...] = (
    "FIRE_STATION",
    "POLICE_STATION",
    "AMBULANCE_STATION",
    "HOSPITAL",
    "CLINIC",
    "PHARMACY",
    "SCHOOL",
    "KINDERGARTEN",
    "UNIVERSITY",
    "PUBLIC_OFFICE",
    "SOCIAL_SERVICE",
    "CULTURE",
    "TRANSPORT",
    "SPORTS",
    "HOTEL",
    "FUEL",
    "MARKET",
    "SHOP",
    "FOOD",
    "BANK",
)
"""A pack stores the row number: new kinds go to the end, with a new version of the pack."""

ENTRY_KINDS: tuple[str, ...] = ("PLACE", "STREET", *SITE_KINDS, "ADDRESS")
"""What a search may find, in the order in which the entries lie in the index."""
