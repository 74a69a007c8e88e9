"""What the engine is given: one round of ratings of importance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from .arrays import Flags, Floats

KINDS = ("goal", "pain", "alternative")
NO_LENS = "none"
MIN_LEVELS, MAX_LEVELS = 2, 10


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

    def __post_init__(self) -> None:
        for name in ("people", "roles", "items", "kinds"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "lenses", dict(self.lenses))
        self._freeze("importance", float)
        for name in ("asked", "unknown", "not_real", "star"):
            self._freeze(name, bool)
        if self.own is not None:
            self._freeze("own", bool)
        self._check_keys()
        self._check_values()

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
            importance=self.importance[block],
            asked=self.asked[block],
            unknown=self.unknown[block],
            not_real=self.not_real[block],
            star=self.star[block],
            own=None if self.own is None else self.own[block],
        )

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

    def _check_values(self) -> None:
        if not MIN_LEVELS <= self.levels <= MAX_LEVELS:
            raise ValueError(f"levels must be {MIN_LEVELS} to {MAX_LEVELS}, got {self.levels}")
        points = self.importance[self.rated]
        if ((points < 1) | (points > self.levels) | (points % 1 != 0)).any():
            raise ValueError(f"importance must be whole points 1..{self.levels}, or NaN")
        kinds_of_answer = self.rated.astype(int) + self.unknown + self.not_real
        if (kinds_of_answer > 1).any():
            raise ValueError("a person rates an item, or calls it unknown, or not real: never two of these")
        if (kinds_of_answer > self.asked).any():
            raise ValueError("nobody can answer about an item they were not asked about")
