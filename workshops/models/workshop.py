from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workshops import live

from .public_id import PublicIdField
from .team import Role, Segment, Team
from .team_row import TeamRow


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Workshops that this viewer, a signed-in user or a guest's participant, may open."""
        allowed = Q(pk__in=[])
        if viewer.user:
            allowed |= Q(team__memberships__user=viewer.user)
        if viewer.participant:
            allowed |= Q(pk=viewer.participant.workshop_id)
        return self.filter(allowed).distinct()


class Workshop(models.Model):
    """One focal question about one segment, taken from brief to report."""

    class Stage(models.TextChoices):
        SETUP = "setup", pgettext_lazy("stage", "Setup")
        WRITE = "write", pgettext_lazy("stage", "Write")
        CONSOLIDATE = "consolidate", pgettext_lazy("stage", "Consolidate")
        RATE = "rate", pgettext_lazy("stage", "Rate")
        LIVE = "live", pgettext_lazy("stage", "Live")
        CLOSED = "closed", pgettext_lazy("stage", "Closed")

    class Candour(models.TextChoices):
        OPEN = "open", _("Open: names show after the reveal")
        ROLES = "roles", _("Roles: no names")
        TEAM = "team", _("Team: results of the whole team only")

    public_id = PublicIdField()
    team = models.ForeignKey(Team, models.PROTECT, related_name="workshops")
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, blank=True, related_name="workshops")
    title = models.CharField(_("title"), max_length=200)
    question = models.CharField(_("question"), max_length=600, blank=True)
    strategy = models.TextField(_("strategy"), max_length=2000, blank=True)
    candour = models.CharField(_("candour"), max_length=5, choices=Candour, default=Candour.OPEN)
    k = models.PositiveSmallIntegerField(_("smallest group shown"), default=3)
    language = models.CharField(_("language"), max_length=16, default="en")
    stage = models.CharField(_("stage"), max_length=11, choices=Stage, default=Stage.SETUP)
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    sample = models.CharField(_("sample it came from"), max_length=64, blank=True)
    current_analysis = models.ForeignKey(
        "workshops.Analysis", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("analysis shown")
    )

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="workshop_has_a_title"),
            models.CheckConstraint(
                condition=Q(stage__in=["setup", "write", "consolidate", "rate", "live", "closed"]),
                name="workshop_stage_known",
            ),
            models.CheckConstraint(
                condition=(Q(candour__in=["open", "roles"]) & Q(k__gte=3)) | (Q(candour="team") & Q(k__gte=5)),
                name="workshop_k_fits_candour",
            ),
            models.UniqueConstraint(fields=["sample"], condition=~Q(sample=""), name="workshop_once_per_sample"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_revealed(self):
        return self.revealed_at is not None

    def show_analysis(self, analysis):
        """Make `analysis` the one that pages show."""
        Workshop.objects.filter(pk=self.pk).update(current_analysis=analysis)
        live.announce(self, "analysis")


class Participant(TeamRow):
    """A person in a workshop: a member, or a guest whom the facilitator accepted."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="participants")
    user = models.ForeignKey("workshops.User", models.SET_NULL, null=True, blank=True, related_name="participations")
    key = models.CharField(_("key"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    role = models.ForeignKey(Role, models.PROTECT, related_name="participants")

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="participant_key_once"),
            models.UniqueConstraint(
                fields=["workshop", "user"], name="participant_once_per_account", condition=Q(user__isnull=False)
            ),
            models.CheckConstraint(condition=~Q(name=""), name="participant_has_a_name"),
        ]

    def __str__(self):
        return self.name
