"""Views that people saved: their owner's alone, held by the database, gone when the account closes."""

import django.db.models.deletion
from django.db import migrations, models

import anlan.kernel.identifiers
import anlan.kernel.rows
from anlan.kernel.secure_tables import ACTING, Sealed, SecureTable

OWN = f"account_id::text = {ACTING}"
GO_WITH_ACCOUNT = """
    CREATE FUNCTION orgs_saved_views_go_with_account() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $body$
    BEGIN
        DELETE FROM orgs_saved_view WHERE account_id = NEW.id;
        RETURN NULL;
    END
    $body$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0007_auditor'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.UUIDField(default=anlan.kernel.identifiers.new_id, editable=False, primary_key=True, serialize=False)),
                ('area', models.BigIntegerField()),
                ('street', anlan.kernel.rows.StreetField(editable=False)),
                ('screen', models.CharField(max_length=24)),
                ('label', models.CharField(max_length=60)),
                ('filters', models.JSONField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='orgs.account')),
            ],
            options={
                'db_table': 'orgs_saved_view',
                'constraints': [models.UniqueConstraint(fields=('account', 'screen', 'label'), name='orgs_saved_view_one_of_a_name')],
            },
        ),
        SecureTable("orgs_saved_view", append_only=True, deletable=True),
        Sealed("orgs_saved_view", read=OWN, change=OWN),
        migrations.RunSQL(
            sql=[
                "GRANT UPDATE (label, filters) ON orgs_saved_view TO anlan_app",
                "CREATE POLICY sealed_insert ON orgs_saved_view AS RESTRICTIVE FOR INSERT"
                f" WITH CHECK ({OWN})",
                GO_WITH_ACCOUNT,
                "REVOKE ALL ON FUNCTION orgs_saved_views_go_with_account() FROM PUBLIC",
                "CREATE TRIGGER drop_saved_views AFTER UPDATE OF active ON orgs_account"
                " FOR EACH ROW WHEN (OLD.active AND NOT NEW.active)"
                " EXECUTE FUNCTION orgs_saved_views_go_with_account()",
            ],
            reverse_sql=[
                "DROP TRIGGER drop_saved_views ON orgs_account",
                "DROP FUNCTION orgs_saved_views_go_with_account()",
                "DROP POLICY sealed_insert ON orgs_saved_view",
            ],
        ),
    ]
