from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .team_row import TeamRow
from .workshop import Workshop


class AuditEntry(TeamRow):
    """What was done to a workshop, by whom and when. Entries never change; no answer stands in one."""

    class Action(models.TextChoices):
        MADE = "made", _("made the workshop")
        UPLOADED = "uploaded", _("made it from a file")
        COPIED = "copied", _("copied it from an earlier workshop")
        BRIEF = "brief", _("changed the brief")
        CANDOUR = "candour", _("changed what is shown of whom")
        STAGE = "stage", _("moved the stage")
        INVITED = "invited", _("sent invitations")
        REMINDED = "reminded", _("reminded those who were not in")
        ADDED = "added", _("added somebody")
        ADDED_ITEM = "added_item", _("added an item to the rating")
        CHANGED = "changed", _("changed somebody’s name or role")
        ACCEPTED = "accepted", _("let a guest in")
        REMOVED = "removed", _("removed somebody")
        REPLACED = "replaced", _("put somebody in another’s place")
        NEW_LINK = "new_link", _("sent somebody a new link")
        REVOKED = "revoked", _("revoked somebody’s link")
        NEW_CODE = "new_code", _("changed the join code")
        REOPENED = "reopened", _("let somebody write after the stage had closed")
        WITHDRAWN = "withdrawn", _("withdrew what they had said")
        PREPARED = "prepared", _("opened the findings to prepare, without names")
        REVEALED = "revealed", _("revealed results")
        EXPORTED = "exported", _("downloaded a file")
        ARCHIVED = "archived", _("archived the workshop")
        RESTORED = "restored", _("brought it back from the archive")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="audit")
    action = models.CharField(_("action"), max_length=12, choices=Action)
    actor = models.CharField(_("who"), max_length=254, blank=True)
    about = models.CharField(_("about"), max_length=254, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("entry of the audit trail")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.actor} {self.get_action_display()} {self.about}".strip()
