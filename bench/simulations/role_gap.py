"""Role gaps: believed where there are none, and found where one role was planted apart on 15 % of the items.

The role stands half of the gap to one side of an item and all others half of it to the other. It was not said which
role: one of the two largest gives the expected figures, while at n=30 the larger one alone is found too often (.65,
.82) and the other too seldom (.56, .75). Judged by the posterior alone: the cap in small sessions and the five raters
beside a far larger group come on top. A false item is one without a gap on which some role is believed to be apart.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from alignment.divergence.role_gap import role_gaps
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .figures import Cell, mean, share, times
from .worlds import Floats, asked, opinions, roles_of, said, skipped

EXPECTED_RUNS = 200
LIMITS = Thresholds()
# By people and items. Without gaps: false items, sessions with one. Gaps of two points: found at .8 and .5, false share
# at .8 and .5. Gaps of one point: the same.
EXPECTED = {
    (4, 100): (".0003 .025", ".055 .121 .034 .109", ".01-.11 - .020 .087"),
    (6, 20): (".0005 .010", ".155 .263 - -", "- - - -"),
    (8, 100): (".0009 .085", ".258 .440 .075 .175", ".01-.11 - .094 .213"),
    (12, 100): (".0009 .095", ".263 .449 .059 .159", ".01-.11 - .104 .225"),
    (30, 100): (".0006 .065", ".602 .778 .020 .083", ".01-.11 - .075 .156"),
    (100, 100): (".0000 .000", ".994 1.00 .001 .005", "- - .000 .013"),
}
ANY_FALSE = {8: ".26-.31", 12: ".26-.31"}  # sessions with 15 gaps of two points and a false one


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Without gaps, and with gaps of two points and of one."""
    for (people, items), (none, two, one) in EXPECTED.items():
        where, sessions = f"n={people}, m={items}", times(1000, runs)
        sure = [posteriors(rng, people, items, gap=0)[0] >= LIMITS.likely for _ in range(sessions)]
        items_false, sessions_false = none.split()
        yield mean(
            f"{where}, no gaps",
            "false >=.8, items",
            [flags.any(axis=0).mean() for flags in sure],
            items_false,
            EXPECTED_RUNS,
            step=1 / items,
        )
        yield share(
            f"{where}, no gaps", "false >=.8, sessions", [flags.any() for flags in sure], sessions_false, EXPECTED_RUNS
        )
        yield from _planted(rng, people, items, 2, sessions, two)
        yield from _planted(rng, people, items, 1, sessions, one)


def _planted(rng: Generator, people: int, items: int, gap: int, sessions: int, expected: str) -> Iterator[Cell]:
    found = [posteriors(rng, people, items, gap=gap) for _ in range(sessions)]
    where, told = f"n={people}, m={items}, gap {gap}", iter(expected.split())
    limits = {">=.8": LIMITS.likely, ">=.5": LIMITS.possible}
    for name, least in limits.items():
        power = [np.mean(posterior[planted, real] >= least) for posterior, real, planted in found]
        yield mean(where, f"found {name}", power, next(told), EXPECTED_RUNS, step=1 / np.count_nonzero(found[0][1]))
    for name, least in limits.items():
        false = [_false_share(posterior >= least, real) for posterior, real, _planted in found]
        flags = max(1.0, float(np.mean([np.count_nonzero(posterior >= least) for posterior, _real, _planted in found])))
        yield mean(where, f"false share {name}", false, next(told), EXPECTED_RUNS, step=1 / flags)
    if gap == 2 and people in ANY_FALSE:
        any_false = [(posterior[:, ~real] >= LIMITS.likely).any() for posterior, real, _planted in found]
        yield share(where, "false >=.8, sessions", any_false, ANY_FALSE[people], EXPECTED_RUNS)


def _false_share(flags: np.ndarray, real: np.ndarray) -> float:
    return float(flags[:, ~real].sum() / max(1, flags.sum()))


def posteriors(rng: Generator, people: int, items: int, *, gap: float) -> tuple[Floats, np.ndarray, int]:
    """Of each role and item of one session; on which items a gap was planted, and in which role."""
    roles = roles_of(people)
    real = np.arange(items) < round(0.15 * items)
    apart = gap / 2 * rng.choice([-1, 1], items) * real
    planted = int(rng.integers(2))
    inside = np.array([role == f"r{planted}" for role in roles])[:, None]
    latent = opinions(rng, people, items) + np.where(inside, apart, -apart)
    answers = asked(skipped(rng, said(latent)), roles)
    return np.nan_to_num(role_gaps(Tally(answers, LIMITS)).posterior), real, planted
