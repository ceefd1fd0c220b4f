"""Puts the trigger that writes leaves on every covered table, after each run of the migrations.

A table whose columns changed has other content than its leaves say, by nobody's write: each of its
rows gets a leaf RESTATE. So has a table that held rows before there was a log.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.utils import CursorWrapper
from psycopg import Cursor, sql

from anlan.audit.coverage import covered, left_out_columns

AnyCursor = CursorWrapper | Cursor[Any]
TRIGGER = "audit_leaf"
SEALER = "anlan_sealer"
_TABLES = """
    SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attname)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
    GROUP BY c.relname ORDER BY c.relname
"""
_TRIGGERS = """
    SELECT c.relname::text, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE t.tgname = 'audit_leaf' AND c.relnamespace = 'public'::regnamespace
"""
_RESTATE = """
    INSERT INTO audit_leaf (table_name, row_id, verb, actor, purpose, digest, salt)
    SELECT {name}, held.id, 'RESTATE', 'role:' || session_user, 'migration',
        encode(sha256(held.salt || convert_to(held.content, 'UTF8')), 'hex'), held.salt
    FROM (
        SELECT id, uuid_send(gen_random_uuid()) AS salt,
            (to_jsonb(one) - {left_out}::text[])::text AS content
        FROM {table} AS one ORDER BY id
    ) AS held
"""
_SHAPED = """
    INSERT INTO audit_shape (table_name, columns) VALUES (%s, %s)
    ON CONFLICT (table_name) DO UPDATE SET columns = excluded.columns
"""

_GRANTS = f"""
    GRANT SELECT, DELETE ON audit_leaf TO {SEALER};
    GRANT SELECT, INSERT ON audit_entry, audit_checkpoint TO {SEALER};
    GRANT SELECT, INSERT, UPDATE, DELETE ON audit_row TO {SEALER};
    GRANT SELECT, INSERT, UPDATE ON audit_tile, audit_witness TO {SEALER};
    GRANT EXECUTE ON FUNCTION audit_digests(text, text[], uuid, int) TO {SEALER};
    GRANT EXECUTE ON FUNCTION audit_prune_checkpoints(int) TO {SEALER};
"""


def cover_tables(cursor: AnyCursor) -> None:
    """Make the triggers what `coverage` says, as the tables' owner, in the cursor's transaction.

    Once more changes nothing.
    """
    cursor.execute("SELECT to_regclass('public.audit_leaf') IS NOT NULL")
    if (cursor.fetchone() or [False])[0] is False:
        return  # the room's own tables were just taken back
    cursor.execute("SET LOCAL timezone = 'UTC'")
    triggers = dict(_rows(cursor, _TRIGGERS))
    shapes = dict(_rows(cursor, "SELECT table_name, columns FROM audit_shape"))
    for table, columns in _rows(cursor, _TABLES):
        left_out = left_out_columns(table)
        kept = [column for column in columns if column not in left_out]
        same = kept == shapes.get(table)
        if not covered(table):
            continue
        if not same or "{" + ",".join(left_out) + "}" not in triggers.get(table, ""):
            _set_trigger(cursor, table, kept, left_out)
        if not same:
            _restate(cursor, table, kept, left_out)
    if list(_rows(cursor, "SELECT FROM pg_roles WHERE rolname = 'anlan_sealer'")):
        cursor.execute(_GRANTS)


def _set_trigger(cursor: AnyCursor, table: str, kept: list[str], left_out: list[str]) -> None:
    """An UPDATE that names left-out columns alone, as of where units are, fires nothing."""
    columns = sql.SQL(", ").join(map(sql.Identifier, kept))
    cursor.execute(
        sql.SQL(
            "CREATE OR REPLACE TRIGGER {} AFTER INSERT OR DELETE OR UPDATE {} ON {}"
            " FOR EACH ROW EXECUTE FUNCTION audit_write_leaf({})"
        ).format(
            sql.Identifier(TRIGGER),
            sql.SQL("OF {}").format(columns) if left_out else sql.SQL(""),
            sql.Identifier(table),
            sql.Literal("{" + ",".join(left_out) + "}"),
        )
    )


def _restate(cursor: AnyCursor, table: str, kept: list[str], left_out: list[str]) -> None:
    """Write a leaf for every row that is there: what it holds has another form now."""
    cursor.execute(
        sql.SQL(_RESTATE).format(
            name=sql.Literal(table), table=sql.Identifier(table), left_out=sql.Literal(left_out)
        )
    )
    cursor.execute(_SHAPED, [table, kept])


def _rows(cursor: AnyCursor, statement: str) -> Iterator[tuple[Any, ...]]:
    cursor.execute(statement)
    return iter(cursor.fetchall())
