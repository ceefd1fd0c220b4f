"""Keeps the table of checkpoints bounded: whole for a week, of each day before it the last one.

Each checkpoint states all that is before it, so the last of a day states the others of that day.
One that a witness cosigned stays, whatever its age: an export is made of it. The database holds the
rule: the sealer may delete no checkpoint itself.
"""

from anlan.audit.sealed import Connection

PRUNE_BATCH_ROWS = 5_000


def prune(connection: Connection) -> int:
    """Delete checkpoints that a later one of their day states too; return how many."""
    asked = "SELECT audit_prune_checkpoints(%s)"
    (gone,) = connection.execute(asked, [PRUNE_BATCH_ROWS]).fetchone() or (0,)
    return int(gone)
