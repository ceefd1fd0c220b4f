from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0006_looks_expire'),
    ]

    operations = [
        migrations.AddField(
            model_name='keptreply',
            name='forgotten',
            field=models.BooleanField(db_default=False),
        ),
    ]
