from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workshops import live

from .public_id import PublicIdField, new_join_code, new_token
from .team import Segment, Team


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Workshops that this viewer, a signed-in user or a guest's participant, may open."""
        allowed = Q(pk__in=[])
        if viewer.user:
            allowed |= Q(team__memberships__user=viewer.user)
        admitted = [seat.workshop_id for seat in viewer.seats if seat.is_admitted]
        if admitted:
            allowed |= Q(pk__in=admitted)
        return self.filter(allowed).distinct()

    def in_use(self):
        """Those that are not archived."""
        return self.filter(archived_at__isnull=True)


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
    # Counts up with every move of the stage, so that a second "next" from an old page changes nothing.
    stage_version = models.PositiveIntegerField(_("moves of the stage"), default=0)
    horizon = models.CharField(_("horizon"), max_length=200, blank=True)
    deadline = models.DateTimeField(_("please write until"), null=True, blank=True)
    live_at = models.DateTimeField(_("live session"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    reminded_at = models.DateTimeField(_("last reminder"), null=True, blank=True)
    join_code = models.CharField(_("join code"), max_length=8, unique=True, default=new_join_code)
    join_token = models.CharField(_("token of the join link"), max_length=43, unique=True, default=new_token)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by", verbose_name=_("continues")
    )
    # Facilitators stay as blind as everybody until one of them asks for the findings, to prepare the conversation.
    prepared_at = models.DateTimeField(_("findings opened to prepare"), null=True, blank=True)
    revealed_at = models.DateTimeField(_("revealed"), null=True, blank=True)
    # Figures from before and after would tell what it was: where names are hidden, none are shown from then on.
    withdrawn_at = models.DateTimeField(_("answers withdrawn after they were shown"), null=True, blank=True)
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

    @property
    def takes_new_people(self):
        """Whether somebody may still come in by code or link."""
        return self.stage != self.Stage.CLOSED and self.archived_at is None

    def renew_join_link(self):
        """Another code and another link: the old ones lead nowhere from now on."""
        self.join_code, self.join_token = new_join_code(), new_token()
        self.save(update_fields=["join_code", "join_token"])

    def show_analysis(self, analysis):
        """Make `analysis` the one that pages show."""
        Workshop.objects.filter(pk=self.pk).update(current_analysis=analysis)
        live.announce(self, "analysis")
