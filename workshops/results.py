"""The results of one workshop as one viewer may see them: what the diff page, an item's page and comparisons share."""

from collections import Counter, defaultdict
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from . import answers, promises, role_gaps, sentences
from .charts.marks import role_marks
from .models import Membership, Participant, Rating, Round, Statement
from .visibility import SIDES, Said, Sight, Turnout


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
    def rounds(self):
        """The rate rounds that the analysis is of: the first, and those about items that were added later."""
        rated = Round.objects.filter(workshop=self.workshop, kind=Round.Kind.RATE, closed_at__isnull=False)
        return answers.together(list(rated))

    @property
    def round(self):
        """The first of them, whose scales are those of all; or None."""
        return self.rounds[0] if self.rounds else None

    @cached_property
    def roles(self):
        """Every role of the team by its key."""
        return {role.key: role for role in self.workshop.team.roles.all()}

    @cached_property
    def turnout(self):
        """How many of each role were asked and answered anything, by the role's key."""
        answered = Rating.objects.filter(participant=OuterRef("pk"), round__in=self.rounds, late=False)
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
    def at_the_reveal(self):
        """Who sees what once everything is revealed."""
        return promises.at_the_reveal(self.workshop)

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

    @property
    def items_rated(self):
        """Those that people were asked about: all that are not set aside."""
        return [item for item in self.items.values() if not item.set_aside]

    @cached_property
    def _own_answers(self):
        if self.you is None:
            return {}
        wrote = Statement.objects.filter(item=OuterRef("item"), participant=self.you, draft=False)
        own = Rating.objects.filter(round__in=self.rounds, participant=self.you, late=False)
        own = own.annotate(wrote=Exists(wrote))
        fields = ("item__key", "answer", "wrote", "importance")
        return {key: (answer, wrote, points) for key, answer, wrote, points in own.values_list(*fields)}

    @cached_property
    def own_items(self):
        """Keys of the items that the viewer answered about."""
        return frozenset(key for key, (answer, _, _) in self._own_answers.items() if answer != Rating.Answer.ASKED)

    @cached_property
    def own_met(self):
        """Keys of the items that the viewer answered about, or wrote a statement under."""
        return self.own_items | {key for key, (_, wrote, _) in self._own_answers.items() if wrote}

    @cached_property
    def own_rated(self):
        """Keys of the items that the viewer rated."""
        return frozenset(self.own_points)

    @cached_property
    def own_points(self):
        """The viewer's ratings, by the item's key."""
        said = self._own_answers.items()
        return {key: points for key, (answer, _, points) in said if answer == Rating.Answer.RATED}

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
            people={key: name for key, (_pk, name, _role) in self.people.items()},
            tells_roles=bool(self.sight.grouping),
        )

    @cached_property
    def people(self):
        """Id, name and role's key of everybody, by key; nobody where names are hidden."""
        if not self.sight.names:
            return {}
        rows = self.workshop.participants.values_list("key", "pk", "name", "role__key")
        return {key: tuple(row) for key, *row in rows}

    @cached_property
    def findings(self):
        """The findings that this viewer may be told, most worth talking about first."""
        found = self.workshop.current_analysis.findings.select_related("item", "to_item")
        told = (self._told(each) for each in found if self.sight.shows_finding(each, self._told_apart(each)))
        return [each for each in told if each is not None]

    def _told(self, finding):
        if finding.kind != "role_gap" or self.sight.names:
            return finding
        return role_gaps.retold(self, finding)

    def _told_apart(self, finding):
        """Groups that may be told apart on a finding's item, among the people whom the finding counts; None for all."""
        if self.sight.names or finding.kind not in SIDES:
            return None
        view, own = self.views[finding.item.key], self.own_items
        if finding.kind == "role_gap":
            counts, own = {key: said.people for key, said in self._said[view["item"]].items()}, self.own_rated
            return self.sight.groups_on(counts, yours=finding.item.key in own)
        counts = Counter()
        for cell in view["by_role"]:
            counts[self.group_of(cell["role"])] += sum(cell[state] for state in ("raters", "unknown", "not_real"))
        if sum(counts.values()) != sum(finding.numbers[side] for side in SIDES[finding.kind]):
            return frozenset()  # it counts people who wrote and did not answer: nobody knows here of which group
        return self.sight.groups_on(counts, yours=finding.item.key in own)

    def group_of(self, role):
        """The group that the people of a role are told as."""
        return self.roles[role].lens if self.sight.grouping == "lens" else role

    def rated_apart(self, view):
        """Groups whose ratings of an item may be told, the item as the analysis has it."""
        return self._rated_apart[view["item"]]

    @cached_property
    def _rated_apart(self):
        return {item: self.sight.groups_apart(said, self.own_points.get(item)) for item, said in self._said.items()}

    def told_gaps(self, group):
        """How far a group's mean is above that of the others, by item, where both may be told."""
        counted = [view for view in self.views.values() if view["enough"] and group in self.rated_apart(view)]
        gaps = {view["item"]: role_gaps.gap_of(self._said[view["item"]], group) for view in counted}
        return {item: gap for item, gap in gaps.items() if gap is not None}

    @cached_property
    def _said(self):
        """Everybody's ratings, by item and added up by group."""
        found = {}
        for item, view in self.views.items():
            said = found[item] = defaultdict(Said)
            for cell in view["by_role"]:
                key = self.group_of(cell["role"])
                said[key] = said[key].plus(Said.of(cell["counts"]))
        return found

    @property
    def asked(self):
        """People in the workshop."""
        return sum(role.asked for role in self.turnout.values())

    @property
    def answered(self):
        """People who answered anything."""
        return sum(role.answered for role in self.turnout.values())
