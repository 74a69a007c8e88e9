"""An entry of a glossary gets an id for its form's address, and a version that a change has to know."""

from django.db import migrations, models

import workshops.models.public_id
from workshops.models.public_id import new_public_id


def give_each_its_own(apps, schema_editor):
    """A default is called once for all rows that exist; so these get theirs here, one by one."""
    for row in apps.get_model("workshops", "GlossaryEntry").objects.filter(public_id=None).only("pk"):
        row.public_id = new_public_id()
        row.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("workshops", "0013_findings_told")]

    operations = [
        migrations.AddField(
            "glossaryentry", "public_id", workshops.models.public_id.PublicIdField(null=True, default=None)
        ),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField("glossaryentry", "public_id", workshops.models.public_id.PublicIdField()),
        migrations.AddField("glossaryentry", "version", models.PositiveIntegerField("version", default=1)),
    ]
