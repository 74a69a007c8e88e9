"""What is still missing before somebody sees the differences, in words, with the way to what they can do now."""

from functools import cached_property

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from . import rating_seat, revealing, writing_seat
from .models import Participant, Sitting, Workshop
from .who_is_in import is_in

Stage = Workshop.Stage


class Missing:
    """What the address of the differences says while this viewer is shown none."""

    def __init__(self, results):
        self.results = results
        self.workshop = results.workshop

    @cached_property
    def state(self):
        """How far the findings are."""
        return revealing.state(self.workshop)

    @property
    def version(self):
        """Changes whenever the page would say something else."""
        shown = [item.public_id for item in self.items]
        told = self.count if self.results.may_facilitate else ""
        return "-".join([self.workshop.stage, self.state, str(told), *shown])

    @cached_property
    def items(self):
        """Items that are revealed on their own, for those who are in it."""
        is_there = self.results.you is not None or self.results.may_facilitate
        if not is_there or self.workshop.is_revealed:
            return []
        return list(self.workshop.items.filter(revealed_at__isnull=False))

    @cached_property
    def said(self):
        """A heading, and what happens before the differences show."""
        if self.results.sight.would_tell_who_withdrew:
            return (
                _("Results are not shown any more"),
                _(
                    "Somebody took back what they had said, after figures of it were shown. New figures beside those"
                    " would tell what it was, so there are none."
                ),
            )
        if self.workshop.is_revealed or (self.state in ("computing", "failed") and self.may_see_soon):
            return self._computed()
        if self.items:
            return (
                _("The first items are revealed"),
                _("The others follow one by one, or all at once; this page shows them by itself."),
            )
        return self._at_the_stage()

    @property
    def may_see_soon(self):
        """Whether the viewer sees findings as soon as there are any."""
        return self.results.sight.anything

    def _computed(self):
        if self.state == "computing" or self._job_is_unfinished:
            return (
                _("The findings are being computed"),
                _("This page shows them by itself as soon as they are whole."),
            )
        return _("No findings have been computed"), _("They are computed when a rating round closes.")

    @cached_property
    def _job_is_unfinished(self):
        return self.workshop.jobs.unfinished().exists()

    def _at_the_stage(self):
        if self.state:  # the rating is closed
            return (
                _("The differences are not revealed yet"),
                _(
                    "Everybody has answered alone, and the rating is closed. The facilitator reveals where the views"
                    " differ, to all at the same moment; this page shows it by itself."
                ),
            )
        return {
            Stage.SETUP: (
                _("It has not begun yet"),
                _(
                    "The facilitator prepares the workshop. Then everybody writes alone how they see the customer, and"
                    " everybody rates what was written; only then differences show."
                ),
            ),
            Stage.WRITE: (
                _("Everybody writes alone now"),
                _(
                    "Nobody sees what others write. It is put together without names, everybody rates it, and then the"
                    " facilitator reveals where the views differ, to all at the same moment."
                ),
            ),
            Stage.CONSOLIDATE: (
                _("What was written is being put together"),
                _(
                    "Statements that mean the same become one item, without names. Then everybody rates the items, and"
                    " the facilitator reveals where the views differ."
                ),
            ),
            Stage.RATE: (
                _("Everybody rates alone now"),
                _(
                    "Nobody sees how others rate. When the rating is closed, the facilitator reveals where the views"
                    " differ, to all at the same moment."
                ),
            ),
        }.get(
            self.workshop.stage,
            (
                _("The differences are not revealed yet"),
                _(
                    "Everybody answers alone first. When the rating is closed, the facilitator reveals where the views"
                    " differ, to all at the same moment."
                ),
            ),
        )

    @cached_property
    def count(self):
        """For the facilitator: how many of how many are in, while people answer; else nothing."""
        if self.workshop.stage not in (Stage.WRITE, Stage.RATE) or not self.results.may_facilitate:
            return ""
        people = Participant.objects.filter(workshop=self.workshop)
        told = people.aggregate(n=Count("pk", filter=is_in(self.workshop)), all=Count("pk"))
        return _("%(n)d of %(all)d are in.") % told

    @cached_property
    def to_do(self):
        """What the viewer can do meanwhile: its words and its address; nothing for those who can only wait."""
        workshop, you = self.workshop, self.results.you
        if you is not None and writing_seat.is_open(workshop, you):
            return _("Look at what you wrote") if you.has_submitted else _("Write your view"), self._url("write")
        if you is not None and rating_seat.is_open(workshop):
            return _("Look at your ratings") if self._has_rated else _("Rate the items"), self._url("rate")
        return None

    @property
    def _has_rated(self):
        own = Sitting.objects.filter(participant=self.results.you, round__kind="rate", round__closed_at__isnull=True)
        return own.filter(finished_at__isnull=False).exists()

    def _url(self, name):
        return reverse(name, args=[self.workshop.public_id])
