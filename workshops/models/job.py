import datetime as dt

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workshops import live

from .team_row import TeamRow

# The engine's steps, as a page names them.
STEP_LABELS = {
    "texts": _("what people wrote"),
    "alignment": _("alignment"),
    "splits": _("splits"),
    "role gaps": _("role gaps"),
    "blind spots": _("blind spots"),
    "lone voices": _("lone voices"),
    "evidence": _("evidence"),
    "ranks": _("ranks"),
    "links": _("links"),
    "meanings": _("meanings"),
    "people": _("ways of seeing the whole"),
    "rounds": _("what moved"),
    "consensus": _("consensus"),
    "agenda": _("agenda"),
}
LEASE = dt.timedelta(seconds=20)
MOST_ATTEMPTS = 5


class JobQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def due(self, now):
        """Jobs to send to the workers: asked for and not taken up for a while, or left by a worker that fell silent."""
        silent = Q(state=Job.State.RUNNING, lease_until__lt=now)
        return self.filter(Q(state=Job.State.WAITING, send_again_at__lte=now) | silent)


class Job(TeamRow):
    """Work asked for in a transaction: the outbox. Celery carries only its id, so Redis may forget it at any time."""

    class Kind(models.TextChoices):
        ANALYSIS = "analysis", _("Computing the findings")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    workshop = models.ForeignKey("workshops.Workshop", models.CASCADE, related_name="jobs")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    steps = models.PositiveSmallIntegerField(_("steps"), default=0)
    step_name = models.CharField(_("name of the step"), max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)
    made_anew = models.BooleanField(_("came to a new result"), null=True)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    send_again_at = models.DateTimeField(_("sent again at"), default=timezone.now)
    lease_until = models.DateTimeField(_("the worker's until"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            # A job that waits has read nothing yet, so a second request is the same request.
            models.UniqueConstraint(
                fields=["workshop", "kind"], condition=Q(state="waiting"), name="job_waits_once_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "failed"]), name="job_state_known"
            ),
        ]
        indexes = [models.Index(fields=["workshop", "-id"], name="job_latest_of_workshop")]

    def __str__(self):
        return f"{self.kind} {self.state}"

    @property
    def is_unfinished(self):
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def step_label(self):
        """The step's name for people."""
        return STEP_LABELS.get(self.step_name, self.step_name)

    def claim(self):
        """Take the job up. False when it is done, or another worker has it: a doubled message then ends here."""
        now = timezone.now()
        free = Job.objects.filter(pk=self.pk, attempts__lt=MOST_ATTEMPTS)
        free = free.filter(Q(state="waiting") | Q(state="running", lease_until__lt=now))
        taken = free.update(
            state=self.State.RUNNING,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            step=0,
            step_name="",
            error="",
        )
        if taken:
            self.refresh_from_db()
            live.announce(self.workshop, "job")
        return bool(taken)

    def at_step(self, step, steps, name):
        """Say how far it is, and keep the lease while working."""
        running = Job.objects.filter(pk=self.pk, state=self.State.RUNNING)
        running.update(step=step, steps=steps, step_name=name, lease_until=timezone.now() + LEASE)
        live.announce(self.workshop, "job")

    def finish(self, *, made_anew):
        """Mark it done; part of the transaction that stores the result."""
        Job.objects.filter(pk=self.pk).update(
            state=self.State.DONE, made_anew=made_anew, finished_at=timezone.now(), lease_until=None
        )
        live.announce(self.workshop, "job")

    def fail(self, reason, *, for_good):
        """Note why it did not work; it is tried again after a pause unless `for_good`."""
        with transaction.atomic():
            row = Job.objects.select_for_update().filter(pk=self.pk).first()
            if row is None:  # erased with its workshop
                return
            if for_good or row.attempts >= MOST_ATTEMPTS or row._another_waits():
                row.state, row.finished_at = self.State.FAILED, timezone.now()
            else:
                row.state = self.State.WAITING
                row.send_again_at = timezone.now() + dt.timedelta(seconds=2**row.attempts)
            row.error, row.lease_until = reason, None
            row.save(update_fields=["state", "finished_at", "send_again_at", "error", "lease_until"])
            live.announce(self.workshop, "job")

    def _another_waits(self):
        return Job.objects.filter(workshop=self.workshop_id, kind=self.kind, state=self.State.WAITING).exists()


class WorkerPulse(models.Model):
    """When a worker last did something on the scheduler's word: one row, read by the health page."""

    beat_at = models.DateTimeField(_("last beat"))

    class Meta:
        verbose_name = _("worker pulse")
        verbose_name_plural = _("worker pulses")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="worker_pulse_is_one_row")]

    def __str__(self):
        return f"{self.beat_at:%H:%M:%S}"
