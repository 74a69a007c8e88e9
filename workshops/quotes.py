"""Two people's own words where a finding says that they mean different things, or the same in other words."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from . import word_marks
from .models import Rating, Statement

ABOUT_MEANING = ("superficial", "definition")


@dataclass(frozen=True)
class Quote:
    """What somebody wrote under an item, in pieces, with their role and its lens; with its label where that differs."""

    pieces: tuple
    who: str
    hue: str
    label: str = ""


def quotes(results, findings):
    """Two texts for each finding about meaning, by the finding's id.

    Of one who answered that they mean it so, and of one who means otherwise; or the two texts that the finding is
    about, with the words marked that only one of them has. Only where names may be shown: elsewhere the pair would
    tell what its authors answered. Two queries.

    Returns
    -------
    dict of int to list of Quote
        Nothing where the two sides did not both write, or one withdrew.
    """
    if not results.sight.names:
        return {}
    declared = [found for found in findings if found.kind in ABOUT_MEANING and not found.statements]
    by_item = _declared(results, {found.item_id for found in declared})
    told = {found.pk: by_item[found.item_id] for found in declared if found.item_id in by_item}
    return told | _of_texts(results, [found for found in findings if found.statements])


def _declared(results, items):
    """By the item's id."""
    items = items | {0}  # no item's id: what a page costs does not depend on what was found
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


def _of_texts(results, findings):
    wanted = {public_id for found in findings for public_id in found.statements} | {""}
    rows = Statement.objects.filter(workshop=results.workshop, public_id__in=wanted, draft=False)
    rows = rows.annotate(role=F("participant__role__key")).values("public_id", "label", "meaning", "role")
    said = {row["public_id"]: row for row in rows}
    told = {}
    for found in findings:
        both = [said[public_id] for public_id in found.statements if public_id in said]
        if len(both) == 2:
            labels = [""] * 2 if both[0]["label"] == both[1]["label"] else [row["label"] for row in both]
            sides = word_marks.marked(*([row["meaning"] or row["label"]] for row in both))
            told[found.pk] = [
                _quote(results, row, tuple(side[0]), label)
                for row, side, label in zip(both, sides, labels, strict=True)
            ]
    return told


def _quote(results, row, pieces=None, label=""):
    pieces = pieces or (word_marks.Piece(row["meaning"]),)
    return Quote(pieces, results.roles[row["role"]].name, results.marks[row["role"]].hue, label)
