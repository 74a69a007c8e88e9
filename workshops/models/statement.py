from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .item import Item, Kind
from .participant import Participant
from .public_id import PublicIdField
from .team_row import TeamRow
from .workshop import Workshop


class KeptStatements(models.Manager):
    """Statements that their authors have not deleted."""

    def get_queryset(self):
        """Every query starts from these."""
        return super().get_queryset().filter(deleted_at__isnull=True)


class Statement(TeamRow):
    """What one participant wrote, in their words. A deleted one is kept until the stage closes, to undo it."""

    public_id = PublicIdField()

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="statements")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="statements")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="statements")
    key = models.CharField(_("key"), max_length=64)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    label = models.CharField(_("label"), max_length=120, blank=True)
    meaning = models.CharField(_("meaning"), max_length=600, blank=True)
    example = models.CharField(_("example"), max_length=600, blank=True)
    evidence = models.PositiveSmallIntegerField(_("evidence"), null=True, blank=True)
    draft = models.BooleanField(_("still a draft"), default=False)
    position = models.PositiveIntegerField(_("position"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = KeptStatements()
    with_deleted = models.Manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["position", "pk"]
        base_manager_name = "with_deleted"
        constraints = [
            models.UniqueConstraint(fields=["workshop", "key"], name="statement_key_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="statement_kind_known"),
            models.CheckConstraint(
                condition=Q(evidence__isnull=True) | Q(evidence__lte=3), name="statement_evidence_0_to_3"
            ),
        ]

    def __str__(self):
        return self.label


class Link(TeamRow):
    """One participant says: this pain blocks that goal, this alternative serves that, this pain causes that pain."""

    class Kind(models.TextChoices):
        BLOCKS = "blocks", _("blocks")
        SERVES = "serves", _("serves")
        CAUSES = "causes", _("causes")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="links")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="links")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    from_statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="links_from")
    from_item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="links_from")
    to_statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="links_to")
    to_item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="links_to")
    drawn = models.BooleanField(_("drawn"), default=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["blocks", "serves", "causes"]), name="link_kind_known"),
            models.CheckConstraint(
                condition=Q(from_statement__isnull=True, from_item__isnull=False)
                | Q(from_statement__isnull=False, from_item__isnull=True),
                name="link_from_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(to_statement__isnull=True, to_item__isnull=False)
                | Q(to_statement__isnull=False, to_item__isnull=True),
                name="link_to_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.kind}"


class Readiness(TeamRow):
    """Whether somebody can see the vision, speak, knows who decides, is helped; and the strategy in their words."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="readiness")
    participant = models.OneToOneField(Participant, models.CASCADE, related_name="readiness")
    vision = models.PositiveSmallIntegerField(_("the vision is clear to me"), null=True)
    voice = models.PositiveSmallIntegerField(_("I can say what I think here"), null=True)
    decides = models.PositiveSmallIntegerField(_("it is clear who decides"), null=True)
    help = models.PositiveSmallIntegerField(_("we help each other"), null=True)
    strategy = models.CharField(_("the strategy in my words"), max_length=600, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("readiness")
        verbose_name_plural = _("readiness")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (1, 5)}),
                name=f"readiness_{name}_1_to_5",
            )
            for name in ("vision", "voice", "decides", "help")
        ]

    def __str__(self):
        return f"{self.participant}"
