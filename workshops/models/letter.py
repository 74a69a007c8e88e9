import datetime as dt

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .participant import Participant
from .team import Membership

LEASE = dt.timedelta(seconds=60)
PAUSE = dt.timedelta(seconds=30)  # before a letter that nobody took up is sent again
MOST_ATTEMPTS = 10  # over almost three hours: a mail server may be away for one


class LetterQuerySet(models.QuerySet):
    def due(self, now):
        """Letters to hand to the workers: asked for and not taken up, or left by a worker that fell silent."""
        silent = Q(state=Letter.State.SENDING, lease_until__lt=now)
        return self.filter(Q(state=Letter.State.WAITING, send_again_at__lte=now) | silent)


class Letter(models.Model):
    """A mail asked for in a transaction: the outbox for mail. It holds no text and no token; both are made when it is
    sent, so that a personal link exists nowhere but in the mail."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation to a workshop")
        LINK = "link", _("A new personal link")
        REMINDER = "reminder", _("Reminder")
        MEMBERSHIP = "membership", _("Invitation to a team")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="letters")
    membership = models.ForeignKey(Membership, models.CASCADE, null=True, blank=True, related_name="letters")
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    send_again_at = models.DateTimeField(_("sent again at"), default=timezone.now)
    lease_until = models.DateTimeField(_("the worker's until"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, membership__isnull=True)
                | Q(participant__isnull=True, membership__isnull=False),
                name="letter_to_one_person",
            ),
            # One that waits has not been written yet, so a second request is the same request.
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(state="waiting", participant__isnull=False),
                name="letter_waits_once_per_participant",
            ),
            models.UniqueConstraint(
                fields=["membership", "kind"],
                condition=Q(state="waiting", membership__isnull=False),
                name="letter_waits_once_per_member",
            ),
        ]
        indexes = [models.Index(fields=["send_again_at"], condition=Q(state="waiting"), name="letter_waiting")]

    def __str__(self):
        return f"{self.kind} {self.state}"

    @property
    def is_under_way(self):
        """Whether it is still to be sent."""
        return self.state in (self.State.WAITING, self.State.SENDING)

    def claim(self):
        """Take the letter up. False when it is sent, or another worker has it: a doubled message then ends here."""
        now = timezone.now()
        free = Letter.objects.filter(pk=self.pk, attempts__lt=MOST_ATTEMPTS)
        free = free.filter(Q(state="waiting") | Q(state="sending", lease_until__lt=now))
        return bool(free.update(state="sending", lease_until=now + LEASE, attempts=F("attempts") + 1))

    def note_sent(self):
        """Mark it sent."""
        Letter.objects.filter(pk=self.pk).update(state=self.State.SENT, error="", lease_until=None)

    def note_failure(self, reason, *, for_good=False):
        """Note why it could not be sent; it is tried again after a pause, until it has been tried often enough."""
        with transaction.atomic():
            row = Letter.objects.select_for_update().filter(pk=self.pk).first()
            if row is None:  # gone with whom it was for
                return
            if for_good or row.attempts >= MOST_ATTEMPTS or row._another_waits():
                row.state = self.State.FAILED
            else:
                row.state = self.State.WAITING
                row.send_again_at = timezone.now() + dt.timedelta(seconds=10 * 2**row.attempts)
            row.error, row.lease_until = reason[:200], None
            row.save(update_fields=["state", "send_again_at", "error", "lease_until"])

    def _another_waits(self):
        """Whether the same was asked for again while this one was being sent."""
        same = Letter.objects.filter(kind=self.kind, participant=self.participant_id, membership=self.membership_id)
        return same.filter(state=self.State.WAITING).exists()
