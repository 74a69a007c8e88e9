"""Which topics fit into the minutes that are left: those worth most together, in the order of the agenda.

Topics about the meaning of an important item come first, as on the agenda, as long as they fit: until people know that
they talk of the same thing, settling numbers settles nothing. Of all others, those are kept whose values add up to
most (the knapsack problem, solved exactly), so that one long topic does not push out two short ones that are worth
more together. Called again with fewer minutes, it plans anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .results import AgendaEntry, FindingKind

# Where a session begins; a facilitator changes them topic by topic. Where meaning is in doubt everybody restates first,
# and a definition is written on the spot; evidence is fetched rather than talked about.
MINUTES: Mapping[FindingKind, int] = {
    "superficial": 12,
    "violent_agreement": 10,
    "opposite": 12,
    "definition": 12,
    "contested": 8,
    "split": 10,
    "scattered": 8,
    "role_gap": 10,
    "blind_spot": 8,
    "lone_voice": 6,
    "evidence_clash": 10,
    "untested": 5,
    "rank": 8,
    "structure": 10,
}
OTHERWISE = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """Topics that fit, in the order of the agenda, with the minutes they take; and those that do not."""

    fits: tuple[AgendaEntry, ...]
    left_out: tuple[AgendaEntry, ...]
    minutes: int


def topic_minutes(entry: AgendaEntry) -> int:
    """How long to plan for a topic: as long as its leading finding asks for.

    Examples
    --------
    >>> topic_minutes(AgendaEntry("i1", 1.0, "cut", ("untested", "split"), 4.0, 3.5, 0.5, 0.4))
    5
    """
    return MINUTES.get(entry.kinds[0], OTHERWISE) if entry.kinds else OTHERWISE


def plan(agenda: Sequence[AgendaEntry], left: int, *, minutes: Mapping[str, int] | None = None) -> Plan:
    """Choose what to talk about in the minutes that are left.

    Parameters
    ----------
    agenda : sequence of AgendaEntry
        In its order, without what has been talked about.
    left : int
        Minutes, 0 or more.
    minutes : mapping of str to int, optional
        Minutes of some topics by the key of their item, 1 or more; of all others as `topic_minutes` has it.

    Returns
    -------
    Plan
        Of equally good choices the one with topics earlier on the agenda.

    Raises
    ------
    ValueError
        If minutes are negative, or a topic would take none.
    """
    if left < 0:
        raise ValueError(f"there cannot be {left} minutes left")
    given = minutes or {}
    takes = [given.get(entry.item, topic_minutes(entry)) for entry in agenda]
    if short := [entry.item for entry, n in zip(agenda, takes, strict=True) if n < 1]:
        raise ValueError(f"a topic takes a minute at least: {', '.join(short)}")
    chosen, still = set[int](), left
    for place, entry in enumerate(agenda):
        if entry.why == "meaning" and takes[place] <= still:
            chosen.add(place)
            still -= takes[place]
    others = [place for place, entry in enumerate(agenda) if entry.why != "meaning"]
    chosen |= _most_worth(others, takes, [entry.value for entry in agenda], still)
    return Plan(
        fits=tuple(entry for place, entry in enumerate(agenda) if place in chosen),
        left_out=tuple(entry for place, entry in enumerate(agenda) if place not in chosen),
        minutes=sum(takes[place] for place in chosen),
    )


def _most_worth(places: Sequence[int], takes: Sequence[int], worth: Sequence[float], left: int) -> set[int]:
    """The places whose worth adds up to most within `left` minutes, by dynamic programming over minutes."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * (left + 1)  # by minutes that may be used
    for place in reversed(places):
        for room in range(left, takes[place] - 1, -1):
            value, others = best[room - takes[place]]
            with_it = (value + worth[place], (place, *others))
            if with_it[0] >= best[room][0]:  # on a tie what comes earlier
                best[room] = with_it
    return set(best[left][1])
