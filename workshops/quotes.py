"""Two people's own words where a finding says that they mean different things."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from .models import Rating, Statement

ABOUT_MEANING = ("superficial", "definition")


@dataclass(frozen=True)
class Quote:
    """What somebody wrote under an item, with their role and its lens."""

    text: str
    who: str
    hue: str


def quotes(results, findings):
    """Two texts for each item with a finding about meaning: of one who means it so, and of one who means otherwise.

    Only where names may be shown: elsewhere the pair would tell what its authors answered. One query.

    Returns
    -------
    dict of int to list of Quote
        By the item's id; nothing where the two sides did not both write.
    """
    if not results.sight.names:
        return {}
    items = {found.item_id for found in findings if found.kind in ABOUT_MEANING}
    items.add(0)  # no item's id: what a page costs does not depend on what was found
    said = Rating.objects.filter(round__in=results.rounds, participant=OuterRef("participant"), item=OuterRef("item"))
    rows = Statement.objects.filter(item__in=items, draft=False).exclude(meaning="").order_by("key")
    rows = rows.annotate(said=Subquery(said.values("same_meaning")[:1]), role=F("participant__role__key"))
    top = results.round.same_meaning_levels
    sides = defaultdict(dict)
    for row in rows.values("item_id", "meaning", "said", "role"):
        if row["said"] in (0, top and top - 1):
            sides[row["item_id"]].setdefault(row["said"] == 0, row)
    return {
        item_id: [_quote(results, both[False]), _quote(results, both[True])]
        for item_id, both in sides.items()
        if len(both) == 2
    }


def _quote(results, row):
    return Quote(row["meaning"], results.roles[row["role"]].name, results.marks[row["role"]].hue)
