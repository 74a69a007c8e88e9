"""How long the divergence engine takes: each rule, the whole analysis, its growth, and others beside it in one run.

Usage: python -m bench.divergence [--large]
       uv run --with red-dwarf==0.4.0 python -m bench.divergence      with the Polis pipeline of red-dwarf beside it

Times are the best of a few runs in one process on invented sessions: a fixed seed, seven roles, 30 % of the ratings
missing, everybody asked how they know and what they mean. The plain loops compute the same distances and the same
interval without any of the shortcuts. Memory is the peak of a fresh process that makes one analysis, imports included.
"""

import argparse
import itertools
import math
import subprocess
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
from alignment.divergence.camps import camps
from alignment.divergence.consensus import consensus_findings
from alignment.divergence.contested import contested_findings
from alignment.divergence.distance import mean_distance
from alignment.divergence.evidence_clash import evidence_clash_findings
from alignment.divergence.illusion import illusion, item_illusions
from alignment.divergence.lone_voice import lone_voice_findings
from alignment.divergence.outlier_view import outlier_view_findings
from alignment.divergence.rank import rank_findings, rank_overlap
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
TEAM, SMALL, LARGE, HUGE = (12, 60), (228, 22), (500, 1000), (5000, 2000)
PEOPLE = ((50, 300), (500, 300))
ITEMS = ((300, 100), (300, 1000))


def session(people: int, items: int, *, apart: float = 0.0) -> Answers:
    """An invented round: every role leans its own way a little, and two camps are `apart` points on each item."""
    rng = np.random.default_rng(SEED)
    roles = [list(ROLES)[person % len(ROLES)] for person in range(people)]
    lean = rng.normal(0, 0.3, (len(ROLES), items))[np.arange(people) % len(ROLES)]
    latent = rng.normal(3.2, 0.6, items) + lean + rng.normal(0, 1, (people, items))
    camp = np.where(np.arange(people) < people / 2, 0.5, -0.5)[:, None]
    latent += apart * camp * np.where(np.arange(items) % 2, 1, -1)
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
    session_with_camps = session(len(answers.people), len(answers.items), apart=1.6)
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
        "evidence clashes": seconds(lambda: evidence_clash_findings(tally)),
        "ranks": seconds(lambda: (rank_findings(tally), rank_overlap(tally))),
        "illusions": seconds(lambda: (illusion(tally), item_illusions(tally))),
        "contested": seconds(lambda: contested_findings(tally)),
        "superficial, definition": seconds(lambda: superficial_findings(tally) + definition_findings(tally)),
        "consensus": seconds(lambda: consensus_findings(tally, contradicted=frozenset())),
        "agenda": seconds(lambda: agenda(tally, found)),
        "item views": seconds(lambda: item_views(tally)),
        "outlier views": seconds(lambda: outlier_view_findings(tally, np.random.default_rng(SEED))),
        "camps": seconds(lambda: camps(tally, np.random.default_rng(SEED))),
        "whole, with two camps": seconds(lambda: whole(session_with_camps)),
        "whole, nothing shuffled": seconds(lambda: analyse(answers)),
        "whole analysis": seconds(lambda: whole(answers)),
    }


def whole(answers: Answers) -> object:
    """Every rule, those that shuffle answers among them."""
    return analyse(answers, rng=np.random.default_rng(SEED))


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
    timed = {size: rules(session(*size)) for size in (TEAM, SMALL, LARGE)}
    print(f"{'milliseconds':28}" + "".join(f"{people:>8} x {items:<6}" for people, items in timed))
    for name in timed[SMALL]:
        print(f"{name:28}" + "".join(f"{1000 * parts[name]:12.1f}     " for parts in timed.values()))


def print_growth(of: str, sizes: tuple[tuple[int, int], tuple[int, int]]) -> None:
    """Exponent of time over a decade of people or items; 1 is in step with the data. Nothing shuffled."""
    times = [seconds(partial(analyse, session(*size))) for size in sizes]
    exponent = math.log(times[1] / times[0]) / math.log(10)
    told = ", ".join(
        f"{people} x {items}: {1000 * spent:.0f} ms" for (people, items), spent in zip(sizes, times, strict=True)
    )
    print(f"{told}: time grows with {of} to the power {exponent:.2f}")


def print_huge() -> None:
    answers = session(*HUGE)
    begin = time.perf_counter()
    whole(answers)
    print(f"{HUGE[0]} x {HUGE[1]}: {time.perf_counter() - begin:.1f} s; so many people are not compared one by one")


def peak(people: int, items: int) -> float:
    """MiB at most of a fresh process that makes one analysis of such a session."""
    code = (
        "from pathlib import Path; from bench.divergence import session, whole;"
        f"whole(session({people}, {items}));"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(run.stdout) / 1024


def print_against_red_dwarf() -> None:
    """The Polis pipeline on answers of the shape of one real conversation: 2,031 people, 896 items, 12 % voted."""
    try:
        from reddwarf.implementations.polis import run_pipeline
    except ImportError:
        print("red-dwarf is not installed; see the usage for how to have it beside")
        return
    people, items, share = 2031, 896, 0.124
    rng = np.random.default_rng(SEED)
    camp = rng.integers(0, 2, people)[:, None]
    votes = np.where(rng.random((people, items)) < np.where(camp, 0.7, 0.4), 1, -1)
    given = rng.random((people, items)) < share
    rows = [
        {"participant_id": int(p), "statement_id": int(i), "vote": int(votes[p, i])}
        for p, i in zip(*np.nonzero(given), strict=True)
    ]
    plain = Answers(
        people=[f"p{person:05d}" for person in range(people)],
        roles=[("build", "sell")[one] for one in camp[:, 0].tolist()],
        lenses={"build": "build", "sell": "sell"},
        items=[f"i{item:05d}" for item in range(items)],
        kinds=["goal"] * items,
        importance=np.where(given, (votes + 3) / 2, np.nan),
        levels=2,
        asked=given,
        unknown=np.zeros_like(given),
        not_real=np.zeros_like(given),
        star=np.zeros_like(given),
    )
    theirs, ours = seconds(lambda: run_pipeline(votes=rows), runs=2), seconds(lambda: whole(plain))
    print(f"{len(rows):,} votes of {people:,} people on {items} items: red-dwarf {theirs:.2f} s, ours {ours:.2f} s,")
    print(f"{theirs / ours:.1f} times; not the same work: theirs projects and clusters, ours tests each item and role")


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
    print_growth("people", PEOPLE)
    print_growth("items", ITEMS)
    if large:
        print_huge()
    print()
    print_against_loops()
    print()
    print_against_red_dwarf()
    bare = peak(2, 2)
    print(f"\npeak memory at {LARGE[0]} x {LARGE[1]}: {peak(*LARGE):.0f} MiB, of these {bare:.0f} before any answer")


if __name__ == "__main__":
    main()
