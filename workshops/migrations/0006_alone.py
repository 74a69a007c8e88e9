"""What people need to write alone: links and devices, letters, versions of what they wrote, an audit trail."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.manager
import django.utils.timezone
import workshops.models.public_id
from django.db import migrations, models

from workshops.models.public_id import new_join_code, new_public_id, new_token

BATCH = 2000
UNIQUE = {
    "Participant": {"public_id": new_public_id},
    "Statement": {"public_id": new_public_id},
    "Workshop": {"join_code": new_join_code, "join_token": new_token},
}


def give_each_its_own(apps, schema_editor):
    """A default is called once for all rows that exist; so these get theirs here, one by one."""
    for name, makers in UNIQUE.items():
        model = apps.get_model("workshops", name)
        batch = []
        for row in model._base_manager.only("pk").iterator(chunk_size=BATCH):
            for field, make in makers.items():
                setattr(row, field, make())
            batch.append(row)
            if len(batch) == BATCH:
                model._base_manager.bulk_update(batch, makers)
                batch = []
        model._base_manager.bulk_update(batch, makers)


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0005_item_public_id"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("made", "made the workshop"),
                            ("copied", "copied it from an earlier workshop"),
                            ("brief", "changed the brief"),
                            ("candour", "changed what is shown of whom"),
                            ("stage", "moved the stage"),
                            ("invited", "sent invitations"),
                            ("reminded", "reminded those who were not in"),
                            ("added", "added somebody"),
                            ("changed", "changed somebody’s name or role"),
                            ("accepted", "let a guest in"),
                            ("removed", "removed somebody"),
                            ("replaced", "put somebody in another’s place"),
                            ("new_link", "sent somebody a new link"),
                            ("revoked", "revoked somebody’s link"),
                            ("new_code", "changed the join code"),
                            ("reopened", "let somebody write after the stage had closed"),
                            ("withdrawn", "withdrew what they had said"),
                            ("revealed", "revealed results"),
                            ("exported", "downloaded a file"),
                            ("archived", "archived the workshop"),
                            ("restored", "brought it back from the archive"),
                        ],
                        max_length=12,
                        verbose_name="action",
                    ),
                ),
                ("actor", models.CharField(blank=True, max_length=254, verbose_name="who")),
                ("about", models.CharField(blank=True, max_length=254, verbose_name="about")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
            ],
            options={
                "verbose_name": "entry of the audit trail",
                "verbose_name_plural": "audit trail",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Bucket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("left", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    workshops.models.public_id.PublicIdField(
                        default=workshops.models.public_id.new_public_id, editable=False, max_length=16, unique=True
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64, unique=True, verbose_name="hash of the secret")),
                ("created_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="since")),
            ],
            options={
                "verbose_name": "device",
                "verbose_name_plural": "devices",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation to a workshop"),
                            ("link", "A new personal link"),
                            ("reminder", "Reminder"),
                            ("membership", "Invitation to a team"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="what went wrong")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for")),
                (
                    "send_again_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent again at"),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True, verbose_name="the worker's until")),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
            },
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("warm-up", "Warm-up"),
                            ("goals", "Goals"),
                            ("pains", "Pains"),
                            ("alternatives", "Alternatives"),
                            ("rate", "Rating one item"),
                            ("follow-up", "Following up on one item"),
                        ],
                        max_length=12,
                        verbose_name="part",
                    ),
                ),
                ("seconds", models.PositiveIntegerField(verbose_name="seconds")),
            ],
            options={
                "verbose_name": "pace",
                "verbose_name_plural": "pace",
            },
        ),
        migrations.CreateModel(
            name="PersonalLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True, verbose_name="hash of the token")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
            ],
            options={
                "verbose_name": "personal link",
                "verbose_name_plural": "personal links",
            },
        ),
        migrations.AlterModelOptions(
            name="participant",
            options={
                "base_manager_name": "everybody",
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
            },
        ),
        migrations.AlterModelOptions(
            name="statement",
            options={
                "base_manager_name": "with_deleted",
                "ordering": ["position", "pk"],
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
            },
        ),
        migrations.AlterModelManagers(
            name="participant",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everybody", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterModelManagers(
            name="statement",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("with_deleted", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="participant",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
        ),
        migrations.AddField(
            model_name="participant",
            name="invited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="invited"),
        ),
        migrations.AddField(
            model_name="participant",
            name="may_write_late",
            field=models.BooleanField(default=False, verbose_name="may write after the stage has closed"),
        ),
        migrations.AddField(
            model_name="participant",
            name="public_id",
            field=workshops.models.public_id.PublicIdField(null=True, default=None),
        ),
        migrations.AddField(
            model_name="participant",
            name="standing",
            field=models.CharField(
                choices=[("accepted", "Participant"), ("waiting", "Waits to be let in"), ("observer", "Observer")],
                default="accepted",
                max_length=8,
                verbose_name="standing",
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="submitted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="submitted"),
        ),
        migrations.AddField(
            model_name="readiness",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="statement",
            name="deleted_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="deleted"),
        ),
        migrations.AddField(
            model_name="statement",
            name="position",
            field=models.PositiveIntegerField(default=0, verbose_name="position"),
        ),
        migrations.AddField(
            model_name="statement",
            name="public_id",
            field=workshops.models.public_id.PublicIdField(null=True, default=None),
        ),
        migrations.AddField(
            model_name="statement",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="archived"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="continues",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="continued_by",
                to="workshops.workshop",
                verbose_name="continues",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="deadline",
            field=models.DateTimeField(blank=True, null=True, verbose_name="please write until"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="horizon",
            field=models.CharField(blank=True, max_length=200, verbose_name="horizon"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="join_code",
            field=models.CharField(max_length=8, unique=True, null=True, default=None),
        ),
        migrations.AddField(
            model_name="workshop",
            name="join_token",
            field=models.CharField(max_length=43, unique=True, null=True, default=None),
        ),
        migrations.AddField(
            model_name="workshop",
            name="live_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="live session"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last reminder"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="stage_version",
            field=models.PositiveIntegerField(default=0, verbose_name="moves of the stage"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="time_zone",
            field=models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
        ),
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
        migrations.AlterField("participant", "public_id", workshops.models.public_id.PublicIdField()),
        migrations.AlterField("statement", "public_id", workshops.models.public_id.PublicIdField()),
        migrations.AlterField(
            "workshop",
            "join_code",
            models.CharField(
                max_length=8,
                unique=True,
                default=workshops.models.public_id.new_join_code,
                verbose_name="join code",
            ),
        ),
        migrations.AlterField(
            "workshop",
            "join_token",
            models.CharField(
                max_length=43,
                unique=True,
                default=workshops.models.public_id.new_token,
                verbose_name="token of the join link",
            ),
        ),
        migrations.AlterField(
            model_name="participant",
            name="role",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="participants",
                to="workshops.role",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                models.F("workshop"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="participant_once_per_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["accepted", "waiting", "observer"])),
                name="participant_standing_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing", "observer"), ("role__isnull", False), _connector="OR"),
                name="participant_has_a_role",
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="team",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workshops.team"
            ),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="workshop",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="audit", to="workshops.workshop"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="workshops.participant"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="team",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workshops.team"
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="membership",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="workshops.membership",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="participant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="workshops.participant",
            ),
        ),
        migrations.AddConstraint(
            model_name="pace",
            constraint=models.CheckConstraint(
                condition=models.Q(("seconds__range", (1, 3600))), name="pace_up_to_an_hour"
            ),
        ),
        migrations.AddField(
            model_name="personallink",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="personal_links", to="workshops.participant"
            ),
        ),
        migrations.AddField(
            model_name="personallink",
            name="team",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workshops.team"
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["send_again_at"], name="letter_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("membership__isnull", True), ("participant__isnull", False)),
                    models.Q(("membership__isnull", False), ("participant__isnull", True)),
                    _connector="OR",
                ),
                name="letter_to_one_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("participant__isnull", False), ("state", "waiting")),
                fields=("participant", "kind"),
                name="letter_waits_once_per_participant",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("membership__isnull", False), ("state", "waiting")),
                fields=("membership", "kind"),
                name="letter_waits_once_per_member",
            ),
        ),
    ]
