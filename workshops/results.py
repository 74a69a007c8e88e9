"""The results of one workshop as one viewer may see them: what the diff page, an item's page and comparisons share."""

from collections import Counter
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from . import sentences
from .charts.marks import role_marks
from .models import Membership, Participant, Rating, Round, Statement
from .visibility import SIDES, Sight, Turnout


class Results:
    """Looks up what a page needs, each thing once; the number of queries depends neither on people nor on items.

    Parameters
    ----------
    workshop : Workshop
        With its team and current analysis at hand.
    viewer : Viewer
    """

    def __init__(self, workshop, viewer):
        self.workshop = workshop
        self.viewer = viewer

    @cached_property
    def membership(self):
        """The viewer's membership of the team, or None."""
        return Membership.objects.of(self.viewer, self.workshop.team_id)

    @property
    def may_facilitate(self):
        """Whether the viewer runs the workshop."""
        return self.membership is not None and self.membership.may_facilitate

    @cached_property
    def you(self):
        """The viewer's own participant, or None."""
        return self.viewer.participant_in(self.workshop)

    @cached_property
    def round(self):
        """The rate round that the analysis is of, or None."""
        return Round.objects.filter(workshop=self.workshop, kind=Round.Kind.RATE, closed_at__isnull=False).first()

    @cached_property
    def roles(self):
        """Every role of the team by its key."""
        return {role.key: role for role in self.workshop.team.roles.all()}

    @cached_property
    def turnout(self):
        """How many of each role were asked and answered anything, by the role's key."""
        answered = Rating.objects.filter(participant=OuterRef("pk"), round=self.round, late=False)
        answered = answered.exclude(answer=Rating.Answer.ASKED)
        rows = Participant.objects.filter(workshop=self.workshop).values("role__key").order_by("role__key")
        rows = rows.annotate(
            asked=Count("pk"),
            answered=Count("pk", filter=Q(Exists(answered))),
            yours=Count("pk", filter=Q(Exists(answered), pk=self.you.pk if self.you else 0)),
        )
        return {
            row["role__key"]: Turnout(
                row["role__key"],
                self.roles[row["role__key"]].lens,
                row["asked"],
                row["answered"],
                bool(row["yours"]),
            )
            for row in rows
        }

    @cached_property
    def sight(self):
        """What the viewer may see."""
        return Sight(
            self.workshop,
            self.turnout.values(),
            takes_part=self.you is not None,
            may_prepare=self.may_facilitate,
        )

    @property
    def is_shown(self):
        """Whether there are findings, and this viewer may see some of them now."""
        return self.workshop.current_analysis_id is not None and self.sight.anything

    @property
    def version(self):
        """Tells a page whether what it shows is still what there is.

        Keyed: the digest itself would confirm a guess at everybody's answers, and in a small team these can be counted
        through.
        """
        analysis, revealed = self.workshop.current_analysis, self.workshop.revealed_at
        said = f"{analysis and analysis.digest} {revealed and revealed.timestamp()} {self.sight.mode}"
        return salted_hmac("workshops.results.version", said, algorithm="sha256").hexdigest()[:16]

    @property
    def figures(self):
        """What the analysis says about the whole."""
        return self.workshop.current_analysis.figures

    @cached_property
    def marks(self):
        """The mark of every role that takes part."""
        return role_marks(role for role in self.roles.values() if role.key in self.turnout)

    @cached_property
    def items(self):
        """Every item by its key, in their order."""
        return {item.key: item for item in self.workshop.items.all()}

    @cached_property
    def _own_answers(self):
        if self.you is None:
            return {}
        wrote = Statement.objects.filter(item=OuterRef("item"), participant=self.you, draft=False)
        own = Rating.objects.filter(round=self.round, participant=self.you, late=False).annotate(wrote=Exists(wrote))
        return {key: (answer, wrote) for key, answer, wrote in own.values_list("item__key", "answer", "wrote")}

    @cached_property
    def own_items(self):
        """Keys of the items that the viewer answered about."""
        return frozenset(key for key, (answer, _) in self._own_answers.items() if answer != Rating.Answer.ASKED)

    @cached_property
    def own_met(self):
        """Keys of the items that the viewer answered about, or wrote a statement under."""
        return self.own_items | {key for key, (_, wrote) in self._own_answers.items() if wrote}

    @cached_property
    def own_rated(self):
        """Keys of the items that the viewer rated."""
        return frozenset(key for key, (answer, _) in self._own_answers.items() if answer == Rating.Answer.RATED)

    @cached_property
    def views(self):
        """What the analysis says about each item, by its key."""
        return {view["item"]: view for view in self.figures["items"]}

    @property
    def levels(self):
        """Points on the scale of importance."""
        return self.round.importance_levels

    @cached_property
    def names(self):
        """What keys are called in sentences."""
        return sentences.Names(
            items={key: item.title for key, item in self.items.items()},
            roles={key: self.roles[key].name for key in self.turnout},
            levels=self.levels,
            people=self._people_by_key if self.sight.names else {},
            tells_roles=bool(self.sight.grouping),
        )

    @cached_property
    def _people_by_key(self):
        return dict(self.workshop.participants.values_list("key", "name"))

    @cached_property
    def findings(self):
        """The findings that this viewer may be told, most worth talking about first."""
        found = self.workshop.current_analysis.findings.select_related("item")
        return [each for each in found if self.sight.shows_finding(each, self._told_apart(each))]

    def _told_apart(self, finding):
        """Groups that may be told apart on a finding's item, among the people whom the finding counts; None for all."""
        if self.sight.names or not finding.groups:
            return None
        states = ("raters", "unknown", "not_real") if finding.kind == "blind_spot" else ("raters",)
        counts = Counter()
        for cell in self.views[finding.item.key]["by_role"]:
            key = cell["role"] if self.sight.grouping == "role" else self.roles[cell["role"]].lens
            counts[key] += sum(cell[state] for state in states)
        if sum(counts.values()) != sum(finding.numbers[side] for side in SIDES[finding.kind]):
            return frozenset()  # it counts people who wrote and did not answer: nobody knows here of which group
        own = self.own_items if finding.kind == "blind_spot" else self.own_rated
        return self.sight.groups_on(counts, yours=finding.item.key in own)

    @property
    def asked(self):
        """People in the workshop."""
        return sum(role.asked for role in self.turnout.values())

    @property
    def answered(self):
        """People who answered anything."""
        return sum(role.answered for role in self.turnout.values())
