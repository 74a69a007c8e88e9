"""What the diff page shows: an analysis, told for people."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import sentences
from .analysis import points_apart
from .charts.bars import strip_counts
from .charts.interval import Reading, interval
from .charts.marks import role_marks
from .charts.matrix import Cell, Column, Line, matrix
from .charts.question import Question
from .charts.strip import MOST_MARKS, Mark, strip
from .models import Participant, Rating, Round

FIRST_SHOWN = 7  # findings before the rest is folded away
PAIRS_SHOWN = 5

ASKED = {
    "goal": (gettext_lazy("How much does it matter to these customers?"), gettext_lazy("hardly"), gettext_lazy("most")),
    "pain": (gettext_lazy("How much does it hurt these customers?"), gettext_lazy("hardly"), gettext_lazy("most")),
    "alternative": (
        gettext_lazy("How many of these customers use it today?"),
        gettext_lazy("hardly any"),
        gettext_lazy("nearly all"),
    ),
}
KINDS_COUNTED = {
    "goal": lambda n: ngettext("%(n)d goal", "%(n)d goals", n),
    "pain": lambda n: ngettext("%(n)d pain", "%(n)d pains", n),
    "alternative": lambda n: ngettext("%(n)d alternative", "%(n)d alternatives", n),
}
ABSENT = {Rating.Answer.UNKNOWN: "unknown", Rating.Answer.NOT_REAL: "not_real", Rating.Answer.ASKED: "asked"}


@dataclass(frozen=True)
class Card:
    """One finding with its words and its chart."""

    kind: str
    label: str
    tier: str
    tier_label: str
    sentence: str
    move: str
    chart: object
    is_calm: bool  # agreement asks for less room than difference


class Differences:
    """One analysis of a revealed workshop in candour *open*, for one viewer.

    The number of queries is fixed: it depends neither on people nor on items.
    """

    def __init__(self, workshop, viewer):
        self.workshop = workshop
        self.analysis = workshop.current_analysis
        self.figures = self.analysis.figures
        self.you = viewer.participant_in(workshop)

    @cached_property
    def roles(self):
        """Every role of the team by its key."""
        return {role.key: role for role in self.workshop.team.roles.all()}

    @cached_property
    def marks(self):
        """The mark of every role that takes part."""
        return role_marks(role for role in self.roles.values() if role.key in self.turnout)

    @cached_property
    def turnout(self):
        """How many of each role were asked, and how many answered anything, by the role's key."""
        answered = Rating.objects.filter(participant=OuterRef("pk"), round=self.round).exclude(answer="asked")
        rows = Participant.objects.filter(workshop=self.workshop).values("role__key").order_by("role__key")
        rows = rows.annotate(asked=Count("pk"), answered=Count("pk", filter=Q(Exists(answered))))
        return {row["role__key"]: row for row in rows}

    @cached_property
    def round(self):
        """The round that the analysis is of."""
        return Round.objects.filter(workshop=self.workshop, kind="rate", closed_at__isnull=False).first()

    @cached_property
    def items(self):
        """Every item by its key."""
        return {item.key: item for item in self.workshop.items.all()}

    @cached_property
    def names(self):
        """What keys are called."""
        titles = {key: item.title for key, item in self.items.items()}
        roles = {key: self.roles[key].name for key in self.turnout}
        return sentences.Names(items=titles, roles=roles, levels=self.round.importance_levels)

    @cached_property
    def findings(self):
        """The findings, most worth talking about first."""
        return list(self.analysis.findings.select_related("item"))

    @property
    def headline(self):
        """What a person could say aloud."""
        return sentences.headline(self.figures["alignment"]["all"], self.findings, self.names)

    @property
    def asked(self):
        """People in the workshop."""
        return sum(row["asked"] for row in self.turnout.values())

    @property
    def answered(self):
        """People who answered anything."""
        return sum(row["answered"] for row in self.turnout.values())

    @property
    def alignment(self):
        """The alignment of everything, then of each kind that is not everything."""
        found = self.figures["alignment"]
        whole = found["all"]
        readings = [
            _reading(ngettext("%(n)d item", "All %(n)d items", len(self.items)) % {"n": len(self.items)}, whole)
        ]
        kinds = found["by_kind"]
        if len(kinds) > 1:
            for kind, label in KINDS_COUNTED.items():
                if kind in kinds:
                    n = sum(1 for item in self.items.values() if item.kind == kind)
                    readings.append(_reading(label(n) % {"n": n}, kinds[kind]))
        caption = _("Alignment with its 90 % interval. 1 is identical answers, 0 is what random answers give.")
        return interval(readings, caption=caption)

    @property
    def apart(self):
        """How far apart two colleagues are, in points that a person can picture."""
        value, levels = self.figures["alignment"]["all"]["value"], self.names.levels
        if value is None:
            return ""
        apart, by_chance = points_apart(value, levels)
        return _(
            "On a scale of %(levels)d points, two colleagues differ by %(apart).2f on an item; random answers would by "
            "%(chance).2f."
        ) % {"levels": levels, "apart": apart, "chance": by_chance}

    @property
    def pairs(self):
        """Alignment between roles, least alike first: those shown at once, and the others."""
        found = [pair for pair in self.figures["alignment"]["by_role_pair"] if pair["index"]["value"] is not None]
        found.sort(key=lambda pair: (pair["index"]["value"], pair["roles"]))
        readings = [_reading(self._pair_name(*pair["roles"]), pair["index"]) for pair in found]
        shown, rest = readings[:PAIRS_SHOWN], readings[PAIRS_SHOWN:]
        caption = _("Alignment between the people of two roles, least alike first")
        heading = _("Roles")
        return [interval(part, caption=caption, heading=heading) if part else None for part in (shown, rest)]

    def _pair_name(self, one, other):
        if one == other:
            return _("Inside %(role)s") % {"role": self.names.roles[one]}
        return _("%(one)s and %(other)s") % {"one": self.names.roles[one], "other": self.names.roles[other]}

    @cached_property
    def cards(self):
        """All findings with words and charts."""
        charts = self._charts({found.item_id for found in self.findings})
        return [
            Card(
                kind=found.kind.replace("_", "-"),
                label=str(sentences.KINDS[found.kind]),
                tier=found.tier,
                tier_label=found.get_tier_display(),
                sentence=sentences.sentence(found, found.item.key, self.names),
                move=str(sentences.MOVES[found.kind]),
                chart=charts[found.item_id],
                is_calm=found.kind == "consensus",
            )
            for found in self.findings
        ]

    @property
    def likely(self):
        """How many findings are likely."""
        return sum(1 for found in self.findings if found.tier == "likely")

    @property
    def possible(self):
        """How many are possible only."""
        return len(self.findings) - self.likely

    @property
    def first_cards(self):
        """Those shown at once."""
        return self.cards[:FIRST_SHOWN]

    @property
    def other_cards(self):
        """Those folded away."""
        return self.cards[FIRST_SHOWN:]

    def _charts(self, item_ids):
        """A strip for each item, by the item's id: one mark a person, or counts where they are many."""
        ratings = Rating.objects.filter(round=self.round, item__in=item_ids)
        items = {item.pk: item for item in self.items.values()}
        if self.asked <= MOST_MARKS:
            people = self._people(ratings)
            return {pk: strip(self._question(items[pk]), people[pk]) for pk in item_ids}
        counts, own = self._counts(ratings)
        return {pk: strip_counts(self._question(items[pk]), counts[pk], you=own.get(pk)) for pk in item_ids}

    def _question(self, item):
        text, least, most = ASKED[item.kind]
        return Question(
            title=item.title,
            text=str(text),
            levels=self.round.importance_levels,
            ends=(str(least), str(most)),
            measure=_("Importance"),
        )

    def _people(self, ratings):
        by_item = defaultdict(list)
        rows = ratings.values_list(
            "item_id", "answer", "importance", "participant_id", "participant__name", "participant__role__key"
        )
        you = self.you.pk if self.you else None
        for item_id, answer, importance, person, name, role in rows:
            absence = "" if importance is not None else _place(answer, importance)
            mark = Mark(importance, self.marks[role], absence=absence, name=name, is_you=person == you)
            by_item[item_id].append(mark)
        return by_item

    def _counts(self, ratings):
        """People by item, lens and answer; and lens and answer of the viewer by item."""
        by_item, own = defaultdict(lambda: defaultdict(Counter)), {}
        is_you = Case(When(participant=self.you.pk, then=True), default=False) if self.you else Value(False)
        rows = ratings.annotate(is_you=is_you, lens=F("participant__role__lens"))
        for row in rows.values("item_id", "answer", "importance", "lens", "is_you").order_by().annotate(n=Count("pk")):
            place = _place(row["answer"], row["importance"])
            by_item[row["item_id"]][row["lens"]][place] += row["n"]
            if row["is_you"]:
                own[row["item_id"]] = row["lens"], place
        return by_item, own

    @cached_property
    def matrix(self):
        """Every item in every role, farthest apart first."""
        keys = list(self.marks)
        columns = [
            Column(
                label=self.roles[key].name,
                lens=self.roles[key].lens,
                mark=self.marks[key],
                note=_("%(answered)d of %(asked)d in") % self.turnout[key],
            )
            for key in keys
        ]
        levels = self.round.importance_levels
        views = sorted(self.figures["items"], key=lambda view: (-(view["distance"] or 0), view["item"]))
        lines = [self._line(view, keys, levels) for view in views]
        return matrix(lines, columns, levels=levels, people=self.answered)

    def _line(self, view, keys, levels):
        item = self.items[view["item"]]
        cells = {cell["role"]: cell for cell in view["by_role"]}
        return Line(
            title=item.title,
            kind=item.kind,
            apart=None if view["distance"] is None else view["distance"] * (levels - 1),
            cells=tuple(_cell(cells.get(key), levels) for key in keys),
        )


def _place(answer, importance):
    return importance if importance is not None else ABSENT.get(answer, "asked")


def _reading(label, index):
    words = _("too few people for an interval") if index["low"] is None else ""
    return Reading(str(label), index["value"], index["low"], index["high"], words)


def _cell(cell, levels):
    if cell is None or cell["mean"] is None:
        return Cell(absence="asked")
    spread = None if cell["distance"] is None else cell["distance"] * (levels - 1)
    return Cell(mean=cell["mean"], low=cell["lowest"], high=cell["highest"], spread=spread)
