from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .item import Item
from .participant import Participant
from .round import Round
from .team_row import TeamRow


class Restatement(TeamRow):
    """What an item means to one participant: intended outcome, action it calls for, trade-off accepted."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="restatements")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="restatements")
    item = models.ForeignKey(Item, models.CASCADE, related_name="restatements")
    outcome = models.CharField(_("outcome"), max_length=600, blank=True)
    action = models.CharField(_("action"), max_length=600, blank=True)
    tradeoff = models.CharField(_("trade-off"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("restatement")
        verbose_name_plural = _("restatements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "participant", "item"], name="restatement_once_per_round"),
        ]

    def __str__(self):
        return self.outcome


class Judgement(TeamRow):
    """Whether one participant finds that another's restatement says what was agreed: 2 yes, 1 partly, 0 no."""

    restatement = models.ForeignKey(Restatement, models.CASCADE, related_name="judgements")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="judgements")
    same = models.PositiveSmallIntegerField(_("the same"))

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["restatement", "participant"], name="judgement_once"),
            models.CheckConstraint(condition=Q(same__lte=2), name="judgement_0_to_2"),
        ]

    def __str__(self):
        return str(self.same)
