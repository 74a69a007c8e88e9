"""The newest measured seconds of each part, without a look at the others."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0010_what_must_be_true_together'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='pace',
            index=models.Index(models.F('part'), models.OrderBy(models.F('id'), descending=True), name='pace_newest'),
        ),
    ]
