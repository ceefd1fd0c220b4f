from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0003_desk_rules'),
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='incident',
            name='site_kind',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.AddField(
            model_name='incident',
            name='escalation_level',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='assignment',
            name='unit_kind',
            field=models.CharField(default='', max_length=32),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE dispatch_assignment SET unit_kind = orgs_unit.kind FROM orgs_unit"
            " WHERE orgs_unit.id = dispatch_assignment.unit_id",
            migrations.RunSQL.noop,
        ),
    ]
