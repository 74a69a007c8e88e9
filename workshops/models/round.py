from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .item import Item
from .participant import Participant
from .team_row import TeamRow
from .workshop import Workshop


def _scale(field):
    """2 to 10 points, or null where the round did not ask."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (2, 10)})


class Round(TeamRow):
    """One blind collection of answers, with its own scales. Closed, it never changes."""

    class Kind(models.TextChoices):
        WRITE = "write", _("Writing")
        RATE = "rate", _("Rating")
        REVOTE = "revote", _("Re-vote")
        RESTATE = "restate", _("Restating")
        JUDGE = "judge", _("Judging")
        FIST = "fist", _("Fist to five")
        PULSE = "pulse", _("Pulse")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="rounds")
    key = models.CharField(_("key"), max_length=64)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    position = models.PositiveSmallIntegerField(_("position"))
    asks_all_items = models.BooleanField(_("asks about every item"), default=True)
    asks_everybody = models.BooleanField(_("asks everybody"), default=True)
    items = models.ManyToManyField(Item, through="RoundItem", related_name="rounds")
    people = models.ManyToManyField(Participant, through="RoundPerson", related_name="rounds")
    importance_levels = models.PositiveSmallIntegerField(_("points of importance"), null=True, default=5)
    satisfaction_levels = models.PositiveSmallIntegerField(_("points of satisfaction"), null=True, default=5)
    evidence_levels = models.PositiveSmallIntegerField(_("points of evidence"), null=True, default=4)
    same_meaning_levels = models.PositiveSmallIntegerField(_("points of same meaning"), null=True, default=3)
    # Both fixed when the round opens. The seed shuffles what each person meets; the keys name the common items.
    seed = models.PositiveBigIntegerField(_("seed"), null=True, blank=True)
    common = models.JSONField(_("common items"), default=list, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="round_key_once"),
            models.UniqueConstraint(fields=["workshop", "position"], name="round_position_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["write", "rate", "revote", "restate", "judge", "fist", "pulse"]),
                name="round_kind_known",
            ),
            models.CheckConstraint(
                condition=_scale("importance_levels")
                & _scale("satisfaction_levels")
                & _scale("evidence_levels")
                & _scale("same_meaning_levels"),
                name="round_scales_2_to_10",
            ),
        ]

    def __str__(self):
        return self.key


class RoundItem(TeamRow):
    """An item that a round asks about, where it does not ask about all."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="asked_items")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "item"], name="round_asks_item_once")]

    def __str__(self):
        return f"{self.round_id} {self.item_id}"


class RoundPerson(TeamRow):
    """A participant whom a round asks, where it does not ask everybody."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="asked_people")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "participant"], name="round_asks_person_once")]

    def __str__(self):
        return f"{self.round_id} {self.participant_id}"


class Sitting(TeamRow):
    """One participant's way through one round: when they came to its end."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="sittings")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="sittings")
    # A few seconds after it really was, at random, where names are hidden: see Participant.submitted_at.
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [models.UniqueConstraint(fields=["round", "participant"], name="sitting_once_per_round")]

    def __str__(self):
        return f"{self.round_id} {self.participant_id}"


class Rating(TeamRow):
    """One participant's answer on one item in one round."""

    class Answer(models.TextChoices):
        RATED = "rated", _("Rated")
        UNKNOWN = "unknown", _("New to me / can’t say")
        NOT_REAL = "not_real", _("Not in this customer’s world")
        ASKED = "asked", _("No answer")

    round = models.ForeignKey(Round, models.CASCADE, related_name="ratings")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="ratings")
    item = models.ForeignKey(Item, models.CASCADE, related_name="ratings")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer)
    importance = models.PositiveSmallIntegerField(_("importance"), null=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    evidence = models.PositiveSmallIntegerField(_("evidence"), null=True)
    expected = models.PositiveSmallIntegerField(_("expected"), null=True)
    same_meaning = models.PositiveSmallIntegerField(_("same meaning"), null=True)
    revision = models.PositiveSmallIntegerField(_("revision that same meaning was asked about"), null=True)
    fist = models.PositiveSmallIntegerField(_("fist to five"), null=True)
    star = models.BooleanField(_("matters most"), default=False)
    late = models.BooleanField(_("came late"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["round", "participant", "item"], name="rating_once_per_round"),
            models.CheckConstraint(
                condition=Q(answer__in=["rated", "unknown", "not_real", "asked"]), name="rating_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(importance__isnull=True) | (Q(answer="rated") & Q(importance__range=(1, 10))),
                name="rating_importance_of_a_rated_item",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__isnull=True) | Q(satisfaction__range=(1, 10)), name="rating_satisfaction"
            ),
            models.CheckConstraint(condition=Q(evidence__isnull=True) | Q(evidence__lte=9), name="rating_evidence"),
            models.CheckConstraint(
                condition=Q(expected__isnull=True) | Q(expected__range=(1, 10)), name="rating_expected"
            ),
            models.CheckConstraint(condition=Q(fist__isnull=True) | Q(fist__lte=5), name="rating_fist_0_to_5"),
            models.CheckConstraint(
                condition=Q(same_meaning__isnull=True) | Q(same_meaning__lte=9), name="rating_same_meaning"
            ),
        ]

    def __str__(self):
        return f"{self.answer} {self.importance or ''}".strip()
