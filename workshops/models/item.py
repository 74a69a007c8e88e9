from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .public_id import PublicIdField
from .team_row import TeamRow
from .workshop import Workshop


class Kind(models.TextChoices):
    """What an item or a statement is about."""

    GOAL = "goal", _("Goal")
    PAIN = "pain", _("Pain")
    ALTERNATIVE = "alternative", _("Alternative")


class Item(TeamRow):
    """One entry of the common model: statements that mean the same, merged."""

    public_id = PublicIdField()
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="items")
    key = models.CharField(_("key"), max_length=64)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    definition = models.CharField(_("working definition"), max_length=600, blank=True)
    revision = models.PositiveSmallIntegerField(_("revision of the definition"), default=1)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    lineage = models.CharField(_("key in the workshop it continues"), max_length=64, blank=True)
    revealed_at = models.DateTimeField(_("revealed on its own"), null=True, blank=True)
    set_aside = models.BooleanField(_("set aside, and so not rated"), default=False)
    # Counts up with every change while items are put together, so that two facilitators do not undo each other unseen.
    version = models.PositiveIntegerField(_("version"), default=1)
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="item_key_once"),
            models.CheckConstraint(condition=~Q(title=""), name="item_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="item_kind_known"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="item_not_its_own_parent"),
        ]

    def __str__(self):
        return self.title
