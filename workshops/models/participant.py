from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .public_id import PublicIdField, hash_of, new_token
from .team import Role
from .team_row import TeamRow
from .workshop import Workshop


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """People of the workshops that this viewer may open."""
        return self.filter(workshop__in=Workshop.objects.visible_to(viewer))

    def not_in(self):
        """Those who have not submitted."""
        return self.filter(submitted_at__isnull=True)


class CountedParticipants(models.Manager.from_queryset(ParticipantQuerySet)):
    """Participants who count: neither guests who still wait to be accepted, nor observers."""

    def get_queryset(self):
        """Every query starts from these."""
        return super().get_queryset().filter(standing=Participant.Standing.ACCEPTED)


class Participant(TeamRow):
    """A person in a workshop: a member, or a guest whom the facilitator accepted.

    Guests who wait and observers have a row too, because they come in by the same links; `objects` knows only those
    who count, `everybody` knows all.
    """

    class Standing(models.TextChoices):
        ACCEPTED = "accepted", _("Participant")
        WAITING = "waiting", _("Waits to be let in")
        OBSERVER = "observer", _("Observer")

    public_id = PublicIdField()
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="participants")
    user = models.ForeignKey("workshops.User", models.SET_NULL, null=True, blank=True, related_name="participations")
    standing = models.CharField(_("standing"), max_length=8, choices=Standing, default=Standing.ACCEPTED)
    key = models.CharField(_("key"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="participants")
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    # A few seconds after it really was, at random: what counts these must not tell who has just pressed the button.
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    may_write_late = models.BooleanField(_("may write after the stage has closed"), default=False)

    objects = CountedParticipants()
    everybody = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        base_manager_name = "everybody"
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="participant_key_once"),
            models.UniqueConstraint(
                fields=["workshop", "user"], name="participant_once_per_account", condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(
                "workshop", Lower("email"), name="participant_once_per_address", condition=~Q(email="")
            ),
            models.CheckConstraint(condition=~Q(name=""), name="participant_has_a_name"),
            models.CheckConstraint(
                condition=Q(standing__in=["accepted", "waiting", "observer"]), name="participant_standing_known"
            ),
            models.CheckConstraint(
                condition=Q(standing="observer") | Q(role__isnull=False), name="participant_has_a_role"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_admitted(self):
        """Whether this person may open the workshop."""
        return self.standing != self.Standing.WAITING

    @property
    def has_submitted(self):
        return self.submitted_at is not None

    def new_link(self, *, revoke=True):
        """Make a personal link; those before it lead nowhere from now on, unless `revoke` is false.

        Returns
        -------
        str
            Its token, known only to whoever calls this: the database has the hash.
        """
        token = new_token()
        if revoke:
            self.end_links()
        PersonalLink.objects.create(participant=self, token_hash=hash_of(token))
        return token

    def end_links(self, *, but=None):
        """Make the personal links lead nowhere, all or all but the one with this token."""
        living = self.personal_links.filter(revoked_at__isnull=True)
        if but is not None:
            living = living.exclude(token_hash=hash_of(but))
        living.update(revoked_at=timezone.now())

    def end_link(self, token):
        """Make one personal link lead nowhere."""
        self.personal_links.filter(token_hash=hash_of(token)).update(revoked_at=timezone.now())

    def new_device(self):
        """Let one browser in.

        Returns
        -------
        str
            The secret that the browser keeps in its session.
        """
        secret = new_token()
        Device.objects.create(participant=self, secret_hash=hash_of(secret))
        return secret


class PersonalLink(TeamRow):
    """A link by which one person comes in, mailed to them or shown to them once. Only its hash is kept."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="personal_links")
    token_hash = models.CharField(_("hash of the token"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def __str__(self):
        return f"{self.participant_id} {self.created_at:%Y-%m-%d}"


class Device(TeamRow):
    """A browser that somebody came in with. Its owner sees the list, and may end any of them."""

    public_id = PublicIdField()
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="devices")
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    created_on = models.DateField(_("since"), default=timezone.localdate)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.participant_id} {self.created_on}"
