"""What leads to what, as the engine wants it: each link that somebody drew, and who was asked and did not."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from alignment.divergence import Links

from .writing_links import MAY

COLUMNS = (
    "participant__key",
    "kind",
    "from_statement__key",
    "from_item__key",
    "to_statement__key",
    "to_item__key",
    "drawn",
)


class Wrote(NamedTuple):
    """A statement: whose it is, of what kind, and in which item."""

    person: str
    kind: str
    item: str | None


class Drawn(NamedTuple):
    """One link as a person drew it, or did not; an end is a statement where that is not None, else an item."""

    person: str
    kind: str
    start_statement: str | None
    start: str | None
    end_statement: str | None
    end: str | None
    is_drawn: bool


def from_rows(workshop):
    """What `links_of` needs of a workshop: its statements and what was drawn. Two queries."""
    rows = workshop.statements.filter(draft=False).values_list("key", "participant__key", "kind", "item__key")
    return {key: Wrote(*wrote) for key, *wrote in rows}, [Drawn(*row) for row in workshop.links.values_list(*COLUMNS)]


def links_of(drawn, statements, people, items):
    """The links of a workshop; None when nobody drew any between two items.

    People draw links in two places. In rating they are asked about every goal that a pain may block, and what they
    leave out is a no. In writing they see their own statements listed beside each of them: who drew some from there
    saw the others, which is a no, too; who drew none may not have looked. Links to or from statements that are not
    among `statements`, as drafts are, do not count.

    Parameters
    ----------
    drawn : iterable of Drawn
    statements : mapping of str to Wrote
    people, items : sequence of str
        Keys, in the order of the answers.
    """
    said = who_said_what(drawn, statements)
    known = set(items)
    yes = {key for (_, key), is_drawn in said.items() if is_drawn}
    keys = {(kind, start, end) for kind, start, end in yes if {start, end} <= known and start != end}
    if not keys:
        return None
    column, row = {key: n for n, key in enumerate(sorted(keys))}, {key: n for n, key in enumerate(people)}
    matrix = np.full((len(people), len(column)), np.nan)
    for (person, key), is_drawn in said.items():
        if key in column and person in row:
            matrix[row[person], column[key]] = is_drawn
    return Links(list(column), matrix)


def who_said_what(drawn, statements):
    """{(person, (kind, from item, to item)): whether it was drawn}; one yes is a yes, whatever else was left out."""
    own = defaultdict(list)
    for key, statement in statements.items():
        own[statement.person].append((key, statement))
    said = defaultdict(bool)
    for each in drawn:
        if {each.start_statement, each.end_statement} - {None} - statements.keys():
            continue
        start = _item(each.start_statement, each.start, statements)
        said[each.person, (each.kind, start, _item(each.end_statement, each.end, statements))] |= each.is_drawn
        if each.is_drawn and each.start_statement is not None:
            offered = MAY[statements[each.start_statement].kind].get(each.kind, ())
            for key, other in own[each.person]:
                if other.kind in offered and key != each.start_statement:
                    said[each.person, (each.kind, start, other.item)] |= False
    return said


def _item(statement, item, statements):
    return item if statement is None else statements[statement].item
