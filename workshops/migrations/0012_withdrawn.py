"""When somebody took answers back of which figures had been shown."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0011_pace_newest'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshop',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='answers withdrawn after they were shown'),
        ),
    ]
