"""Two rounds laid side by side: the same items, the same people, and who cannot be followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .answers import Answers
from .arrays import Flags, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """The items that are in both rounds, with everybody of either round, all in key order.

    `items` and `earlier` are the keys of the same items in the later and in the earlier round.
    """

    people: tuple[str, ...]
    items: tuple[str, ...]
    earlier: tuple[str, ...]
    kinds: tuple[str, ...]
    levels: int
    before: Floats  # (people, items), NaN where not rated
    after: Floats
    answered_before: Flags  # (people, items), a refusal to rate included
    answered_after: Flags
    items_gone: int
    items_new: int

    @property
    def both(self) -> Flags:
        """Who rated what in both rounds, (people, items)."""
        return ~np.isnan(self.before) & ~np.isnan(self.after)

    @property
    def followed(self) -> Flags:
        """Who answered in both rounds, (people,)."""
        return np.asarray(self.answered_before.any(axis=1) & self.answered_after.any(axis=1), dtype=np.bool_)

    @property
    def dropped_out(self) -> tuple[str, ...]:
        """The people who answered in the earlier round only."""
        return self._named(self.answered_before.any(axis=1) & ~self.answered_after.any(axis=1))

    @property
    def newly_in(self) -> tuple[str, ...]:
        """The people who answered in the later round only."""
        return self._named(~self.answered_before.any(axis=1) & self.answered_after.any(axis=1))

    def _named(self, who: Flags) -> tuple[str, ...]:
        return tuple(self.people[row] for row in np.flatnonzero(who).tolist())


def pair_rounds(before: Answers, after: Answers, *, lineage: Mapping[str, str] | None = None) -> Paired:
    """Lay two rounds side by side.

    Parameters
    ----------
    before, after : Answers
        The earlier and the later round. The same key of a person means the same person.
    lineage : mapping of str to str, optional
        For keys of later items the key of the earlier item that each continues; several may continue the same one.
        Keys that are in neither round are passed over. By default items continue under their own key.

    Returns
    -------
    Paired

    Raises
    ------
    ValueError
        If the two rounds have different scales of importance.
    """
    if before.levels != after.levels:
        raise ValueError(
            f"rounds on different scales cannot be compared: {before.levels} levels before, {after.levels} after"
        )
    origin = {item: item for item in after.items} if lineage is None else lineage
    known = set(before.items)
    items = sorted(item for item in after.items if origin.get(item) in known)
    earlier = [origin[item] for item in items]
    kinds = dict(zip(after.items, after.kinds, strict=True))
    people = sorted({*before.people, *after.people})
    return Paired(
        people=tuple(people),
        items=tuple(items),
        earlier=tuple(earlier),
        kinds=tuple(kinds[item] for item in items),
        levels=after.levels,
        before=_laid(before.importance, before, people, earlier),
        after=_laid(after.importance, after, people, items),
        answered_before=_laid(before.answered, before, people, earlier) == 1,
        answered_after=_laid(after.answered, after, people, items) == 1,
        items_gone=len(known - set(earlier)),
        items_new=len(after.items) - len(items),
    )


def _laid(given: Floats | Flags, answers: Answers, people: Sequence[str], items: Sequence[str]) -> Floats:
    """An array of one round on the people and items of both; NaN for people who were not in it."""
    row = {person: place for place, person in enumerate(people)}
    column = {item: place for place, item in enumerate(answers.items)}
    array = np.full((len(people), len(items)), np.nan)
    array[[row[person] for person in answers.people]] = given[:, [column[item] for item in items]]
    return array
