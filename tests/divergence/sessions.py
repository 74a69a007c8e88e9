"""Small rounds written as tables, and random ones.

One line per person, one mark per item: a digit is a rating, `?` new to me, `x` not real, `-` asked and not answered,
`.` not asked. A `w` after it: the person wrote a statement of their own under the item. A `*`: the person starred it.
"""

import numpy as np

from alignment.divergence import Answers, Thresholds
from alignment.divergence.tally import Tally

LENSES = {
    "exec": "decide",
    "pm": "decide",
    "design": "build",
    "eng": "build",
    "sales": "sell",
    "support": "none",
    "other": "none",
}


def answers_of(table, *, levels=5, kinds=None, lenses=LENSES):
    """Answers from lines of `person role marks…`."""
    lines = [line.split() for line in table.strip().splitlines()]
    marks = np.array([line[2:] for line in lines], dtype=object).reshape(len(lines), -1)
    bare = np.array([[mark.rstrip("w*") for mark in row] for row in marks], dtype=object).reshape(marks.shape)
    items = marks.shape[1]
    return Answers(
        people=[line[0] for line in lines],
        roles=[line[1] for line in lines],
        lenses=lenses,
        items=[f"i{item + 1}" for item in range(items)],
        kinds=kinds or ["goal"] * items,
        importance=[[float(mark) if mark.isdigit() else np.nan for mark in row] for row in bare],
        levels=levels,
        asked=bare != ".",
        unknown=bare == "?",
        not_real=bare == "x",
        star=[["*" in mark for mark in row] for row in marks],
        own=[["w" in mark for mark in row] for row in marks],
    )


def answers_from(ratings, roles, *, levels=5, kinds=None, lenses=LENSES, **further):
    """Answers from an array of ratings, where a missing one was not asked for, and what `further` adds or replaces."""
    ratings = np.asarray(ratings, dtype=float)
    people, items = ratings.shape
    none = np.zeros(ratings.shape, dtype=bool)
    return Answers(
        people=[f"p{person:04d}" for person in range(people)],
        roles=list(roles),
        lenses=lenses,
        items=[f"i{item:04d}" for item in range(items)],
        kinds=kinds or ["goal"] * items,
        importance=ratings,
        levels=levels,
        **{"asked": ~np.isnan(ratings), "unknown": none, "not_real": none, "star": none} | further,
    )


def one_item(ratings, *, levels=5, **further):
    """Answers of one role about one item. A `None` among the ratings, or among the further answers, was not given."""
    columns = {name: [[value] for value in column] for name, column in further.items() if not name.endswith("levels")}
    scales = {name: value for name, value in further.items() if name.endswith("levels")}
    everybody = np.ones((len(ratings), 1), dtype=bool)
    column = [[rating] for rating in ratings]
    return answers_from(column, ["eng"] * len(ratings), levels=levels, asked=everybody, **columns, **scales)


def tally_of(answers, *, opposed=(), **limits):
    """A tally under the given thresholds, the others as usual."""
    return Tally(answers.in_key_order(), Thresholds(**limits), frozenset(opposed))


def rated_latent(rng, shape, *, mean, sd, levels=5):
    """Ratings of people whose opinions are normal, rounded to the scale."""
    return np.clip(np.rint(rng.normal(mean, sd, shape)), 1, levels)


def random_ratings(rng, people, items, *, levels=5, missing=0.2):
    """Ratings at random, some missing."""
    ratings = rng.integers(1, levels + 1, (people, items)).astype(float)
    ratings[rng.random((people, items)) < missing] = np.nan
    return ratings
