from django.db import migrations, models

from anlan.kernel.building_indexes import AddIndexBeside


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('kernel', '0007_keys_outlast_replies'),
    ]

    operations = [
        AddIndexBeside(
            model_name='keptreply',
            index=models.Index(
                condition=models.Q(('forgotten', False)),
                fields=['kept_at'],
                name='kernel_kept_reply_whole',
            ),
        ),
    ]
