"""The results of a workshop as one viewer may see them, as a file: format ``parallax-results/1``, JSON or CSV.

Built from the same `Results` as the pages, and rounded as they are: whoever has the file knows what the pages show this
viewer, and nothing more. It holds no keys, ids or times of anything that people answered; only the day of the
computation.
"""

import json

from django.utils.translation import gettext as _

from workshops import glossary, matrix_page, sentences
from workshops.charts.marks import LENSES
from workshops.charts.matrix import MOST_IN_RANGE
from workshops.differences import Differences

FORMAT = "parallax-results/1"


def of(results):
    """What `results` show, as plain values.

    Parameters
    ----------
    results : Results
        Shown (`is_shown`). The number of queries depends neither on people nor on items.

    Returns
    -------
    dict
    """
    differences = Differences(results, {})
    items = _items(results)
    alignment = _alignment(differences)
    return {
        "format": FORMAT,
        "workshop": _workshop(results),
        "computed": results.workshop.current_analysis.created_at.date().isoformat(),
        "asked": results.asked,
        "answered": results.answered,
        "headline": differences.headline,
        "alignment": alignment,
        "groups": [_group(results, key, column) for key, column in matrix_page.columns_of(results).items()],
        "findings": [_finding(results, found) for found in results.findings],
        "items": items,
        "glossary": _glossary(results),
        "withheld": _withheld(results, alignment, items),
    }


def write(told):
    """The bytes of the JSON file."""
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _workshop(results):
    workshop = results.workshop
    return {
        "title": workshop.title,
        "question": workshop.question,
        "candour": workshop.candour,
        "k": workshop.k,
        "shown_as": str(results.sight.mode),  # in *open*, whoever takes no part sees what *roles* shows
        "importance_levels": results.levels,
    }


def _rounded(value, places):
    """A figure as a page writes it, which rounds by the same rule; None stays None."""
    return None if value is None else float(f"{value:.{places}f}") + 0.0  # never -0.0


# -- alignment ---------------------------------------------------------------------------------------------------------
def _alignment(differences):
    results = differences.results
    found = results.figures["alignment"]
    names = results.names.roles
    return {
        "all": _index(results, found["all"]),
        "by_kind": {kind: _index(results, index) for kind, index in sorted(found["by_kind"].items())},
        "by_role_pair": [
            {"roles": [names[role] for role in pair["roles"]], **_index(results, pair["index"])}
            for pair in differences.pairs_told
        ],
    }


def _index(results, index):
    if not results.sight.shows_whole(index["people"]):
        return {"value": None, "low": None, "high": None, "hidden": True}
    return {name: _rounded(index[name], 2) for name in ("value", "low", "high")}


# -- findings ----------------------------------------------------------------------------------------------------------
def _finding(results, found):
    item = found.item
    return {
        "kind": found.kind,
        "tier": found.tier,
        "item": item and {"kind": item.kind, "title": item.title},  # None for one about everything
        "groups": [results.names.group(found, n) for n in range(len(found.groups))],
        "sentence": sentences.sentence(found, item and item.key, results.names),
    }


def _glossary(results):
    """What is meant by which words; nothing before the reveal, when only facilitators see it."""
    if not results.workshop.is_revealed:
        return []
    return [
        {"term": told.entry.term, "meaning": told.entry.meaning, "items": [item.title for item in told.items]}
        for told in glossary.told(results.workshop, results.items.values())
    ]


# -- items by groups ---------------------------------------------------------------------------------------------------
def _group(results, key, column):
    by = results.sight.grouping
    own = [role for role in results.turnout.values() if key == (role.lens if by == "lens" else role.key)]
    return {
        "name": _name(results, key, column),
        "lens": column.lens,
        "answered": sum(role.answered for role in own),
        "asked": sum(role.asked for role in own),
    }


def _name(results, key, column):
    return str(LENSES[key]) if results.sight.grouping == "lens" else column.label


def _items(results):
    """Every item in the order of the page: those that people are furthest apart on first."""
    views = matrix_page.ordered(results)
    urls = dict.fromkeys(results.items, "")
    names = [_name(results, key, column) for key, column in matrix_page.columns_of(results).items()]
    lines = matrix_page.importance_lines(results, views, urls)
    met = matrix_page.met_lines(results, views, urls)
    return [
        {
            "kind": line.kind,
            "title": line.title,
            "apart": _rounded(line.apart, 1),
            "cells": [
                {"group": name, **_cell(results, cell), "met": _met(states)}
                for name, cell, states in zip(names, line.cells, of_line[-1], strict=True)
            ],
        }
        for line, of_line in zip(lines, met, strict=True)
    ]


def _cell(results, cell):
    if cell.mean is None:
        return {"mean": None, "absence": cell.absence}
    said = {"mean": _rounded(cell.mean, 1)}
    # From so many people on the page draws the spread instead of the range.
    drawn = ("spread",) if results.answered > MOST_IN_RANGE else ("low", "high")
    more = {name: getattr(cell, name) for name in drawn}
    return said | {name: _rounded(value, 1) for name, value in more.items() if value is not None}


def _met(states):
    return {"absence": states.absence} if states.absence else {name: n for name, n in states.counts.items() if n}


# -- what is left out, and why -----------------------------------------------------------------------------------------
def _withheld(results, alignment, items):
    sight, k = results.sight, {"k": results.sight.least}
    if sight.names:
        return []
    told = [_("No names, and no figure of fewer than %(k)d people.") % k]
    if sight.mode == "team":
        told.append(_("Only results of the whole team: roles are not told apart."))
    elif not sight.groups:
        told.append(_("Roles are not told apart: too few people of each answered."))
    elif sight.grouping == "lens":
        told.append(_("Roles are too small to be told apart; they are put together by their lens."))
    elif len(sight.groups) < len(results.turnout):
        told.append(_("Roles are left out of which too few people answered, or which would tell on another one."))
    if any(cell.get("absence") == "together" for item in items for cell in item["cells"]):
        told.append(
            _("Means are left out (“together”) where too few of a group rated an item, or all of it rated it alike.")
        )
    if any(cell["met"].get("absence") == "hidden" for item in items for cell in item["cells"]):
        told.append(_("Counts are left out (“hidden”) where too few of a group answered about an item."))
    if any(index.get("hidden") for index in (alignment["all"], *alignment["by_kind"].values())):
        told.append(_("Alignment is left out where too few people answered the same questions."))
    if any(item["apart"] is None for item in items):
        told.append(_("How far people are apart on an item is left out where too few of them rated it."))
    return told
