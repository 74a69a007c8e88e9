"""Two texts side by side: which words they share, which only one of them says, and which turn it round."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .opposition import Opposition, read
from .words import AMOUNTS

type Sort = Literal["shared", "differs", "opposes"]


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end] is of one sort. Marks of a text do not overlap and stand in its order; small words have none."""

    start: int
    end: int
    sort: Sort


def marks(one: str, other: str, found: Opposition | None = None) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The words of two texts that are told apart on a page.

    Parameters
    ----------
    one, other : str
    found : Opposition, optional
        What `opposition(one, other)` gave; its words are marked as those that turn the meaning round.

    Returns
    -------
    (tuple of Mark, tuple of Mark)
        For each text. Words are compared in all their forms, so "paid" and "pays" are shared.

    Examples
    --------
    >>> left, right = marks("Get paid on time", "The client pays late")
    >>> [(mark.start, mark.end, mark.sort) for mark in left]
    [(0, 3, 'differs'), (4, 8, 'shared'), (12, 16, 'differs')]
    """
    turned = [{turn.spans[side] for turn in found.turns} if found else set() for side in (0, 1)]
    return _marks(one, other, turned[0]), _marks(other, one, turned[1])


def _marks(text: str, beside: str, turned: Iterable[tuple[int, int]]) -> tuple[Mark, ...]:
    theirs = read(beside).forms
    sorts: dict[tuple[int, int], Sort] = {}
    for token in read(text).tokens:
        if token.word.text not in AMOUNTS:
            sorts[token.word.start, token.word.end] = "shared" if token.forms & theirs else "differs"
    sorts |= dict.fromkeys(turned, "opposes")
    return tuple(Mark(start, end, sort) for (start, end), sort in sorted(sorts.items()))
