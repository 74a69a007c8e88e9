"""Who rates everything lower, or higher, than the others: a note about how people use the scale, and no finding.

Two people whose ratings lie a point apart everywhere put everything in the same order and weigh it alike. Rules that
compare people take this out first (`person_pairs`); rules about one item cannot, so the note helps to read them.
"""

from dataclasses import dataclass

import numpy as np

from .arrays import divide
from .jackknife import margins
from .results import plain
from .tally import Tally


@dataclass(frozen=True, slots=True)
class PersonOffset:
    """How far a person rates everything above (or below) the others, in points.

    The mean over `items` of the person's rating minus the mean of all others', with its interval over these items.
    """

    person: str
    offset: float
    low: float | None
    high: float | None
    items: int


def person_offsets(tally: Tally) -> tuple[PersonOffset, ...]:
    """How far each person rates everything above the others, over the items that enough people rated.

    Parameters
    ----------
    tally : Tally
        Uses `min_raters` and `confidence`.

    Returns
    -------
    tuple of PersonOffset
        In the order of the people; without those who rated none of these items. No interval below three items.

    Notes
    -----
    mean over items of x - (sum of all - x) / (raters - 1), -+ t(items - 1) times its standard error.
    """
    raters, ratings = tally.raters[tally.enough], tally.answers.importance[:, tally.enough]
    rated = ~np.isnan(ratings)
    points = np.where(rated, ratings, 0)
    others = divide(points.sum(axis=0) - points, raters - 1, otherwise=0)  # (people, items), the mean of all others
    above = np.where(rated, points - others, 0)
    items, total = np.count_nonzero(rated, axis=1), above.sum(axis=1)  # (people,)
    offset = divide(total, items, otherwise=0)
    without = divide(total[:, None] - above, items[:, None] - 1, otherwise=0)
    margin = margins(without.T, rated.T, confidence=tally.thresholds.confidence)
    return tuple(
        PersonOffset(
            person=tally.answers.people[row],
            offset=float(offset[row]),
            low=plain(offset[row] - margin[row]),
            high=plain(offset[row] + margin[row]),
            items=int(items[row]),
        )
        for row in np.flatnonzero(items).tolist()
    )
