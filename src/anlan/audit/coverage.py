"""What the audit log leaves out, and why. Everything else is covered: nobody has to remember it."""

from collections.abc import Mapping

LEFT_OUT: Mapping[str, str] = {
    "django_migrations": "says which changes of the tables were made; has no row of anybody",
    "kernel_outbox": "repeats for screens what the covered rows say, and goes after a day",
    "kernel_outbox_reader": "a place mark of a reader, moved with each batch",
    "kernel_kept_reply": "answers kept for a repeated request, for a day; their keys for a month",
    "kernel_deadline": "timers; what they do is written to covered rows",
    "places_cell_hexagon": "an index made from the grid cells",
    "exchange_delivery": "attempts at sending; the messages are covered where they were made",
    "exchange_taken_message": "remembers which messages were taken, against doubles",
    "sign_in_provider_try": "sign-ins that have begun, as digests, gone within minutes",
    "sign_in_passkey_try": "passkeys that are being asked, as digests, gone within minutes",
    "sign_in_failure": "counts of failed proofs under digests, gone after a day",
    "orgs_saved_view": "how somebody likes a list to be shown; nobody else's affair, and it goes",
    "evaluation_outcome": "a copy of covered cases for counting",
    "evaluation_figure": "counted anew every night from the outcomes",
}
"""Tables without leaves."""

LEFT_OUT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    # Where a unit is changes every few seconds, is nobody's decision, and expires.
    "orgs_unit": ("lat", "lon", "positioned_at"),
    # That a sign-in is in use, noted every minute of it.
    "sign_in_session": ("last_seen_at",),
}
"""Columns of covered tables that are no part of what a leaf commits to; sorted."""

OWN = "audit_"
"""Tables of this room begin with it: the log does not tell of itself."""


def covered(table: str) -> bool:
    """Say whether every write of `table` becomes a leaf."""
    return table not in LEFT_OUT and not table.startswith(OWN)


def left_out_columns(table: str) -> list[str]:
    """Return the columns that no leaf of `table` commits to."""
    return list(LEFT_OUT_COLUMNS.get(table, ()))
