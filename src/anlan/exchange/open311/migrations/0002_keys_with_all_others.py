"""The keys of Open311 are keys of connected systems: they go on there, with their ids.

The old table stays for an old server beside this one, and for the way back; what ends here ends
there too. A later release takes it away.
"""

from django.db import migrations

TO_ALL_OTHERS = """
    INSERT INTO sign_in_service_key (
        id, area, street, label, organisation_id, digest, permissions, added_by, added_at,
        expires_at, ended_at
    )
    SELECT id, area, street, label,
        (SELECT o.id FROM orgs_organisation o WHERE o.area = k.area ORDER BY o.code LIMIT 1),
        digest, scopes, 'system:operator', added_at,
        least(expires_at, added_at + interval '365 days'), ended_at
    FROM open311_service_key k
"""
END_THERE_TOO = """
    CREATE FUNCTION open311_end_key_too() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        UPDATE open311_service_key SET ended_at = NEW.ended_at
        WHERE id = NEW.id AND ended_at IS NULL;
        RETURN NULL;
    END
    $body$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('open311', '0001_initial'),
        ('sign_in', '0005_service_keys'),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                TO_ALL_OTHERS,
                END_THERE_TOO,
                "CREATE TRIGGER open311_end_key_too AFTER UPDATE OF ended_at"
                " ON sign_in_service_key FOR EACH ROW EXECUTE FUNCTION open311_end_key_too()",
            ],
            reverse_sql=[
                "DROP TRIGGER open311_end_key_too ON sign_in_service_key",
                "DROP FUNCTION open311_end_key_too()",
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name='ServiceKey')]
        ),
    ]
