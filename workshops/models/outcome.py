from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .item import Item
from .participant import Participant
from .public_id import PublicIdField
from .round import Round
from .statement import Statement
from .team_row import TeamRow
from .workshop import Workshop


class Topic(TeamRow):
    """An entry of the live agenda: an item and a finding kind, a finding about the whole team, or free text."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="topics")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="topics")
    kind = models.CharField(_("finding kind"), max_length=20, blank=True)
    text = models.CharField(_("text"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__isnull=True) | Q(minutes__gte=1), name="topic_minutes"),
        ]

    def __str__(self):
        return self.text or self.kind


class Merge(TeamRow):
    """What a facilitator answered to the suggestion that two statements mean the same."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="merges")
    one = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    other = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=["accepted", "rejected"]), name="merge_answer_known"),
        ]

    def __str__(self):
        return self.answer


class GlossaryEntry(TeamRow):
    """When we say the term, we mean the meaning."""

    public_id = PublicIdField()
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="glossary")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="glossary")
    term = models.CharField(_("term"), max_length=120)
    meaning = models.CharField(_("meaning"), max_length=600, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary")
        ordering = ["pk"]

    def __str__(self):
        return self.term


class Outcome(TeamRow):
    """What the team did with a topic."""

    class Verdict(models.TextChoices):
        AGREED = "agreed", _("agreed")
        AGREE_TO_DIFFER = "agree_to_differ", _("agree to differ")
        NEEDS_EVIDENCE = "needs_evidence", _("needs evidence")
        PARKED = "parked", _("parked")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="outcomes")
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="outcomes")
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="outcomes")
    verdict = models.CharField(_("verdict"), max_length=15, choices=Verdict)
    wording = models.CharField(_("wording"), max_length=600, blank=True)
    dissent = models.CharField(_("dissent"), max_length=600, blank=True)
    owner = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="owned_outcomes")
    due = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["agreed", "agree_to_differ", "needs_evidence", "parked"]),
                name="outcome_verdict_known",
            ),
        ]

    def __str__(self):
        return self.verdict
