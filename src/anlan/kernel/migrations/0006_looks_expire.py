from django.db import migrations, models

# The application may delete no look: the function does, and none of the last year whoever asks.
FORTH = """
CREATE FUNCTION kernel_erase_looks(before timestamptz, most int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    WITH gone AS (
        DELETE FROM kernel_field_look WHERE id IN (
            SELECT id FROM kernel_field_look
            WHERE looked_at < least(before, now() - interval '365 days')
            ORDER BY looked_at LIMIT most)
        RETURNING 1)
    SELECT count(*) FROM gone
$body$;
REVOKE ALL ON FUNCTION kernel_erase_looks(timestamptz, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION kernel_erase_looks(timestamptz, int) TO anlan_app;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0005_data_keys'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='fieldlook',
            index=models.Index(fields=['looked_at'], name='kernel_field_look_age'),
        ),
        migrations.RunSQL(
            FORTH, "DROP FUNCTION kernel_erase_looks(timestamptz, int)"
        ),
    ]
