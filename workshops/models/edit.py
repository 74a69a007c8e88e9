from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .team_row import TeamRow
from .workshop import Workshop


class Edit(TeamRow):
    """One change that a facilitator made while items were put together, with what stood there before, to undo it.

    `changes` has {"items": {key: [before, after]}, "statements": {public id: [item key before, item key after]}}; what
    was not there is null. No author stands in it. It quotes statements, so it goes when somebody withdraws theirs.
    """

    class Act(models.TextChoices):
        MERGED = "merged", _("put together")
        MOVED = "moved", _("moved a statement")
        SPLIT = "split", _("took a statement out")
        WORDED = "worded", _("changed the words")
        PLACED = "placed", _("put under another")
        ADDED = "added", _("added")
        REMOVED = "removed", _("removed")
        SET_ASIDE = "set_aside", _("set aside")
        BROUGHT_BACK = "brought_back", _("brought back")
        TOLD_APART = "told_apart", _("said that two are not the same")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("what was done"), max_length=12, choices=Act)
    about = models.CharField(_("about"), max_length=200, blank=True)
    actor = models.CharField(_("who"), max_length=254, blank=True)
    changes = models.JSONField(_("changes"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of the items")
        verbose_name_plural = _("changes of the items")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["workshop", "number"], name="edit_number_once")]

    def __str__(self):
        return f"{self.number} {self.act}"
