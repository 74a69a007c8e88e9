"""What people need to put items together, rate them and see what came of it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0008_letters_and_withdrawals'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='set_aside',
            field=models.BooleanField(default=False, verbose_name='set aside, and so not rated'),
        ),
        migrations.AddField(
            model_name='item',
            name='version',
            field=models.PositiveIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='rating',
            name='revision',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='revision that same meaning was asked about'),
        ),
        migrations.AddField(
            model_name='rating',
            name='version',
            field=models.PositiveIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='round',
            name='common',
            field=models.JSONField(blank=True, default=list, verbose_name='common items'),
        ),
        migrations.AddField(
            model_name='round',
            name='seed',
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name='seed'),
        ),
        migrations.AddField(
            model_name='workshop',
            name='prepared_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='findings opened to prepare'),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(choices=[('made', 'made the workshop'), ('uploaded', 'made it from a file'), ('copied', 'copied it from an earlier workshop'), ('brief', 'changed the brief'), ('candour', 'changed what is shown of whom'), ('stage', 'moved the stage'), ('invited', 'sent invitations'), ('reminded', 'reminded those who were not in'), ('added', 'added somebody'), ('added_item', 'added an item to the rating'), ('changed', 'changed somebody’s name or role'), ('accepted', 'let a guest in'), ('removed', 'removed somebody'), ('replaced', 'put somebody in another’s place'), ('new_link', 'sent somebody a new link'), ('revoked', 'revoked somebody’s link'), ('new_code', 'changed the join code'), ('reopened', 'let somebody write after the stage had closed'), ('withdrawn', 'withdrew what they had said'), ('prepared', 'opened the findings to prepare, without names'), ('revealed', 'revealed results'), ('exported', 'downloaded a file'), ('archived', 'archived the workshop'), ('restored', 'brought it back from the archive')], max_length=12, verbose_name='action'),
        ),
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('act', models.CharField(choices=[('merged', 'put together'), ('moved', 'moved a statement'), ('split', 'took a statement out'), ('worded', 'changed the words'), ('placed', 'put under another'), ('added', 'added'), ('removed', 'removed'), ('set_aside', 'set aside'), ('brought_back', 'brought back'), ('told_apart', 'said that two are not the same')], max_length=12, verbose_name='what was done')),
                ('about', models.CharField(blank=True, max_length=200, verbose_name='about')),
                ('actor', models.CharField(blank=True, max_length=254, verbose_name='who')),
                ('changes', models.JSONField(verbose_name='changes')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('team', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.team')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='workshops.workshop')),
            ],
            options={
                'verbose_name': 'change of the items',
                'verbose_name_plural': 'changes of the items',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('workshop', 'number'), name='edit_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='workshops.participant')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to='workshops.round')),
                ('team', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workshops.team')),
            ],
            options={
                'verbose_name': 'sitting',
                'verbose_name_plural': 'sittings',
                'constraints': [models.UniqueConstraint(fields=('round', 'participant'), name='sitting_once_per_round')],
            },
        ),
    ]
