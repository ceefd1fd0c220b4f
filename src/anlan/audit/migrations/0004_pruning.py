from django.db import migrations

# The sealer may delete no checkpoint: the function does, and none of the last week whoever asks.
FORTH = """
CREATE FUNCTION audit_prune_checkpoints(most int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    WITH gone AS (
        DELETE FROM audit_checkpoint WHERE size IN (
            SELECT size FROM (
                SELECT size, sealed_at, lead(sealed_at) OVER (ORDER BY size) AS next_at
                FROM audit_checkpoint
            ) AS listed
            WHERE sealed_at < now() - interval '7 days'
                AND date_trunc('day', sealed_at, 'UTC') = date_trunc('day', next_at, 'UTC')
                AND size NOT IN (SELECT size FROM audit_witness)
            ORDER BY size LIMIT most)
        RETURNING 1)
    SELECT count(*) FROM gone
$body$;
REVOKE ALL ON FUNCTION audit_prune_checkpoints(int) FROM PUBLIC;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0003_reading"),
    ]

    operations = [
        migrations.RunSQL(FORTH, "DROP FUNCTION audit_prune_checkpoints(int)"),
    ]
