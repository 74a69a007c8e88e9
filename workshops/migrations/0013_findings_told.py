"""Findings name where a link leads, in the same workshop, and what limits a notch tighter would make of them."""

import django.db.models.deletion
from django.db import migrations, models

from workshops.triggers import belongs

POINTERS = [("analysis", "analysis_id"), ("item", "item_id")]
DROPPED = "DROP TRIGGER a_belongs ON workshops_finding;"


class Migration(migrations.Migration):
    dependencies = [("workshops", "0012_withdrawn")]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="tighter",
            field=models.CharField(
                blank=True,
                choices=[
                    ("stays", "stays as it is"),
                    ("changes_tier", "would be possible only"),
                    ("goes", "would not be told"),
                ],
                max_length=12,
                verbose_name="with limits a notch tighter",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="to_item",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workshops.item"
            ),
        ),
        migrations.RunSQL(
            [DROPPED, belongs("finding", [*POINTERS, ("item", "to_item_id")])],
            [DROPPED, belongs("finding", POINTERS)],
        ),
    ]
