from django.db import models
from django.utils.translation import gettext_lazy as _

from .statement import Statement
from .team_row import TeamRow
from .workshop import Workshop


class StatementVector(TeamRow):
    """What a text model makes of a statement, to find others about the same subject. Goes with its statement.

    `values` are of label and meaning together, `meant` of the meaning alone, or of the label where there is none. They
    are of the statement's `version` that was read: others are made when the statement changes. As much can be worked
    out from them as from the words, so nobody is shown them and no file holds them.
    """

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="vector")
    version = models.PositiveIntegerField(_("version of the statement"))
    digest = models.CharField(_("digest of text and model"), max_length=64)
    values = models.BinaryField(_("values"))
    meant_digest = models.CharField(_("digest of the meaning and model"), max_length=64)
    meant = models.BinaryField(_("values of the meaning"))

    class Meta:
        verbose_name = _("vector of a statement")
        verbose_name_plural = _("vectors of statements")
        indexes = [models.Index(fields=["digest"], name="statement_vector_digest")]

    def __str__(self):
        return self.digest[:8]


class SuggestedMerges(TeamRow):
    """Which statements of a workshop are about the same, as a worker found it by their vectors.

    `pairs` are lists [public id, public id, band, cosine], the nearest first; no words, and nothing about authors.
    """

    workshop = models.OneToOneField(Workshop, models.CASCADE, related_name="suggested_merges")
    digest = models.CharField(_("digest of what was compared"), max_length=64)
    pairs = models.JSONField(_("pairs"), default=list)

    class Meta:
        verbose_name = _("suggested merges")
        verbose_name_plural = _("suggested merges")

    def __str__(self):
        return self.digest[:8]
