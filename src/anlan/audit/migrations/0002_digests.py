from django.db import migrations

# For the sealer, which may see no row: what each row's digest is now, with its last leaf's salt.
DIGESTS = """
    CREATE FUNCTION audit_digests(named text, left_out text[], after uuid, limited int)
    RETURNS TABLE (row_id uuid, digest text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
    AS $body$
    BEGIN
        RETURN QUERY EXECUTE format($query$
            WITH waiting AS MATERIALIZED (
                SELECT DISTINCT ON (leaf.row_id) leaf.row_id, leaf.salt FROM audit_leaf AS leaf
                WHERE leaf.table_name = $1 ORDER BY leaf.row_id, leaf.position DESC
            )
            SELECT held.id, encode(sha256(
                coalesce(waiting.salt, sealed.salt)
                || convert_to((to_jsonb(held) - $2)::text, 'UTF8')
            ), 'hex')
            FROM (SELECT * FROM %I WHERE id > $3 ORDER BY id LIMIT $4) AS held
            LEFT JOIN waiting ON waiting.row_id = held.id
            LEFT JOIN audit_row AS sealed ON sealed.table_name = $1 AND sealed.row_id = held.id
            ORDER BY held.id
        $query$, named) USING named, left_out, after, limited;
    END
    $body$
"""
FUNCTION = "audit_digests(text, text[], uuid, int)"


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[DIGESTS, f"REVOKE ALL ON FUNCTION {FUNCTION} FROM PUBLIC"],
            reverse_sql=f"DROP FUNCTION {FUNCTION}",
        ),
    ]
