import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workshops", "0003_cache_table")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("workshop", "Workshop"), ("team", "Team")], max_length=8, verbose_name="kind"
                    ),
                ),
                ("sample", models.CharField(blank=True, max_length=64, verbose_name="sample it came from")),
                ("erased_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="erased")),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["workshop", "team"])), name="erasure_kind_known"
                    )
                ],
            },
        )
    ]
