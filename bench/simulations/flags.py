"""Flags of single links and picks, of which no figures were expected but for the rule of blind spots.

Nothing is left to chance where an item or link is judged by counting: a session holds one for every number of people,
and each counts as often as its number occurs. Roles that pick otherwise are simulated: 20 goals, five picks each, by
what each is worth to all (standard deviation .5) and to oneself (1).
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.random import Generator
from scipy import stats

from alignment.divergence import Answers, Finding, Links
from alignment.divergence.rank import rank_findings
from alignment.divergence.structure import structure_findings
from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds

from .blind_spot import EXPECTED as BLIND
from .blind_spot import EXPECTED_RUNS as BLIND_RUNS
from .blind_spot import HELD
from .figures import Cell, exact, mean, share, times
from .worlds import SIZES, Counts, asked, roles_of, tables, yes

ITEMS, PICKS = 20, 5
LIMITS = Thresholds()
ROLES = ((2, 6), (3, 9), (6, 24))


def cells(rng: Generator, runs: float) -> Iterator[Cell]:
    """Links and picks that divide people, links that a role does not draw, picks on which roles differ."""
    for people in SIZES:
        some = tables(people)[:, 0]
        linked = _linked(yes(people, some), roles_of(people))
        links = _tiers((f for f in structure_findings(Tally(linked, LIMITS)) if not f.groups), some.size)
        picked = asked(np.full((people, some.size), 3.0), roles_of(people), star=yes(people, some))
        picks = _tiers((f for f in rank_findings(Tally(picked, LIMITS)) if not f.variant), some.size)
        for name, tiers in {"link": links, "pick": picks}.items():
            for does in (0.1, 0.25, 0.5):
                chance = stats.binom.pmf(some, people, does)
                yield exact(f"n={people}, {name} of {does}", "divides", chance[tiers > 0].sum())
                yield exact(f"n={people}, {name} of {does}", "divides, likely", chance[tiers == 2].sum())
    yield from _blind_to_links()
    yield from _roles(rng, runs)


def _linked(drawn: np.ndarray, roles: list[str]) -> Answers:
    """Links from one item to the next, all held by all."""
    people, links = drawn.shape
    answers = asked(np.full((people, links + 1), 3.0), roles)
    keys = [("blocks", answers.items[link], answers.items[link + 1]) for link in range(links)]
    return asked(answers.importance, roles, links=Links(keys, drawn))


def _tiers(found: Iterable[Finding], items: int) -> Counts:
    """By the number of the item 2 where a finding is likely, 1 where possible."""
    tiers = np.zeros(items, dtype=np.int64)
    for finding in found:
        tiers[int(str(finding.item)[1:])] = 2 if finding.tier == "likely" else 1
    return tiers


def _blind_to_links() -> Iterator[Cell]:
    """The rule of blind spots on links, held to its figures on items."""
    for role, others in ROLES:
        k, j = tables(role, others).T
        drawn = np.concatenate([yes(role, k), yes(others, j)])
        tally = Tally(_linked(drawn, ["role"] * role + ["rest"] * others), LIMITS)
        tiers = _tiers((f for f in structure_findings(tally) if f.groups == ("role",)), k.size)
        for held, printed in zip(HELD, BLIND[role, others], strict=True):
            false, _, power, _ = printed.split()
            for name, does, told in (("false", held, false), ("found", 0.05, power)):
                chance = stats.binom.pmf(k, role, does) * stats.binom.pmf(j, others, held)
                where = f"link, role of {role}, {others} others, {held}"
                yield exact(where, f"{name}, likely", chance[tiers == 2].sum(), told, BLIND_RUNS)


def _roles(rng: Generator, runs: float) -> Iterator[Cell]:
    """Picks on which the largest role is told to differ: never planted, and planted on three goals."""
    for people in SIZES[:-1]:
        for planted in (0, 3):
            found = [_gaps(rng, people, planted) for _ in range(times(600, runs))]
            where = f"n={people}, picks, " + ("a role picks others" if planted else "roles alike")
            false = [(tiers[planted:] == 2).any() for tiers in found]
            yield share(where, "false likely, sessions", false)
            if planted:
                yield mean(where, "found likely", [np.mean(tiers[:planted] == 2) for tiers in found], step=1 / planted)
                yield mean(where, "found", [np.mean(tiers[:planted] > 0) for tiers in found], step=1 / planted)


def _gaps(rng: Generator, people: int, planted: int) -> Counts:
    """Tiers of each goal; the largest role nearly always picks those planted, others nearly never do."""
    roles = roles_of(people)
    first = np.array([role == "r0" for role in roles])[:, None]
    worth = rng.normal(0, 0.5, ITEMS) + rng.normal(0, 1, (people, ITEMS))
    worth = np.where(np.arange(ITEMS) < planted, np.where(first, 2.5, -1.5) + rng.normal(0, 1, worth.shape), worth)
    star = np.argsort(np.argsort(-worth, axis=1), axis=1) < PICKS
    answers = asked(np.full(worth.shape, 3.0), roles, star=star)
    return _tiers((f for f in rank_findings(Tally(answers, LIMITS)) if f.variant == "role"), ITEMS)
