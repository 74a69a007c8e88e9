"""Conformity: whether those who moved went to the executive, away from everybody else.

Most re-votes end nearer to each other, which is what talking is for, and tells nothing about why. Only some moves do:
those of people for whom the executive's first answer lay on one side of their own and the median of the others on the
other side, or on their own answer. Such a person goes one way or the other; if rank played no part they would go to the
executive in half of the cases, or less, as the middle of many pulls harder than one. A person counts once over all
items, by where most of these moves went, since the moves of one person are no separate witnesses.

Counts only. A good reason given by an executive moves people just as well: the figure asks the question, no more.

Measured with one executive, as chance <= .05. In a re-vote of 1 and of 3 items among 8 or 12 people, fresh noise on
every answer gave it in .00-.01 of sessions, a new leaning of each person in .00-.02, people drawn half-way to the
middle in .00; people drawn half-way to the executive in .06 and .27 at 8 people, and in .11 and .49 at 12. With 20
items chance makes .06. When only people strictly between the executive and the others counted, a re-vote of one item
never told anything.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from .answers import Answers
from .arrays import Flags
from .distance import level_counts
from .distributions import even_odds_at_least
from .illusion import medians_of_others
from .moments import median_of_counts
from .paired import Paired, pair_rounds
from .thresholds import Thresholds

DEFAULTS = Thresholds()


@dataclass(frozen=True, slots=True)
class Conformity:
    """Of so many `movers` who could go either way, how many went `to_executive`.

    `chance` is the probability of as many or more if either way were as good: an exact binomial against one half.
    `moves` by them are counted on `items` items, `moves_to_executive` of these. `executives` is whose answers they
    could go to.
    """

    movers: int
    to_executive: int
    chance: float
    moves: int
    moves_to_executive: int
    items: int
    executives: int


def conformity(
    before: Answers, after: Answers, executives: Collection[str] | Flags, *, thresholds: Thresholds = DEFAULTS
) -> Conformity | None:
    """Count who moved to the executive, away from the rest, between two rounds.

    Parameters
    ----------
    before, after : Answers
        The earlier and the later round. The same key of a person or an item means the same person or item.
    executives : collection of str, or ndarray of bool, shape (people of before,)
        Keys of their roles or lenses, or which people they are. Of several the median counts.
    thresholds : Thresholds, optional
        Uses `min_raters` and `conformity_movers`.

    Returns
    -------
    Conformity or None
        None below `conformity_movers` people who could go either way and went more one way than the other.

    Raises
    ------
    ValueError
        If the rounds have different scales, a key is neither a role nor a lens, or the mask does not fit.
    """
    paired = pair_rounds(before, after)
    leaders = frozenset(np.array(before.people, dtype=object)[_mask(before, executives)].tolist())
    lead = np.array([person in leaders for person in paired.people], dtype=np.bool_)
    counted, to_executive = _moves(paired, lead, limits=thresholds)
    to, away = (np.count_nonzero(counted & way, axis=1) for way in (to_executive, ~to_executive))  # (others,)
    moved = to != away
    movers, gone = int(np.count_nonzero(moved)), int(np.count_nonzero(to > away))
    if movers < thresholds.conformity_movers:
        return None
    used = counted[moved].any(axis=0)  # (items,)
    return Conformity(
        movers=movers,
        to_executive=gone,
        chance=even_odds_at_least(gone, movers),
        moves=int(to[moved].sum() + away[moved].sum()),
        moves_to_executive=int(to[moved].sum()),
        items=int(np.count_nonzero(used)),
        executives=int(np.count_nonzero(~np.isnan(paired.before[lead][:, used]).all(axis=1))),
    )


def _moves(paired: Paired, lead: Flags, *, limits: Thresholds) -> tuple[Flags, Flags]:
    """Which moves of the others count, and which moves went towards the executive, both (others, items)."""
    first, second = paired.before[~lead], paired.after[~lead]
    executive = median_of_counts(level_counts(paired.before[lead], levels=paired.levels))  # (items,)
    rest = medians_of_others(first, levels=paired.levels)  # (others, items)
    enough = np.count_nonzero(~np.isnan(paired.before), axis=0) >= limits.min_raters
    step = second - first
    # False where any of them is missing.
    either_way = ((executive - first) * (rest - first) <= 0) & (np.abs(executive - first) > 0)
    return either_way & enough & (np.abs(step) > 0), (executive - first) * step > 0


def _mask(answers: Answers, executives: Collection[str] | Flags) -> Flags:
    """Which people of a round are executives."""
    if isinstance(executives, np.ndarray):
        if executives.shape != (len(answers.people),) or executives.dtype != np.bool_:
            raise ValueError(f"executives must be {len(answers.people)} flags, got {executives.shape}")
        return executives
    keys = set(executives)
    if unknown := sorted(keys - {*answers.lenses, *answers.lenses.values()}):
        raise ValueError(f"executives must be keys of roles or lenses, got {', '.join(unknown)}")
    return np.array([role in keys or answers.lenses[role] in keys for role in answers.roles], dtype=np.bool_)
