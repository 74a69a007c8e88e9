from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """That something was erased, and when; nothing of what it held. A sample's name is kept so that it stays away."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        TEAM = "team", _("Team")
        PERSON = "person", _("What one person said")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    sample = models.CharField(_("sample it came from"), max_length=64, blank=True)
    erased_at = models.DateTimeField(_("erased"), default=timezone.now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["workshop", "team", "person"]), name="erasure_kind_known")
        ]

    def __str__(self):
        return f"{self.kind} {self.erased_at:%Y-%m-%d}"
