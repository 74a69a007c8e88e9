"""An item gets an id for its page's address: each one its own, those that are there already too."""

from django.db import migrations

import workshops.models.public_id
from workshops.models.public_id import new_public_id

BATCH = 2000


def give_each_its_own(apps, schema_editor):
    """A default is called once for all rows that exist; so these get theirs here, one by one."""
    rows = apps.get_model("workshops", "Item").objects.filter(public_id=None).only("pk")
    batch = []
    for row in rows.iterator(chunk_size=BATCH):
        row.public_id = new_public_id()
        batch.append(row)
        if len(batch) == BATCH:
            rows.model.objects.bulk_update(batch, ["public_id"])
            batch = []
    rows.model.objects.bulk_update(batch, ["public_id"])


class Migration(migrations.Migration):
    dependencies = [("workshops", "0004_erasure")]

    operations = [
        migrations.AddField("item", "public_id", workshops.models.public_id.PublicIdField(null=True, default=None)),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField("item", "public_id", workshops.models.public_id.PublicIdField()),
    ]
