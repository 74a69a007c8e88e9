"""What the diff page shows: an analysis, told for people."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import camps_page, finding_charts, headlines, kinds, maps, matrix_page, quotes, sentences
from .analysis import points_apart
from .charts.illusion import illusion
from .charts.interval import Reading, interval
from .charts.marks import LENSES
from .forms.diff import FindingFilter

FIRST_SHOWN = 7  # findings before the rest is folded away
PAIRS_SHOWN = 5
MISPLACED_SHOWN = 3
CALM = ("consensus", "drift")  # they ask for less room than a difference

KINDS_COUNTED = {
    "goal": lambda n: ngettext("%(n)d goal", "%(n)d goals", n),
    "pain": lambda n: ngettext("%(n)d pain", "%(n)d pains", n),
    "alternative": lambda n: ngettext("%(n)d alternative", "%(n)d alternatives", n),
}


@dataclass(frozen=True)
class Card:
    """One finding with its words and its chart."""

    kind: str
    label: str
    tier: str
    tier_label: str
    sentence: str
    move: str
    chart: object  # None where the answers may not be shown
    url: str
    near: str  # what tighter limits would make of it; empty where it stays, or where that would tell too much
    is_calm: bool  # agreement asks for less room than difference
    quotes: tuple = ()  # two people's words, where it is about meaning
    chart_is: str = "strip"
    about: str = ""  # which item the chart shows, where the sentence names none
    why_none: str = ""


class Differences:
    """The findings of `results` as the query string `asked` narrows and orders them."""

    def __init__(self, results, asked):
        self.results = results
        groups = [(key, self.group_names[key]) for key in sorted(results.sight.groups, key=self._place)]
        self.filter = FindingFilter(asked, groups=groups)

    @cached_property
    def group_names(self):
        """What the roles or lenses that may be told apart are called."""
        if self.results.sight.grouping == "lens":
            return {key: str(LENSES[key]) for key in self.results.sight.groups}
        return {key: self.results.roles[key].name for key in self.results.sight.groups}

    def _place(self, key):
        order = list(LENSES) if self.results.sight.grouping == "lens" else list(self.results.roles)
        return order.index(key)

    @property
    def analysis(self):
        """The analysis shown."""
        return self.results.workshop.current_analysis

    @property
    def marks(self):
        """Marks of the roles that may be told apart."""
        if self.results.sight.grouping != "role":
            return []
        return [mark for key, mark in self.results.marks.items() if key in self.results.sight.groups]

    @property
    def headline(self):
        """What a person could say aloud."""
        index = self.results.figures["alignment"]["all"]
        told = index if self.results.sight.shows_whole(index["people"]) else index | {"value": None}
        return headlines.headline(told, self.results.findings, self.results.names)

    @property
    def alignment(self):
        """The alignment of everything, then of each kind that is not everything."""
        found = self.results.figures["alignment"]
        items = self.results.items_rated
        whole = ngettext("%(n)d item", "All %(n)d items", len(items)) % {"n": len(items)}
        readings = [self._reading(whole, found["all"])]
        if len(found["by_kind"]) > 1:
            for kind, label in KINDS_COUNTED.items():
                if kind in found["by_kind"]:
                    n = sum(1 for item in items if item.kind == kind)
                    readings.append(self._reading(label(n) % {"n": n}, found["by_kind"][kind]))
        caption = _("Alignment with its 90 % interval. 1 is identical answers, 0 is what random answers give.")
        return interval(readings, caption=caption)

    @property
    def apart(self):
        """How far apart two colleagues are, in points that a person can picture."""
        index = self.results.figures["alignment"]["all"]
        if index["value"] is None or not self.results.sight.shows_whole(index["people"]):
            return ""
        apart, by_chance = points_apart(index["value"], self.results.levels)
        return _(
            "On a scale of %(levels)d points, two colleagues differ by %(apart).2f on an item; random answers would by "
            "%(chance).2f."
        ) % {"levels": self.results.levels, "apart": apart, "chance": by_chance}

    @property
    def placed(self):
        """The illusion in one sentence."""
        return headlines.placed(self.results.figures["illusion"]["value"])

    @cached_property
    def illusion(self):
        """How much nearer to themselves people place the team than it is; None where that may not be told."""
        found = self.results.figures.get("illusion")  # analyses of older engines have none
        if not found or found["value"] is None or not self.results.sight.names:
            return None
        return illusion(found["value"], found["low"], found["high"])

    @property
    def misplaced(self):
        """The items on which people surely place the team nearer to themselves: those most, with words and address."""
        if self.illusion is None:
            return []
        found = self.results.figures.get("item_illusions", {})
        sure = [key for key, each in found.items() if each["tier"] and key in self.results.items]
        sure.sort(key=lambda key: (-found[key]["value"], key))
        return [
            (self.results.items[key].title, headlines.nearer(found[key]["value"]), self.urls[key])
            for key in sure[:MISPLACED_SHOWN]
        ]

    @property
    def pairs_told(self):
        """The pairs of roles whose alignment may be told, as the analysis has them."""
        return [
            pair
            for pair in self.results.figures["alignment"]["by_role_pair"]
            if pair["index"]["value"] is not None and all(map(self._rated_by_enough, pair["roles"]))
        ]

    @property
    def pairs(self):
        """Alignment between roles, least alike first: those shown at once, and the others."""
        found = sorted(self.pairs_told, key=lambda pair: (pair["index"]["value"], pair["roles"]))
        sure = sum(1 for pair in found if pair["index"]["low"] is not None)
        found.sort(key=lambda pair: pair["index"]["low"] is None)  # two people alone say little about their roles
        readings = [self._reading(self._pair_name(*pair["roles"]), pair["index"]) for pair in found]
        caption, heading = _("Alignment between the people of two roles, least alike first"), _("Roles")
        shown = min(PAIRS_SHOWN, sure)
        parts = readings[:shown], readings[shown:]
        return [interval(part, caption=caption, heading=heading) if part else None for part in parts]

    def _rated_by_enough(self, role):
        """Whether a role may be told apart, and enough of it rated some item that counts: else one person would do."""
        sight = self.results.sight
        most = max((cell["raters"] for cell in self._cells_of_index if cell["role"] == role), default=0)
        return sight.shows_group("role", role) and sight.shows_whole(most)

    @cached_property
    def _cells_of_index(self):
        return [cell for view in self.results.views.values() if view["enough"] for cell in view["by_role"]]

    def _pair_name(self, one, other):
        names = self.results.names.roles
        if one == other:
            return _("Inside %(role)s") % {"role": names[one]}
        return _("%(one)s and %(other)s") % {"one": names[one], "other": names[other]}

    def _reading(self, label, index):
        if not self.results.sight.shows_whole(index["people"]):
            return Reading(str(label), words=_("too few people to show"))
        words = _("too few people for an interval") if index["low"] is None else ""
        return Reading(str(label), index["value"], index["low"], index["high"], words)

    @cached_property
    def findings(self):
        """Those listed, most worth talking about first."""
        return [found for found in self.results.findings if self.filter.keeps(found)]

    @property
    def likely(self):
        """How many of them are likely."""
        return sum(1 for found in self.findings if found.tier == "likely")

    @property
    def possible(self):
        """How many are possible only."""
        return len(self.findings) - self.likely

    @cached_property
    def cards(self):
        """The findings with words and charts."""
        return cards_of(self.results, self.findings)

    @property
    def first_cards(self):
        """Those shown at once: all, where somebody asked for some."""
        return self.cards if self.filter.is_narrow else self.cards[:FIRST_SHOWN]

    @property
    def other_cards(self):
        """Those folded away."""
        return self.cards[len(self.first_cards) :]

    @cached_property
    def urls(self):
        """The address of each item's page, by the item's key."""
        return {key: item_url(self.results, key) for key in self.results.views}

    @cached_property
    def camps(self):
        """Ways of seeing the whole, or None."""
        return camps_page.camps(self.results, self.urls)

    @cached_property
    def assumptions(self):
        """The assumption map, or None where evidence was not asked for."""
        return maps.assumptions(self.results, self.urls)

    @cached_property
    def words_meanings(self):
        """The map of words and meanings, or None."""
        return maps.words_meanings(self.results, self.urls)

    @cached_property
    def matrix(self):
        """Every item in every role, in the layer asked for."""
        views = matrix_page.ordered(self.results, self.filter.said("item_kind"), self.filter.said("sort"))
        if self.filter.said("layer") == "met":
            return matrix_page.met_matrix(self.results, views, self.urls)
        by_apart = not self.filter.said("sort")
        return matrix_page.importance_matrix(self.results, views, self.urls, sorted_by_apart=by_apart)


def cards_of(results, findings):
    """Findings as cards, each with its sentence, its move and the chart of what it is about."""
    said = quotes.quotes(results, findings)
    charts = finding_charts.charts(results, findings)
    return [_card(results, found, charts, said) for found in findings]


def _card(results, found, charts, said):
    key = found.item and found.item.key
    chart = None if results.sight.hides_value(found) else charts.get(found.pk)
    return Card(
        kind=found.kind,
        label=str(kinds.KINDS[found.kind]),
        tier=found.tier,
        tier_label=found.get_tier_display(),
        sentence=sentences.sentence(found, key, results.names),
        move=str(kinds.MOVES[found.kind]),
        chart=chart,
        url=item_url(results, key) if key else _people_url(results, found),
        near=str(kinds.NEAR_THE_LINE.get(found.tighter, "")) if results.sight.names else "",
        is_calm=found.kind in CALM,
        quotes=tuple(said.get(found.pk, ())),
        chart_is="interval" if found.kind == "drift" and not key else "strip",
        about=chart.table.caption if chart and found.kind == "outlier_view" else "",
        why_none=_why_none(found),
    )


def _why_none(found):
    """Why a card has no chart."""
    if found.kind == "lone_voice":
        return _("Whose answer it is, and what it says, is not told.")
    if found.kind == "outlier_view":
        return _("Whose view it is, is not told: it may well be chance.")
    return "" if found.statements else _("Too few people answered to show how.")


def _people_url(results, found):
    """Where to look closer at a finding about no single item: beside everybody; nowhere where nobody is named."""
    if found.kind != "outlier_view" or found.tier != "likely":
        return ""
    is_you = results.you is not None and results.you.key == found.people[0]
    sides = {"left": "me" if is_you else f"person:{found.people[0]}", "right": "team"}
    return f"{reverse('compare', args=[results.workshop.public_id])}?{urlencode(sides)}"


def item_url(results, key):
    """The address of an item's page."""
    return reverse("item", args=[results.workshop.public_id, results.items[key].public_id])
