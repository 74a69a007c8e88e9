"""What workers make of texts, to find those that are about the same."""

import django.db.models.deletion
from django.db import migrations, models

from workshops.triggers import belongs, stays_home

BELONGS = {
    "statementvector": [("statement", "statement_id")],
    "suggestedmerges": [("workshop", "workshop_id")],
}
TRIGGERS = [
    *(belongs(table, pointers) for table, pointers in BELONGS.items()),
    *(stays_home(table, [pointers[0][1]]) for table, pointers in BELONGS.items()),
]
DROPPED = [f"DROP TRIGGER {name} ON workshops_{table};" for table in BELONGS for name in ("a_belongs", "a_home")]


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0014_glossary_pages'),
    ]

    operations = [
        migrations.CreateModel(
            name='SuggestedMerges',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='digest of what was compared')),
                ('pairs', models.JSONField(default=list, verbose_name='pairs')),
                ('team', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.team')),
                ('workshop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='suggested_merges', to='workshops.workshop')),
            ],
            options={
                'verbose_name': 'suggested merges',
                'verbose_name_plural': 'suggested merges',
            },
        ),
        migrations.CreateModel(
            name='StatementVector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version of the statement')),
                ('digest', models.CharField(max_length=64, verbose_name='digest of text and model')),
                ('values', models.BinaryField(verbose_name='values')),
                ('meant_digest', models.CharField(max_length=64, verbose_name='digest of the meaning and model')),
                ('meant', models.BinaryField(verbose_name='values of the meaning')),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='vector', to='workshops.statement')),
                ('team', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.team')),
            ],
            options={
                'verbose_name': 'vector of a statement',
                'verbose_name_plural': 'vectors of statements',
                'indexes': [models.Index(fields=['digest'], name='statement_vector_digest')],
            },
        ),
        migrations.AlterField("finding", "variant", models.CharField("variant", max_length=24, blank=True)),
        migrations.AddField("finding", "statements", models.JSONField("statements", default=list)),
        migrations.RunSQL("\n".join(TRIGGERS), "\n".join(DROPPED)),
    ]
