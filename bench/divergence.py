"""How long the divergence engine takes: each rule, the whole analysis, its growth, and plain loops beside it.

Usage: python bench/divergence.py [--large]

Times are the best of a few runs in one process on invented sessions: a fixed seed, seven roles, 30 % of the ratings
missing, everybody asked how they know and what they mean. The plain loops compute the same distances and the same
interval without any of the shortcuts, in the same run.
"""

import argparse
import itertools
import math
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from alignment.divergence import Answers, Thresholds, alignment_index, analyse
from alignment.divergence.agenda import agenda
from alignment.divergence.analysis import alignment_of
from alignment.divergence.blind_spot import blind_spot_findings
from alignment.divergence.consensus import consensus_findings
from alignment.divergence.contested import contested_findings
from alignment.divergence.distance import mean_distance
from alignment.divergence.lone_voice import lone_voice_findings
from alignment.divergence.role_gap import role_gap_findings, role_gaps
from alignment.divergence.same_meaning import definition_findings, superficial_findings
from alignment.divergence.scattered import scattered_findings
from alignment.divergence.split import split_findings
from alignment.divergence.tally import Tally
from alignment.divergence.untested import untested_findings
from alignment.divergence.views import item_views

SEED = 20260101
ROLES = {"executive": "decide", "product": "decide", "design": "build", "engineering": "build"} | {
    "marketing": "sell",
    "sales": "sell",
    "support": "none",
}
LEVELS = 5
SMALL, LARGE = (228, 22), (500, 1000)
DECADE = ((160, 313), (500, 1000))


def session(people: int, items: int) -> Answers:
    """An invented round in which every role leans its own way a little."""
    rng = np.random.default_rng(SEED)
    roles = [list(ROLES)[person % len(ROLES)] for person in range(people)]
    lean = rng.normal(0, 0.3, (len(ROLES), items))[np.arange(people) % len(ROLES)]
    latent = rng.normal(3.2, 0.6, items) + lean + rng.normal(0, 1, (people, items))
    importance = np.clip(np.rint(latent), 1, LEVELS)
    missing = rng.random((people, items))
    importance[missing < 0.3] = np.nan
    return Answers(
        people=[f"p{person:05d}" for person in range(people)],
        roles=roles,
        lenses=ROLES,
        items=[f"i{item:05d}" for item in range(items)],
        kinds=[("goal", "pain", "alternative")[item % 3] for item in range(items)],
        importance=importance,
        levels=LEVELS,
        asked=np.ones((people, items), dtype=bool),
        unknown=missing < 0.1,
        not_real=(missing >= 0.1) & (missing < 0.15),
        star=rng.random((people, items)) < 0.05,
        evidence=rng.integers(0, 4, (people, items)),
        same_meaning=rng.integers(0, 3, (people, items)),
    )


def seconds(work: Callable[[], object], *, runs: int = 3) -> float:
    """The best of a few runs."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def counted(answers: Answers) -> Tally:
    """A tally with its shared counts made, so that no rule pays for another's."""
    tally = Tally(answers.in_key_order(), Thresholds())
    for name in ("group_counts", "role_counts", "kin_squares", "agreement", "ends", "coverage", "mean", "variance"):
        getattr(tally, name)
    return tally


def rules(answers: Answers) -> dict[str, float]:
    """Seconds of each part of an analysis, and of all of it."""
    tally = counted(answers)
    found = split_findings(tally) + scattered_findings(tally) + role_gap_findings(tally) + blind_spot_findings(tally)
    return {
        "shared counts": seconds(lambda: counted(answers)),
        "alignment and intervals": seconds(lambda: alignment_of(tally)),
        "splits": seconds(lambda: split_findings(tally)),
        "scattered": seconds(lambda: scattered_findings(tally)),
        "role gaps, beliefs": seconds(lambda: role_gaps(tally)),
        "role gaps, with findings": seconds(lambda: role_gap_findings(tally)),
        "blind spots": seconds(lambda: blind_spot_findings(tally)),
        "lone voices": seconds(lambda: lone_voice_findings(tally)),
        "untested": seconds(lambda: untested_findings(tally)),
        "contested": seconds(lambda: contested_findings(tally)),
        "superficial, definition": seconds(lambda: superficial_findings(tally) + definition_findings(tally)),
        "consensus": seconds(lambda: consensus_findings(tally, contradicted=frozenset())),
        "agenda": seconds(lambda: agenda(tally, found)),
        "item views": seconds(lambda: item_views(tally)),
        "whole analysis": seconds(lambda: analyse(answers)),
    }


def distance_by_pairs(ratings: np.ndarray) -> list[float]:
    """Mean distance on each item, pair by pair."""
    result = []
    for column in ratings.T:
        given = [value for value in column.tolist() if value == value]
        apart = [abs(one - other) for one, other in itertools.combinations(given, 2)]
        result.append(sum(apart) / len(apart) / (LEVELS - 1) if apart else math.nan)
    return result


def index_by_recomputing(ratings: np.ndarray) -> list[float]:
    """The index without each person in turn, each from the start."""
    return [
        float(1 - np.nanmean(mean_distance(np.delete(ratings, person, axis=0), levels=LEVELS)) / 0.4)
        for person in range(len(ratings))
    ]


def print_rules() -> None:
    timed = {size: rules(session(*size)) for size in (SMALL, LARGE)}
    print(f"{'milliseconds':28}" + "".join(f"{people:>8} x {items:<6}" for people, items in timed))
    for name in timed[SMALL]:
        print(f"{name:28}" + "".join(f"{1000 * parts[name]:12.1f}     " for parts in timed.values()))


def print_growth(sizes: tuple[tuple[int, int], ...]) -> None:
    """Exponent of time over people x items; 1 is in step with the data."""
    times = []
    for size in sizes:
        answers = session(*size)
        times.append(seconds(partial(analyse, answers)))
    cells = [people * items for people, items in sizes]
    exponent = math.log(times[-1] / times[0]) / math.log(cells[-1] / cells[0])
    for (people, items), spent in zip(sizes, times, strict=True):
        print(f"{people} x {items}: {1000 * spent:.0f} ms")
    print(f"time grows with people x items to the power {exponent:.2f}")


def print_against_loops() -> None:
    ratings = session(*SMALL).importance
    pairs = [
        ("distance, pair by pair", lambda: distance_by_pairs(ratings), lambda: mean_distance(ratings, levels=LEVELS)),
        (
            "interval, each person anew",
            lambda: index_by_recomputing(ratings),
            lambda: alignment_index(ratings, levels=LEVELS),
        ),
    ]
    for name, plain, ours in pairs:
        slow, fast = seconds(plain, runs=1), seconds(ours)
        print(f"{name:28}{1000 * slow:10.1f} ms, ours {1000 * fast:.2f} ms: {slow / fast:.0f} times faster")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--large", action="store_true", help="also time 5,000 people x 2,000 items")
    large = parser.parse_args().large
    print_rules()
    print()
    print_growth((*DECADE, (5000, 2000)) if large else DECADE)
    print()
    print_against_loops()
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
