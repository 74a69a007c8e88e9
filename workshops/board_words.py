"""What the page of the items says about stages and changes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import edits
from .models import Edit, Workshop

Act = Edit.Act
Stage = Workshop.Stage
DONE = {
    Act.MERGED: gettext_lazy("Put together: “%(about)s”"),
    Act.MOVED: gettext_lazy("Moved the statement “%(about)s”"),
    Act.SPLIT: gettext_lazy("Took out the statement “%(about)s”"),
    Act.WORDED: gettext_lazy("Changed the words of “%(about)s”"),
    Act.PLACED: gettext_lazy("Changed what “%(about)s” stands under"),
    Act.ADDED: gettext_lazy("Added “%(about)s”"),
    Act.REMOVED: gettext_lazy("Removed “%(about)s”"),
    Act.SET_ASIDE: gettext_lazy("Set “%(about)s” aside"),
    Act.BROUGHT_BACK: gettext_lazy("Brought “%(about)s” back"),
    edits.TOLD_APART: gettext_lazy("Kept apart: “%(about)s”"),
}


def of_edit(edit):
    """What a change did, in words; nothing for none."""
    return DONE[edit.act] % {"about": edit.about} if edit else ""


def after(name, workshop):
    """What was done by the change of this name, in words."""
    if name == "board-undo":
        return _("Undone.")
    last = edits.last_done(workshop)
    return of_edit(last)


class Listed:
    """A change as the history lists it."""

    def __init__(self, edit):
        self.words = of_edit(edit)
        self.actor = edit.actor
        self.at = edit.at
        self.is_undone = edit.undone_at is not None


def why_not_open(workshop):
    """Why items cannot be changed now, in words; nothing if they can."""
    if workshop.archived_at is not None:
        return _("This workshop is archived: nothing is changed here any more.")
    return {
        Stage.WRITE: _("Everybody writes alone now. When writing is closed, you put together here what was submitted."),
        Stage.RATE: _(
            "The rating is open, so items are not merged or split any more: everybody has to rate the same ones. As"
            " long as nobody has begun to rate, you can go back to this step on the overview."
        ),
        Stage.LIVE: _("The items were rated as they stand here, so they are not merged or split any more."),
        Stage.CLOSED: _("The items were rated as they stand here, so they are not merged or split any more."),
    }.get(workshop.stage, "")
