from django.db import migrations

# What an auditor reads, through the application's role: page by page, by table and row. No function
# takes a person, and none lists what one person did.
FUNCTIONS = {
    "audit_standing_now()": (
        "TABLE (size bigint, note text, sealed_at timestamptz, waiting bigint, since timestamptz)",
        """
        SELECT told.size, told.note, told.sealed_at,
            (SELECT count(*) FROM audit_leaf), (SELECT min(written_at) FROM audit_leaf)
        FROM (SELECT 1) AS one
        LEFT JOIN (SELECT * FROM audit_checkpoint ORDER BY size DESC LIMIT 1) AS told ON true
        """,
    ),
    "audit_witnesses()": (
        "TABLE (name text, size bigint, cosigned_at timestamptz, wrong text, line text)",
        "SELECT name, size, cosigned_at, wrong, line FROM audit_witness ORDER BY name",
    ),
    "audit_hashes(at_level int, at_index bigint)": (
        "bytea",
        "SELECT hashes FROM audit_tile WHERE level = at_level AND index = at_index",
    ),
    "audit_entries(first bigint, until bigint)": (
        "TABLE (number bigint, table_name text, entry text)",
        """
        SELECT number, table_name, entry FROM audit_entry
        WHERE number >= first AND number < until ORDER BY number
        """,
    ),
    "audit_entries_of(named text, of_row uuid, first bigint, limited int)": (
        "TABLE (number bigint, table_name text, entry text)",
        """
        SELECT number, table_name, entry FROM audit_entry
        WHERE row_id = of_row AND table_name = named AND number >= first
        ORDER BY number LIMIT limited
        """,
    ),
    "audit_last_entry_of(named text, of_row uuid)": (
        "TABLE (number bigint, table_name text, entry text)",
        """
        SELECT number, table_name, entry FROM audit_entry
        WHERE row_id = of_row AND table_name = named ORDER BY number DESC LIMIT 1
        """,
    ),
}


def _name(signature: str) -> str:
    return signature.split("(")[0]


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0002_digests"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                f"CREATE FUNCTION {signature} RETURNS {found} LANGUAGE sql STABLE SECURITY DEFINER"
                f" SET search_path = public, pg_temp AS $body$ {body} $body$",
                f"REVOKE ALL ON FUNCTION {_name(signature)} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {_name(signature)} TO anlan_app",
            ],
            reverse_sql=f"DROP FUNCTION {_name(signature)}",
        )
        for signature, (found, body) in FUNCTIONS.items()
    ]
