"""Rounds drawn by hypothesis: any that may be given, and lively ones in which most rules find something.

The same ones in every run, so that a property holds for everybody or for nobody.
"""

import dataclasses

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from alignment.divergence import Answers, Links
from tests.divergence.sessions import LENSES

KINDS = ("goal", "pain", "alternative")
ROLES = ("eng", "sales", "pm", "exec", "support")
NOT_ASKED, UNKNOWN, NOT_REAL = -3, -1, 0  # beside -2, asked and not answered, and the points of the scale
SCALES = {"satisfaction": 1, "evidence": 0, "same_meaning": 0}  # the lowest point of each


def steadily(examples):
    """Draw so many examples, and the same ones in every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def points(shape, first, last):
    """Whole points of a scale; the number before its first means that none is given."""
    return hnp.arrays(np.int8, shape, elements=st.integers(first, last))


@st.composite
def rounds(draw, *, people=(0, 8), items=(0, 5), levels=(2, 10)):
    """Any round: nobody, nothing, one role, everybody alike, only skips, and whatever may or may not be there."""
    n, m, k = (draw(st.integers(*bounds)) for bounds in (people, items, levels))
    marks = draw(points((n, m), NOT_ASKED, k))
    asked = marks > NOT_ASKED
    further = {}
    for name, first in SCALES.items():
        if draw(st.booleans()):
            further[f"{name}_levels"] = scale = draw(st.integers(2, 10))
            said = draw(points((n, m), first - 1, first + scale - 1))
            further[name] = np.where(asked & (said >= first), said, np.nan)
    if draw(st.booleans()):
        said = draw(points((n, m), 0, k))
        further["expected"] = np.where(asked & (said > 0), said, np.nan)
    if draw(st.booleans()):
        further["own"] = draw(hnp.arrays(bool, (n, m)))
    names = [f"i{item}" for item in range(m)]
    if m > 1 and draw(st.booleans()):
        ends = st.tuples(st.sampled_from(("blocks", "causes")), st.sampled_from(names), st.sampled_from(names))
        leads = draw(st.lists(ends.filter(lambda link: link[1] != link[2]), max_size=4, unique=True))
        drawn = draw(points((n, len(leads)), -1, 1))
        further["links"] = Links(leads, np.where(drawn < 0, np.nan, drawn))
    return Answers(
        people=[f"p{person}" for person in range(n)],
        roles=draw(st.lists(st.sampled_from(sorted(LENSES)), min_size=n, max_size=n)),
        lenses=LENSES,
        items=names,
        kinds=draw(st.lists(st.sampled_from(KINDS), min_size=m, max_size=m)),
        importance=np.where(marks > 0, marks, np.nan),
        levels=k,
        asked=asked,
        unknown=marks == UNKNOWN,
        not_real=marks == NOT_REAL,
        star=draw(hnp.arrays(bool, (n, m))),
        **further,
    )


def lively(seed, *, people=12, items=14, levels=5):
    """A round with every kind of answer: two camps on some items, roles that see or know some their own way."""
    rng = np.random.default_rng(seed)
    role = rng.integers(0, len(ROLES), people)
    shape, length = (people, items), levels - 1
    own_way = rng.normal(0, length / 2, (len(ROLES), items)) * (rng.random((len(ROLES), items)) < 0.2)
    seen = 1 + rng.uniform(0, length, items) + own_way[role] + rng.normal(0, length / 6, shape)
    camp, split = rng.random(people) < 0.5, rng.random(items) < 0.15
    seen[:, split] = np.where(camp, 1, levels)[:, None]
    knows = np.where(rng.random((len(ROLES), items)) < 0.15, 0.15, 0.95)[role]
    strange = rng.random(items) < 0.15
    knows[:, strange] = 0.6
    asked = rng.random(shape) < 0.97
    rated = asked & (rng.random(shape) < knows)
    not_real = asked & ~rated & (rng.random(shape) < np.where(strange, 0.9, 0.1))
    importance = np.where(rated, np.clip(np.rint(seen), 1, levels), np.nan)
    doubt = np.where(rng.random(items) < 0.2, 0.5, 0.05)

    def asked_for(said, share=0.9):
        return np.where(asked & (rng.random(shape) < share), said, np.nan)

    return Answers(
        people=[f"p{person:02d}" for person in range(people)],
        roles=[ROLES[number] for number in role],
        lenses=LENSES,
        items=[f"i{item:02d}" for item in range(items)],
        kinds=[KINDS[item % 3] for item in range(items)],
        importance=importance,
        levels=levels,
        asked=asked,
        unknown=asked & ~rated & ~not_real,
        not_real=not_real,
        star=rng.random(shape) < 0.2,
        own=rng.random(shape) < 0.05,
        evidence=asked_for(rng.choice(4, shape, p=[0.5, 0.2, 0.2, 0.1])),
        same_meaning=asked_for(np.where(rng.random(shape) < doubt, 0, rng.integers(1, 3, shape))),
        satisfaction=asked_for(rng.integers(1, 6, shape)),
        expected=asked_for(np.clip(np.rint(seen + rng.normal(0, length / 4, shape)), 1, levels), 0.5),
        links=Links(
            [("blocks", f"i{item:02d}", "i00") for item in range(1, min(items, 5))],
            rng.integers(0, 2, (people, min(items, 5) - 1)).astype(float),
        ),
    )


@st.composite
def lively_rounds(draw, *, people=(4, 16), items=(3, 14), levels=(2, 10)):
    """A lively round of some size."""
    n, m, k = (draw(st.integers(*bounds)) for bounds in (people, items, levels))
    return lively(draw(st.integers(0, 999)), people=n, items=m, levels=k)


def asked_again(answers, seed, *, moving=0.3):
    """The same people and items a while later: some answers moved, some people and some items are missing."""
    rng = np.random.default_rng(seed)
    moved = np.where(rng.random(answers.asked.shape) < moving, rng.integers(-2, 3, answers.asked.shape), 0)
    later = dataclasses.replace(answers, importance=np.clip(answers.importance + moved, 1, answers.levels))
    people, items = (
        np.flatnonzero(rng.random(len(keys)) < share) for keys, share in ((answers.people, 0.9), (answers.items, 0.8))
    )
    return part_of(later, people, items)


def part_of(answers, people, items):
    """The same answers of these people about these items, in this order."""
    block, named = np.ix_(people, items), {answers.items[item] for item in items}
    arrays = {
        field.name: np.asarray(value)[block]
        for field in dataclasses.fields(answers)
        if isinstance(value := getattr(answers, field.name), np.ndarray)
    }
    links = answers.links
    if links is not None:
        kept = [number for number, (_kind, *ends) in enumerate(links.keys) if named.issuperset(ends)]
        links = Links([links.keys[number] for number in kept], links.drawn[np.ix_(people, kept)])
    return dataclasses.replace(
        answers,
        people=[answers.people[person] for person in people],
        roles=[answers.roles[person] for person in people],
        items=[answers.items[item] for item in items],
        kinds=[answers.kinds[item] for item in items],
        links=links,
        **arrays,
    )


def turned(answers):
    """The same answers on the scale read from its other end."""
    expected = None if answers.expected is None else answers.levels + 1 - answers.expected
    return dataclasses.replace(answers, importance=answers.levels + 1 - answers.importance, expected=expected)
