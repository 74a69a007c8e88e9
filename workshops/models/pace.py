from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Pace(models.Model):
    """How many seconds somebody was busy with one part of the pre-work. It belongs to no person and no workshop."""

    class Part(models.TextChoices):
        WARM_UP = "warm-up", _("Warm-up")
        GOALS = "goals", _("Goals")
        PAINS = "pains", _("Pains")
        ALTERNATIVES = "alternatives", pgettext_lazy("part", "Alternatives")
        RATE = "rate", _("Rating one item")
        FOLLOW_UP = "follow-up", _("Following up on one item")

    part = models.CharField(_("part"), max_length=12, choices=Part)
    seconds = models.PositiveIntegerField(_("seconds"))

    class Meta:
        verbose_name = _("pace")
        verbose_name_plural = _("pace")
        # For the newest of one part: the parts done once are soon buried under those done for every item.
        indexes = [models.Index("part", F("id").desc(), name="pace_newest")]
        constraints = [models.CheckConstraint(condition=Q(seconds__range=(1, 3600)), name="pace_up_to_an_hour")]

    def __str__(self):
        return f"{self.part} {self.seconds} s"
