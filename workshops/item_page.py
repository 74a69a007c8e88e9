"""One item: what was said about it, how people answered, what it is linked to, and what came of it."""

import copy
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from . import glossary, item_charts, item_links, item_rounds, item_texts, kinds, matrix_page, promises, sentences
from .models import Outcome
from .results import Results

MANY = 12  # texts, and things linked, before the rest is folded away
FIELDS = {"outcome": _("Intended outcome"), "action": _("Action it calls for"), "tradeoff": _("Trade-off accepted")}


def results_about(item, results):
    """The results as far as they concern this item alone.

    An item that was revealed on its own, in the session, is seen by those who are in it as if everything were revealed.
    """
    is_there = results.you is not None or results.may_facilitate
    if item.revealed_at is None or results.workshop.is_revealed or not is_there:
        return results
    workshop = copy.copy(results.workshop)  # for this page only, never stored
    workshop.revealed_at = item.revealed_at
    return Results(workshop, results.viewer)


def is_shown(results):
    """Whether this viewer may see how people answered."""
    return results.round is not None and results.sight.anything


@dataclass(frozen=True)
class Found:
    """One finding in words, with what to do about it."""

    kind: str
    label: str
    tier: str
    tier_label: str
    sentence: str
    move: str


class ItemPage:
    """Everything an item's page shows, of `results` as `results_about` gives them.

    `alone`: this item is revealed, and not everything is.
    """

    def __init__(self, item, results, *, alone=False):
        self.results = results
        self.alone = alone
        self.item = results.items[item.key]

    @property
    def may_reveal(self):
        """Whether the viewer may show it to those who take part now."""
        workshop = self.results.workshop
        is_hidden = not workshop.is_revealed and workshop.archived_at is None and not self.item.set_aside
        return self.results.may_facilitate and is_hidden

    @property
    def promise(self):
        """Who sees what of it once it is revealed."""
        return promises.of_one_item(self.results.workshop)

    @property
    def parent(self):
        """The item it is a part of, or None."""
        return next((each for each in self.results.items.values() if each.pk == self.item.parent_id), None)

    @property
    def children(self):
        """The items that are a part of it."""
        return [each for each in self.results.items.values() if each.parent_id == self.item.pk]

    @cached_property
    def glossary(self):
        """The agreed meanings of the words that it uses, once results are revealed."""
        return glossary.used_by(self.item) if self.results.workshop.is_revealed else []

    @cached_property
    def statements(self):
        """What people wrote that is merged into it."""
        return item_texts.statements(self.item, self.results)

    @property
    def first_statements(self):
        """Those shown at once."""
        return self.statements[:MANY]

    @property
    def other_statements(self):
        """Those folded away."""
        return self.statements[MANY:]

    @cached_property
    def restatements(self):
        """What it means to each, in outcome, action and trade-off."""
        return item_texts.restatements(self.item, self.results)

    @property
    def restated_fields(self):
        """What each was asked to restate, with its heading."""
        return list(FIELDS.items())

    @cached_property
    def charts(self):
        """Who answered what: importance, then meaning and evidence where anybody was asked."""
        ratings = self.item.ratings.filter(round__in=self.results.rounds, late=False)
        asked = ratings.aggregate(same_meaning=Count("same_meaning"), evidence=Count("evidence"))
        wanted = [(self.item.pk, "importance"), *((self.item.pk, name) for name, n in asked.items() if n)]
        drawn = item_charts.charts(self.results, wanted)
        return [drawn[each] for each in wanted]

    @property
    def marks(self):
        """Marks of the roles that may be told apart."""
        sight = self.results.sight
        return [mark for key, mark in self.results.marks.items() if sight.grouping == "role" and key in sight.groups]

    @cached_property
    def by_role(self):
        """Every role or lens that may be told apart, with its mean as the matrix draws it."""
        view = self._view
        if view is None:
            return []
        drawn = matrix_page.importance_matrix(self.results, [view], {self.item.key: ""}, sorted_by_apart=False)
        return list(zip(drawn.columns, drawn.rows[0].cells, strict=True))

    @property
    def _view(self):
        """What the analysis says about it; None before there is one, or where it is older than the item."""
        analysis = self.results.workshop.current_analysis
        return self.results.views.get(self.item.key) if analysis else None

    @property
    def findings(self):
        """What the analysis found on it, as far as the viewer may be told."""
        if self.results.workshop.current_analysis is None:
            return []
        found = [each for each in self.results.findings if each.item_id == self.item.pk]
        return [self._found(each) for each in found if each.to_item is None or self._is_revealed(each.to_item)]

    def _found(self, found):
        return Found(
            kind=found.kind,
            label=str(kinds.KINDS[found.kind]),
            tier=found.tier,
            tier_label=found.get_tier_display(),
            sentence=sentences.sentence(found, self.item.key, self.results.names),
            move=str(kinds.MOVES[found.kind]),
        )

    @cached_property
    def links(self):
        """What it blocks, serves and causes, and what does so to it; nothing before the reveal."""
        if not self.results.workshop.is_revealed:
            return []
        return item_links.links(self.item, self.results, may_show=self._is_revealed)

    def _is_revealed(self, other):
        return not self.alone or other.revealed_at is not None

    @cached_property
    def rounds(self):
        """How the answers moved from round to round."""
        return item_rounds.rounds(self.item, self.results)

    @cached_property
    def outcomes(self):
        """What the team did with it, the owner named only where people stand by their names."""
        if not self.results.workshop.is_revealed:
            return []
        found = Outcome.objects.filter(item=self.item)
        return list(found.select_related("owner") if self.results.sight.names else found.defer("owner"))
