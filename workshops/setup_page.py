"""What the setup page says besides its form: the modes to choose from, what is missing, what somebody else saved."""

import zoneinfo

from django.utils import formats
from django.utils.translation import gettext as _

from . import candour, promises
from .brief import FIELDS
from .forms.setup import BriefForm
from .models import Participant, Readiness, Workshop
from .writing_pages import Sheet

# Before the warm-up's sentence is kept, the brief's strategy is not shown: two steps on one page.
PREVIEW_STEPS = ("sentence", "warm-up", "view")


def modes(form):
    """The candour modes with the promise that each would make, for radio cards."""
    typed_k = form["k"].value()
    k = int(typed_k) if str(typed_k).isdecimal() and len(str(typed_k)) < 4 else 0
    chosen = form["candour"].value()
    return [
        {
            "value": mode,
            "name": mode.label,
            "promise": promises.sentence(Workshop(candour=mode, k=max(k, candour.SMALLEST[mode]))),
            "smallest": candour.SMALLEST[mode],
            "is_chosen": mode == chosen,
        }
        for mode in Workshop.Candour
    ]


def still_missing(workshop):
    """What a workshop needs before people can answer it well, as a list of short lines."""
    lines = [
        (workshop.question, _("The question")),
        (workshop.segment_id, _("The segment: which customers are meant")),
        (workshop.strategy, _("The strategy in one paragraph")),
        (workshop.deadline, _("Until when to write")),
        (workshop.live_at, _("When to meet")),
    ]
    return [line for there, line in lines if not there]


def compared(typed, stored):
    """The lines of two briefs that differ.

    Returns
    -------
    list of dict
        Each with `name`, `theirs` and `mine`, in the order of the page.
    """
    fields = BriefForm.base_fields
    return [
        {"name": fields[name].label, "theirs": _in_words(name, stored), "mine": _in_words(name, typed)}
        for name in FIELDS
        if typed[name] != stored[name]
    ]


def _in_words(name, values):
    value = values[name]
    if name in ("deadline", "live_at"):
        if value is None:
            return ""
        local = value.astimezone(zoneinfo.ZoneInfo(values["time_zone"]))
        return f"{formats.date_format(local, 'j F Y, H:i')} ({values['time_zone']})"
    return Workshop.Candour(value).label if name == "candour" else str(value)


class BlankSheet(Sheet):
    """The writing pages of somebody who does not exist and has written nothing, for the preview."""

    frame_template = "workshops/preview.html"
    drawn = frozenset()

    def __init__(self, step):
        self.participant = Participant()
        self.kept, self.deleted, self.typed = [], [], None
        self.step = step if step in PREVIEW_STEPS else PREVIEW_STEPS[0]
        self.readiness = Readiness() if self.step == "warm-up" else None

    @property
    def steps(self):
        """The steps of the pre-work, and which one this is."""
        words = (_("The strategy, in their words"), _("The brief, and four questions"), _("Goals, pains, alternatives"))
        return [
            {"name": name, "words": said, "is_here": name == self.step}
            for name, said in zip(PREVIEW_STEPS, words, strict=True)
        ]
