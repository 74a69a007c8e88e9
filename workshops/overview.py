"""What the facilitator's overview shows: where the workshop is, who is in as far as that is told, what comes next."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import overview_moves, people, promises, reminding, revealing, stages
from .models import Item, Participant, Statement, Workshop
from .voices import missing_voices
from .who_is_in import OPEN, is_in

Stage = Workshop.Stage
Standing = Participant.Standing


@dataclass(frozen=True)
class Step:
    """A stage on the line of stages; `state` is done, here or ahead."""

    name: str
    state: str


@dataclass(frozen=True)
class Task:
    """Something to do before people write, with the place where it is done."""

    name: str
    is_done: bool
    address: str
    hint: str = ""


class Overview:
    """Looks up what the page needs; the number of queries depends neither on people nor on what they wrote."""

    def __init__(self, workshop, viewer):
        self.workshop = workshop
        self.viewer = viewer

    # -- where it is -----------------------------------------------------------------------------------------------
    @property
    def steps(self):
        """Every stage, up to where the workshop is."""
        here = Stage.values.index(self.workshop.stage)
        states = ["done"] * here + ["here"] + ["ahead"] * (len(Stage.values) - here - 1)
        return [Step(stage.label, state) for stage, state in zip(Stage, states, strict=True)]

    @property
    def headline(self):
        """Where it is, in one sentence."""
        return overview_moves.headline(self)

    @property
    def happening(self):
        """What goes on now, and what nobody can see meanwhile."""
        return overview_moves.happening(self)

    @property
    def promise(self):
        """Who sees what, in one sentence."""
        return promises.sentence(self.workshop)

    # -- who is in -------------------------------------------------------------------------------------------------
    @property
    def names_are_told(self):
        """Whether the facilitator may know who is in; else only how many."""
        return self.workshop.candour == Workshop.Candour.OPEN

    @property
    def counts_are_told(self):
        """Whether the page says how many are in.

        Without names, a count that moves while one late person writes would tell what that person did.
        """
        if self.workshop.stage in (Stage.WRITE, Stage.CONSOLIDATE):
            return self.names_are_told or not self.late_count
        return self.workshop.stage == Stage.RATE

    @cached_property
    def _counts(self):
        """Who came in a few seconds ago is not counted yet: the moment that is kept lies ahead by a random time."""
        admitted = Participant.everybody.filter(workshop=self.workshop)
        counted = Q(standing=Standing.ACCEPTED)
        uninvited = Q(pk__in=people.not_invited(self.workshop).values("pk"))
        return admitted.aggregate(
            everybody=Count("pk", filter=counted),
            submitted=Count("pk", filter=counted & is_in(self.workshop)),
            late=Count("pk", filter=counted & Q(may_write_late=True)),
            waiting=Count("pk", filter=Q(standing=Standing.WAITING)),
            without_role=Count("pk", filter=counted & Q(role__isnull=True)),
            unreachable=Count("pk", filter=counted & Q(email="", user__isnull=True)),
            uninvited=Count("pk", filter=uninvited),
        )

    @property
    def everybody(self):
        """How many take part."""
        return self._counts["everybody"]

    @property
    def submitted(self):
        """How many are in."""
        return self._counts["submitted"]

    @property
    def missing(self):
        """How many are not in."""
        return self.everybody - self.submitted

    @property
    def late_count(self):
        """For how many writing is open although the stage has closed."""
        return self._counts["late"]

    @property
    def waiting_guests(self):
        """How many guests wait to be let in."""
        return self._counts["waiting"]

    @property
    def uninvited(self):
        """How many have an address and were not invited."""
        return self._counts["uninvited"]

    @property
    def unreachable(self):
        """How many take part whom no mail can reach."""
        return self._counts["unreachable"]

    @cached_property
    def names(self):
        """Everybody by name with whether they are in, where that is told: those who are not in first, and no times."""
        if not (self.names_are_told and self.counts_are_told):
            return []
        people = self.workshop.participants.select_related("role").order_by(Lower("name"), "public_id")
        by_name = people.annotate(is_in=is_in(self.workshop))
        return sorted(by_name, key=lambda person: person.is_in)

    # -- late people -----------------------------------------------------------------------------------------------
    @property
    def takes_late(self):
        """Whether a late person may be let in now."""
        return stages.takes_late(self.workshop)

    @cached_property
    def late_choices(self):
        """Whom to choose from. Without names it is everybody, so that the list tells nothing."""
        choices = self.workshop.participants.order_by(Lower("name"), "public_id")
        return list(choices.not_in().filter(may_write_late=False) if self.names_are_told else choices)

    @cached_property
    def late(self):
        """Who may write late, by name where names are told."""
        if not (self.names_are_told and self.late_count):
            return []
        return list(self.workshop.participants.filter(may_write_late=True).order_by(Lower("name"), "public_id"))

    # -- what comes next -------------------------------------------------------------------------------------------
    @cached_property
    def moves(self):
        """What moves the workshop on: the next stage first."""
        return overview_moves.onwards(self)

    @cached_property
    def way_back(self):
        """The move to the stage before, or None."""
        return overview_moves.back(self)

    @property
    def opens_writing(self):
        """Whether the next move opens writing, which asks more than to be confirmed."""
        return self.workshop.stage == Stage.SETUP

    @property
    def board(self):
        """Where items are put together, while they are."""
        here = self.workshop.stage == Stage.CONSOLIDATE and self.workshop.archived_at is None
        return reverse("consolidate", args=[self.workshop.public_id]) if here else ""

    @property
    def takes_answers(self):
        """Whether people write or rate now."""
        return self.workshop.stage in OPEN

    @cached_property
    def must_submit_first(self):
        """Whether the viewer takes part and has to be in before writing closes."""
        return stages.must_submit_first(self.workshop, self.viewer)

    @cached_property
    def has_shown_results(self):
        """Whether somebody has seen a result, so that what is closed stays closed."""
        return stages.has_shown_results(self.workshop)

    @cached_property
    def items(self):
        """How many items are to be rated, how many of them are one statement `alone`, and how many are set `aside`."""
        said = Statement.objects.filter(item=OuterRef("pk"), draft=False).order_by().values("item")
        rows = Item.objects.filter(workshop=self.workshop).annotate(said=said.values(n=Count("pk")))
        rated = Q(set_aside=False)
        return rows.aggregate(
            rated=Count("pk", filter=rated),
            alone=Count("pk", filter=rated & Q(said=1)),
            aside=Count("pk", filter=~rated),
        )

    @cached_property
    def findings(self):
        """How far the findings are; see `revealing.state`."""
        return revealing.state(self.workshop)

    @property
    def at_the_reveal(self):
        """Who sees what once everything is revealed."""
        return promises.at_the_reveal(self.workshop)

    @property
    def reachable(self):
        """How many mail can reach."""
        return self.everybody - self.unreachable

    @property
    def opening_words(self):
        """What opening writing does, on its button."""
        return ngettext(
            "Open writing: %(n)d person can begin", "Open writing: %(n)d people can begin", self.everybody
        ) % {"n": self.everybody}

    @property
    def closing_words(self):
        """What closing the stage does to those who are not in."""
        return overview_moves.closing_words(self)

    @property
    def why_no_reminder(self):
        """Why nobody can be reminded now; nothing if they can."""
        return reminding.why_not(self.workshop)

    @property
    def reminds_by_itself(self):
        """Whether a reminder before the deadline is still to come."""
        deadline = self.workshop.deadline
        return deadline is not None and deadline - reminding.BEFORE_DEADLINE > timezone.now()

    @property
    def deadline_has_passed(self):
        """Whether the day by which people were asked to answer is over. It closes nothing."""
        return self.workshop.deadline is not None and self.workshop.deadline <= timezone.now()

    # -- before people write ---------------------------------------------------------------------------------------
    @cached_property
    def voices(self):
        """What to say about voices that are missing."""
        return missing_voices(self.workshop)

    @property
    def tasks(self):
        """What a workshop needs before people write."""
        workshop = self.workshop
        brief, team = (reverse(name, args=[workshop.public_id]) for name in ("setup", "people"))
        return [
            Task(_("The question"), bool(workshop.question), brief),
            Task(_("Which customers are meant"), workshop.segment_id is not None, brief),
            Task(_("The strategy in one paragraph"), bool(workshop.strategy), brief),
            Task(_("People"), self.everybody > 0, team, self._people_hint),
            Task(_("A voice from every side"), self.everybody > 0 and not self.voices, team, " ".join(self.voices)),
            Task(_("Until when to write"), workshop.deadline is not None, brief),
            Task(_("When to talk about it"), workshop.live_at is not None, brief),
        ]

    @property
    def _people_hint(self):
        if not self.everybody:
            return ""
        said = ngettext("%(n)d person", "%(n)d people", self.everybody) % {"n": self.everybody}
        without = self._counts["without_role"]
        if without:
            said += ", " + ngettext("%(n)d without a role", "%(n)d without a role", without) % {"n": without}
        return said
