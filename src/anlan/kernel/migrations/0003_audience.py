from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_deadlines'),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxentry',
            name='audience',
            field=models.UUIDField(null=True),
        ),
    ]
