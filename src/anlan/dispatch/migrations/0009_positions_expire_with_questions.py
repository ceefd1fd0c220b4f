"""The question of a recommendation holds positions of units: it can be erased, never changed."""

from django.db import migrations, models

ONLY_ERASED = """
    CREATE FUNCTION dispatch_recommendation_only_erased() RETURNS trigger
    LANGUAGE plpgsql AS $body$
    BEGIN
        IF NEW.asked IS NOT NULL THEN
            RAISE EXCEPTION 'the question of a recommendation is erased or left as it is'
                USING ERRCODE = 'check_violation',
                      CONSTRAINT = 'dispatch_recommendation_only_erased';
        END IF;
        RETURN NEW;
    END
    $body$;
    CREATE TRIGGER only_erased BEFORE UPDATE OF asked ON dispatch_recommendation
        FOR EACH ROW EXECUTE FUNCTION dispatch_recommendation_only_erased();
"""
NOT_ONLY_ERASED = """
    DROP TRIGGER only_erased ON dispatch_recommendation;
    DROP FUNCTION dispatch_recommendation_only_erased();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0008_rounds_and_order'),
    ]

    operations = [
        migrations.AlterField(
            model_name='recommendation',
            name='asked',
            field=models.JSONField(null=True),
        ),
        migrations.AddIndex(
            model_name='recommendation',
            index=models.Index(condition=models.Q(('asked__isnull', False)), fields=['made_at'], name='dispatch_recommendation_asked'),
        ),
        migrations.RunSQL(ONLY_ERASED, NOT_ONLY_ERASED),
        migrations.RunSQL(
            "GRANT UPDATE (asked) ON dispatch_recommendation TO anlan_app",
            "REVOKE UPDATE (asked) ON dispatch_recommendation FROM anlan_app",
        ),
    ]
