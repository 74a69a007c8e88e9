"""The audit trail in words: who did what to a workshop, for everybody in it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import AuditEntry, Workshop

Action = AuditEntry.Action

SENTENCES = {
    Action.MADE: gettext_lazy("%(who)s made the workshop."),
    Action.UPLOADED: gettext_lazy("%(who)s made it from the file “%(about)s”."),
    Action.COPIED: gettext_lazy("%(who)s made it from the earlier workshop “%(about)s”."),
    Action.BRIEF: gettext_lazy("%(who)s changed the brief: %(about)s."),
    Action.CANDOUR: gettext_lazy("%(who)s changed what is shown of whom: %(about)s."),
    Action.STAGE: gettext_lazy("%(who)s moved the workshop to “%(about)s”."),
    Action.INVITED: gettext_lazy("%(who)s sent invitations: %(about)s."),
    Action.REMINDED: gettext_lazy("%(who)s reminded those who were not in."),
    Action.ADDED: gettext_lazy("%(who)s added %(about)s."),
    Action.ADDED_ITEM: gettext_lazy("%(who)s added the item “%(about)s” to the rating."),
    Action.CHANGED: gettext_lazy("%(who)s changed the name or the role of %(about)s."),
    Action.ACCEPTED: gettext_lazy("%(who)s let %(about)s in."),
    Action.REMOVED: gettext_lazy("%(who)s removed %(about)s."),
    Action.REPLACED: gettext_lazy("%(who)s put somebody in another’s place: %(about)s."),
    Action.NEW_LINK: gettext_lazy("%(who)s sent %(about)s a new link."),
    Action.REVOKED: gettext_lazy("%(who)s revoked the link of %(about)s."),
    Action.NEW_CODE: gettext_lazy("%(who)s changed the join code."),
    Action.REOPENED: gettext_lazy("%(who)s let %(about)s write after the stage had closed."),
    Action.WITHDRAWN: gettext_lazy("%(who)s withdrew what they had said."),
    Action.PREPARED: gettext_lazy("%(who)s opened the findings to prepare, without names."),
    Action.REVEALED: gettext_lazy("%(who)s revealed the item “%(about)s”."),
    Action.EXPORTED: gettext_lazy("%(who)s downloaded a file: %(about)s."),
    Action.ARCHIVED: gettext_lazy("%(who)s archived the workshop."),
    Action.RESTORED: gettext_lazy("%(who)s brought it back from the archive."),
}
# The lines of the brief as an entry names them.
BRIEF_LINES = {
    "title": gettext_lazy("title"),
    "question": gettext_lazy("question"),
    "segment": gettext_lazy("customers"),
    "strategy": gettext_lazy("strategy"),
    "horizon": gettext_lazy("horizon"),
    "language": gettext_lazy("language"),
    "deadline": gettext_lazy("date to write until"),
    "live_at": gettext_lazy("date of the live session"),
    "time_zone": gettext_lazy("time zone"),
}
# Those that are also done without saying what about, where the words of the action would not do.
WITHOUT_ABOUT = {Action.REVEALED: gettext_lazy("%(who)s revealed everything.")}
# What participants do about what they said. Without names, neither who it was nor the hour is told.
OWN_DOING = {Action.WITHDRAWN, Action.EXPORTED}
ABOUT_ONE_PERSON = {Action.REOPENED}


@dataclass(frozen=True)
class Line:
    """One thing that was done; `day_only` where the hour would tell more than it should."""

    at: datetime
    sentence: str
    day_only: bool = False


def line(entry, workshop, *, shows_addresses, shows_items=True):
    """An entry of the audit trail as people read it; items are named only to those who may know their titles."""
    is_open = workshop.candour == Workshop.Candour.OPEN
    hides_who = entry.action in OWN_DOING and not (is_open and entry.actor)
    hides_about = not is_open and entry.action in OWN_DOING | ABOUT_ONE_PERSON
    who = _("Somebody") if hides_who else _who(entry.actor, shows_addresses)
    about = "" if hides_about else _about(entry)
    if entry.action == Action.REVEALED and about and not shows_items:
        return Line(entry.at, _("%(who)s revealed one item.") % {"who": who})
    return Line(entry.at, _sentence(entry, who, about), day_only=hides_who)


def _who(actor, shows_addresses):
    """The name; an account without one goes by its address, which only the team may see."""
    if not actor:
        return _("Parallax")
    return _("A facilitator") if "@" in actor and not shows_addresses else actor


def _about(entry):
    if entry.action != Action.BRIEF:
        return entry.about
    return ", ".join(str(BRIEF_LINES.get(name, name)) for name in entry.about.split(", "))


def _sentence(entry, who, about):
    if about:
        return SENTENCES[entry.action] % {"who": who, "about": about}
    if entry.action in ABOUT_ONE_PERSON:
        return SENTENCES[entry.action] % {"who": who, "about": _("somebody")}
    if entry.action in WITHOUT_ABOUT:
        return WITHOUT_ABOUT[entry.action] % {"who": who}
    # Every other sentence can do without what it is about, in the words of the action.
    return _("%(who)s %(did)s.") % {"who": who, "did": entry.get_action_display()}
