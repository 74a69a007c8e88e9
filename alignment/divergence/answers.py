"""What the engine is given: one round of answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from .arrays import Flags, Floats

KINDS = ("goal", "pain", "alternative")
NO_LENS = "none"
MIN_LEVELS, MAX_LEVELS = 2, 10
FLAGS = ("asked", "unknown", "not_real", "star", "own")
POINTS = ("importance", "satisfaction", "evidence", "same_meaning", "expected")
OPTIONAL = frozenset({"own", "satisfaction", "evidence", "same_meaning", "expected"})


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """What leads to what, as each person sees it.

    Parameters
    ----------
    keys : sequence of (str, str, str), length links
        The kind of each link ("blocks", "causes", "serves") and the keys of the items it leads from and to.
    drawn : array_like of float, shape (people, links)
        1 where a person drew it, 0 where they were asked and did not, NaN where they were not asked.
    """

    keys: Sequence[tuple[str, str, str]]
    drawn: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", tuple(self.keys))
        drawn = np.array(self.drawn, dtype=np.float64)
        drawn.flags.writeable = False
        object.__setattr__(self, "drawn", drawn)

    def in_key_order(self, rows: Sequence[int]) -> "Links":
        """The same links sorted by key, of the people in these rows."""
        columns = sorted(range(len(self.keys)), key=self.keys.__getitem__)
        return Links([self.keys[column] for column in columns], self.drawn[np.ix_(rows, columns)])

    def check(self, people: int, items: Collection[str]) -> None:
        """Raises ValueError where they do not fit so many people or these items."""
        if self.drawn.shape != (people, len(self.keys)):
            raise ValueError(f"drawn must be {people} people x {len(self.keys)} links, got {self.drawn.shape}")
        if len(set(self.keys)) != len(self.keys):
            raise ValueError("links must be unique")
        if unknown := sorted({end for _kind, *ends in self.keys for end in ends} - set(items)):
            raise ValueError(f"links must lead between items, got {', '.join(unknown)}")
        if loops := sorted({start for _kind, start, end in self.keys if start == end}):
            raise ValueError(f"an item cannot lead to itself, got {', '.join(loops)}")
        said = self.drawn[~np.isnan(self.drawn)]
        if ((said != 0) & (said != 1)).any():
            raise ValueError("drawn must be 0, 1 or NaN")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Answers:
    """One round: who was asked what, and what they said. Arrays are copied and made read-only.

    Parameters
    ----------
    people : sequence of str, length people
        A unique key for each person asked.
    roles : sequence of str, length people
        The key of each person's role.
    lenses : mapping of str to str
        The lens of each role key; the lens "none" groups nobody.
    items : sequence of str, length items
        A unique key for each item.
    kinds : sequence of str, length items
        "goal", "pain" or "alternative".
    importance : array_like of float, shape (people, items)
        Whole points 1..levels, NaN where a person did not rate.
    levels : int
        Points on the scale, 2 to 10.
    asked, unknown, not_real, star : array_like of bool, shape (people, items)
        Was asked; answered "new to me / can't say"; answered "not in this customer's world"; marked as mattering most.
        Rated, unknown and not real exclude each other, and each needs having been asked.
    own : array_like of bool, shape (people, items), optional
        Has a statement of their own under the item. Without it nobody has.
    evidence : array_like of float, shape (people, items), optional
        How each person knows, from a guess at 0 to data at evidence_levels - 1; NaN where a person did not say.
    evidence_levels : int, default 4
        Points on the scale of evidence, 2 to 10.
    same_meaning : array_like of float, shape (people, items), optional
        Whether the working definition is what each person means, from different at 0 to the same at
        same_meaning_levels - 1; NaN where a person did not say.
    same_meaning_levels : int, default 3
        Points on the scale of same meaning, 2 to 10.
    satisfaction : array_like of float, shape (people, items), optional
        How well the customer is served today, whole points 1..satisfaction_levels; NaN where a person did not say.
    satisfaction_levels : int, default 5
        Points on the scale of satisfaction, 2 to 10.
    expected : array_like of float, shape (people, items), optional
        What each person believes most of the team says, on the scale of importance; NaN where not asked or not said.
    links : Links, optional
        What leads to what.

    Raises
    ------
    ValueError
        If shapes, keys or values do not fit together.
    """

    people: Sequence[str]
    roles: Sequence[str]
    lenses: Mapping[str, str]
    items: Sequence[str]
    kinds: Sequence[str]
    importance: Floats
    levels: int
    asked: Flags
    unknown: Flags
    not_real: Flags
    star: Flags
    own: Flags | None = None
    evidence: Floats | None = None
    evidence_levels: int = 4
    same_meaning: Floats | None = None
    same_meaning_levels: int = 3
    satisfaction: Floats | None = None
    satisfaction_levels: int = 5
    expected: Floats | None = None
    links: Links | None = None

    def __post_init__(self) -> None:
        for name in ("people", "roles", "items", "kinds"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "lenses", dict(self.lenses))
        for name in self._arrays():
            self._freeze(name, bool if name in FLAGS else float)
        self._check_keys()
        self._check_points("importance", first=1, levels=self.levels, scale="levels")
        self._check_points("evidence", first=0, levels=self.evidence_levels, scale="evidence_levels")
        self._check_points("same_meaning", first=0, levels=self.same_meaning_levels, scale="same_meaning_levels")
        self._check_points("satisfaction", first=1, levels=self.satisfaction_levels, scale="satisfaction_levels")
        self._check_points("expected", first=1, levels=self.levels, scale="levels")
        if self.links is not None:
            self.links.check(len(self.people), self.items)
        self._check_asked()

    @property
    def rated(self) -> Flags:
        """Who rated what, shape (people, items)."""
        return ~np.isnan(self.importance)

    @property
    def held(self) -> Flags:
        """Who holds what: rated it, or has a statement of their own under it."""
        return self.rated if self.own is None else self.rated | self.own

    @property
    def not_held(self) -> Flags:
        """Who does not hold what: called it new or not real, without a statement of their own."""
        said_no = self.unknown | self.not_real
        return said_no if self.own is None else said_no & ~self.own

    @property
    def answered(self) -> Flags:
        """Who gave any answer to what, a refusal to rate included."""
        return self.held | self.not_held

    def in_key_order(self) -> Self:
        """The same answers with people and items sorted by key: sums of floats then never depend on the order given."""
        rows = sorted(range(len(self.people)), key=self.people.__getitem__)
        columns = sorted(range(len(self.items)), key=self.items.__getitem__)
        block = np.ix_(rows, columns)
        return replace(
            self,
            people=[self.people[row] for row in rows],
            roles=[self.roles[row] for row in rows],
            items=[self.items[column] for column in columns],
            kinds=[self.kinds[column] for column in columns],
            links=None if self.links is None else self.links.in_key_order(rows),
            **{name: getattr(self, name)[block] for name in self._arrays()},
        )

    def _arrays(self) -> list[str]:
        """The names of the arrays that are there."""
        return [name for name in POINTS + FLAGS if name not in OPTIONAL or getattr(self, name) is not None]

    def _freeze(self, name: str, kind: type) -> None:
        array: Floats | Flags = np.array(getattr(self, name), dtype=kind)
        if array.shape != (len(self.people), len(self.items)):
            raise ValueError(f"{name} must be {len(self.people)} people x {len(self.items)} items, got {array.shape}")
        array.flags.writeable = False
        object.__setattr__(self, name, array)

    def _check_keys(self) -> None:
        if len(self.roles) != len(self.people):
            raise ValueError(f"{len(self.people)} people need as many roles, got {len(self.roles)}")
        if len(self.kinds) != len(self.items):
            raise ValueError(f"{len(self.items)} items need as many kinds, got {len(self.kinds)}")
        if len(set(self.people)) != len(self.people) or len(set(self.items)) != len(self.items):
            raise ValueError("keys of people and of items must be unique")
        if unknown := sorted(set(self.kinds) - set(KINDS)):
            raise ValueError(f"kinds must be among {', '.join(KINDS)}, got {', '.join(unknown)}")
        if without := sorted(set(self.roles) - set(self.lenses)):
            raise ValueError(f"every role needs a lens, none given for {', '.join(without)}")

    def _check_points(self, name: str, *, first: int, levels: int, scale: str) -> None:
        """Whole points of a scale of so many levels, from `first` on."""
        if not MIN_LEVELS <= levels <= MAX_LEVELS:
            raise ValueError(f"{scale} must be {MIN_LEVELS} to {MAX_LEVELS}, got {levels}")
        given: Floats | None = getattr(self, name)
        if given is None:
            return
        points, last = given[~np.isnan(given)], first + levels - 1
        if ((points < first) | (points > last) | (points != np.floor(points))).any():
            raise ValueError(f"{name} must be whole points {first}..{last}, or NaN")

    def _check_asked(self) -> None:
        """One answer to each question at most, and none without having been asked."""
        kinds_of_answer = self.rated.astype(int) + self.unknown + self.not_real
        if (kinds_of_answer > 1).any():
            raise ValueError("a person rates an item, or calls it unknown, or not real: never two of these")
        said = kinds_of_answer > 0
        for further in (self.evidence, self.same_meaning, self.satisfaction, self.expected):
            if further is not None:
                said = said | ~np.isnan(further)
        if (said & ~self.asked).any():
            raise ValueError("nobody can answer about an item they were not asked about")
