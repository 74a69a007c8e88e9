"""The picture behind the findings: every item as everybody and as each role sees it."""

import numpy as np

from .distance import distance_within
from .moments import mean_of_counts
from .results import ItemView, RoleView, plain
from .tally import Tally


def item_views(tally: Tally) -> tuple[ItemView, ...]:
    """One view per item, in the order of the items."""
    answers = tally.answers
    by_role = [_role_views(tally, role) for role in tally.role_counts]
    unknown, not_real, held, stars = (
        np.count_nonzero(flags, axis=0) for flags in (answers.unknown, answers.not_real, answers.held, answers.star)
    )
    return tuple(
        ItemView(
            item=item,
            kind=answers.kinds[column],
            asked=int(tally.asked[column]),
            raters=int(tally.raters[column]),
            unknown=int(unknown[column]),
            not_real=int(not_real[column]),
            held=int(held[column]),
            stars=int(stars[column]),
            enough=bool(tally.enough[column]),
            mean=plain(tally.mean[column]),
            distance=plain(tally.distance[column]),
            agreement=plain(tally.agreement[column]),
            coverage=float(tally.coverage[column]) if tally.asked[column] else None,
            counts=tuple(tally.counts[column].tolist()),
            by_role=tuple(views[column] for views in by_role),
        )
        for column, item in enumerate(answers.items)
    )


def _role_views(tally: Tally, role: str) -> list[RoleView]:
    """How one role answered about each item."""
    counts, who = tally.role_counts[role], tally.roles[role]
    unknown, not_real = (
        np.count_nonzero(flags[who], axis=0) for flags in (tally.answers.unknown, tally.answers.not_real)
    )
    raters, mean, distance = counts.sum(axis=1), mean_of_counts(counts), distance_within(counts)
    lowest = np.argmax(counts > 0, axis=1) + 1
    highest = counts.shape[1] - np.argmax(counts[:, ::-1] > 0, axis=1)
    return [
        RoleView(
            role=role,
            raters=int(n),
            unknown=int(unknown[column]),
            not_real=int(not_real[column]),
            mean=plain(mean[column]),
            lowest=int(lowest[column]) if n else None,
            highest=int(highest[column]) if n else None,
            distance=plain(distance[column]),
            counts=tuple(counts[column].tolist()),
        )
        for column, n in enumerate(raters)
    ]
