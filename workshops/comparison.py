"""Two perspectives side by side, like a code diff: only left, only right, both but rated or meant apart, and alike."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import perspectives, word_marks
from .charts import apart
from .item_charts import question_of
from .models import Item, Statement
from .sides import Side

RATED_APART = 0.25  # share of the scale: one point of five
MEANT_APART = 0.5  # share of the scale of same meaning: from same to not sure
UNCOMPARED = ("not asked", "not told")
TEXTS = 3  # of one side on one item; the item's page has all


@dataclass(frozen=True)
class Cell:
    """One side of a row: texts in pieces, with what to say under them."""

    texts: tuple = ()
    more: int = 0
    definition: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One item in a band: two cells, either None where that side does not have it, with why; or a chart."""

    item: Item
    left: Cell | None = None
    right: Cell | None = None
    why: str = ""
    chart: object = None


class Comparison:
    """What the page shows of two perspectives, named as in its address; see `perspectives.choices`."""

    def __init__(self, results, left, right):
        self.results = results
        self.sections = perspectives.choices(results)
        self.notice = ""
        pair = self._chosen(left, right)
        self.pair = pair
        if pair:
            people = {each.key for each in pair if each.is_person} | ({results.you.pk} if results.you else set())
            tallies = perspectives.Tallies(results, people)
            self.left, self.right = Side(pair[0], pair[1], tallies), Side(pair[1], pair[0], tallies)

    # -- who ---------------------------------------------------------------------------------------------------------
    @cached_property
    def allowed(self):
        """Every perspective that may be compared, by how the address says it."""
        return {each.value: each for _heading, found in self.sections for each in found}

    def _chosen(self, left, right):
        """The two asked for. What is not known and what is not allowed get the same answer."""
        if any(value and value not in self.allowed for value in (left, right)):
            self.notice = _("What you asked to compare is not here, or may not be shown to you. This is shown instead.")
            left = right = ""
        elif left and left == right:
            self.notice = _("Choose two that are not the same. This is shown instead.")
            right = ""
        default = [self.allowed[value] for value in self._default()]
        if not default or not (left or right):
            return default
        given = left or right
        other = next(each for each in default if each.value != given)
        return [self.allowed.get(left, other), self.allowed.get(right, other)]

    def _default(self):
        """You and the team; else the two roles least alike; else the first two there are."""
        if "me" in self.allowed and "team" in self.allowed:
            return ["me", "team"]
        pairs = self.results.figures["alignment"]["by_role_pair"]
        pairs = [(pair["index"]["value"], [f"role:{key}" for key in pair["roles"]]) for pair in pairs]
        told = [
            pair
            for pair in pairs
            if pair[0] is not None and len(set(pair[1])) == 2 and set(pair[1]) <= set(self.allowed)
        ]
        if told:
            return min(told)[1]
        order = {"role": 0, "lens": 0, "me": 1, "team": 1}
        values = sorted(self.allowed, key=lambda value: order.get(self.allowed[value].kind, 2))
        return values[:2] if len(values) > 1 else []

    # -- what --------------------------------------------------------------------------------------------------------
    @cached_property
    def _stands(self):
        return [(item, self.left.stand(item), self.right.stand(item)) for item in self.results.items_rated]

    @cached_property
    def _sorted(self):
        """Items with where both stand, by what is to be said about them."""
        found = defaultdict(list)
        for item, left, right in self._stands:
            for place in _places(left, right):
                found[place].append((item, left, right))
        return found

    @property
    def only_left(self):
        """What only the left side has."""
        return [
            Row(item, left=self._cell(self.left, item, left), why=right.note)
            for item, left, right in self._sorted["only left"]
        ]

    @property
    def only_right(self):
        """What only the right side has."""
        return [
            Row(item, right=self._cell(self.right, item, right), why=left.note)
            for item, left, right in self._sorted["only right"]
        ]

    @property
    def meant_apart(self):
        """What both have, and mean differently: farthest apart first."""
        found = sorted(self._sorted["meant apart"], key=lambda each: -abs(each[1].same - each[2].same))
        return [self._meant_apart(*each) for each in found]

    @property
    def rated_apart(self):
        """What both have and rate differently: farthest apart first."""
        found = sorted(self._sorted["rated apart"], key=lambda each: -abs(each[1].share - each[2].share))
        return [Row(item, chart=self._chart(item, left, right)) for item, left, right in found]

    @property
    def marks(self):
        """Marks of the roles that stand in the picture."""
        return list({each.mark.id: each.mark for each in self.pair if each.mark}.values())

    @cached_property
    def counts(self):
        """How many items there are of each sort."""
        return {place: len(self._sorted[place]) for place in (*UNCOMPARED, "neither", "not rated", "alike")}

    @property
    def compared(self):
        """Items that both were asked about and that may be told."""
        return len(self._stands) - sum(self.counts[place] for place in UNCOMPARED)

    @property
    def headline(self):
        """What a person could say aloud."""
        names = {"left": self.left.said, "right": self.right.said, "n": self.counts["alike"], "m": self.compared}
        if not self.compared:
            return capfirst(_("%(left)s and %(right)s: there is no item that both can be compared on.") % names)
        words = ngettext(
            "%(left)s and %(right)s see %(n)d of %(m)d item alike.",
            "%(left)s and %(right)s see %(n)d of %(m)d items alike.",
            self.compared,
        )
        return capfirst(words % names)

    def _chart(self, item, left, right):
        sides = []
        for side, stand in ((self.left, left), (self.right, right)):
            who = side.perspective
            sides.append(apart.Side(side.short, who.mark, stand.level, lens=who.lens, is_you=who.kind == "me"))
        return apart.apart(question_of(self.results, item), *sides)

    # -- texts -------------------------------------------------------------------------------------------------------
    @cached_property
    def _texts(self):
        """The texts of either side by side and item, in an order that only the words decide. One query."""
        wanted = self._items_with_texts
        mine = [side.authors() for side in (self.left, self.right)]
        rows = (
            Statement.objects.filter(item__in=wanted[0] | wanted[1], draft=False).filter(mine[0] | mine[1]).order_by()
        )
        found = defaultdict(list)
        for item, person, role, label, meaning in rows.values_list(
            "item_id", "participant_id", "participant__role__key", "label", "meaning"
        ):
            for n, side in enumerate((self.left, self.right)):
                if item in wanted[n] and side.wrote(person, role):
                    found[n, item].append(meaning or label)
        return {key: sorted(texts, key=lambda text: sha256(text.encode()).digest()) for key, texts in found.items()}

    @cached_property
    def _items_with_texts(self):
        """Ids of the items whose texts may be told, for either side."""
        return [
            {
                item.pk
                for place in (only, "meant apart")
                for item, _left, _right in self._sorted[place]
                if side.perspective.kind != "round" and side.may_quote(item)
            }
            for only, side in (("only left", self.left), ("only right", self.right))
        ]

    def _texts_of(self, side, item):
        return self._texts.get((0 if side is self.left else 1, item.pk), [])

    def _cell(self, side, item, stand):
        texts = self._texts_of(side, item)
        return Cell(
            texts=tuple([word_marks.Piece(text)] for text in texts[:TEXTS]),
            more=len(texts[TEXTS:]),
            definition="" if texts else item.definition,
            notes=(stand.note,),
        )

    def _meant_apart(self, item, left, right):
        sides = [(self.left, left), (self.right, right)]
        texts = [self._texts_of(side, item) for side, _stand in sides]
        means = [self._means(item, stand, found) for found, (_side, stand) in zip(texts, sides, strict=True)]
        pieces = word_marks.marked(*means)
        cells = []
        for n, (side, stand) in enumerate(sides):
            silent = [] if means[n] else [_("No words of their own that may be shown here.")]
            cells.append(Cell(tuple(pieces[n]), len(texts[n][TEXTS:]), notes=(side.says_same(stand), *silent)))
        return Row(item, *cells)

    @staticmethod
    def _means(item, stand, texts):
        """What a side means: its texts, or without any the working definition where it says that it means that."""
        says_the_same = stand.same is not None and stand.same > MEANT_APART
        return texts[:TEXTS] or ([item.definition] if says_the_same and item.definition else [])


def _places(left, right):
    """What is to be said about an item; an item both have may be rated and meant apart."""
    if left.holds is None or right.holds is None:
        return ["not asked"]
    if not (left.is_told and right.is_told):
        return ["not told"]
    if left.holds != right.holds:
        return ["only left" if left.holds else "only right"]
    if not left.holds:
        return ["neither"]
    places = []
    if _differ(left.same, right.same, MEANT_APART):
        places.append("meant apart")
    if _differ(left.share, right.share, RATED_APART):
        places.append("rated apart")
    if not places and (left.share is None or right.share is None):
        return ["not rated"]
    return places or ["alike"]


def _differ(one, other, least):
    return one is not None and other is not None and abs(one - other) >= least - 1e-9
