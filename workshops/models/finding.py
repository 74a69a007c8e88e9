from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .item import Item
from .team_row import TeamRow
from .workshop import Workshop


class Analysis(TeamRow):
    """One run of the engine over closed rounds. Never changed: a trigger refuses it.

    `figures` holds what is true of the whole: alignment, items and cells of the matrix, agenda. The same input gives
    the same digest, and a workshop has one analysis per digest and engine.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="analyses")
    digest = models.CharField(_("digest of the input"), max_length=64)
    engine = models.CharField(_("engine"), max_length=20)
    figures = models.JSONField(_("figures"))
    created_at = models.DateTimeField(_("computed"), default=timezone.now)

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "digest", "engine"], name="analysis_once_per_input"),
        ]

    def __str__(self):
        return f"{self.engine} {self.digest[:8]}"


class Finding(TeamRow):
    """One divergence, or agreement, that an analysis found; its sentence is made when it is shown."""

    class Fate(models.TextChoices):
        STAYS = "stays", _("stays as it is")
        CHANGES_TIER = "changes_tier", _("would be possible only")
        GOES = "goes", _("would not be told")

    class Tier(models.TextChoices):
        LIKELY = "likely", _("likely")
        POSSIBLE = "possible", _("possible")

    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20)
    variant = models.CharField(_("variant"), max_length=24, blank=True)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="findings")
    to_item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")  # where a link leads
    grouping = models.CharField(_("grouping"), max_length=4, default="role")  # what `groups` are keys of
    groups = models.JSONField(_("roles or lenses"), default=list)
    people = models.JSONField(_("people"), default=list)
    tier = models.CharField(_("tier"), max_length=8, choices=Tier)
    tighter = models.CharField(_("with limits a notch tighter"), max_length=12, choices=Fate, blank=True)
    severity = models.FloatField(_("severity"))
    dimension = models.CharField(_("dimension"), max_length=12, default="importance")
    numbers = models.JSONField(_("numbers"), default=dict)
    statements = models.JSONField(_("statements"), default=list)  # public ids of the two texts that it is about

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["analysis", "position"], name="finding_position_once"),
            models.CheckConstraint(condition=Q(severity__range=(0, 1)), name="finding_severity_0_to_1"),
            models.CheckConstraint(condition=Q(grouping__in=["role", "lens"]), name="finding_grouping_known"),
            models.CheckConstraint(condition=Q(tier__in=["likely", "possible"]), name="finding_tier_known"),
        ]

    def __str__(self):
        return f"{self.kind} {self.tier}"
