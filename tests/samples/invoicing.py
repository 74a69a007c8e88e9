"""The sample invoicing.json as the engine takes it, and looked up by people and items."""

from functools import cache
from pathlib import Path

import numpy as np

from alignment.divergence import Answers, analyse
from workshops.files.workshop_file import read

SAMPLE = Path(__file__).parents[2] / "samples" / "invoicing.json"
STORY = SAMPLE.with_suffix(".md")


@cache
def sample():
    return read(SAMPLE.read_bytes())


@cache
def result():
    """What the engine finds in the rate round."""
    return analyse(answers())


def rated():
    """The ratings of the rate round."""
    [ratings] = [each.ratings for each in sample().rounds if each.kind == "rate"]
    return ratings


def answers():
    """The rate round and who wrote what, as the engine takes it."""
    file = sample()
    people, items = [person.key for person in file.people], [item.key for item in file.items]
    table = np.full((len(people), len(items)), None)
    for rating in rated():
        table[people.index(rating.person), items.index(rating.item)] = rating
    own = np.zeros(table.shape, dtype=bool)
    for statement in file.statements:
        own[people.index(statement.person), items.index(statement.item)] = True
    return Answers(
        people=people,
        roles=[person.role for person in file.people],
        lenses={role.key: role.lens for role in file.team.roles},
        items=items,
        kinds=[item.kind for item in file.items],
        levels=5,
        asked=np.ones(table.shape, dtype=bool),
        unknown=_each(table, lambda rating: rating.answer == "unknown", bool),
        not_real=_each(table, lambda rating: rating.answer == "not_real", bool),
        star=_each(table, lambda rating: rating.star, bool),
        own=own,
        **{name: points(table, name) for name in ("importance", "evidence", "same_meaning")},
    )


def points(table, name):
    """One field of a table of ratings as floats, NaN where it was not answered."""
    return _each(table, lambda rating: np.nan if getattr(rating, name) is None else getattr(rating, name), float)


def said(item, name):
    """What each person answered about an item in one field of the rate round: {person: points}."""
    given = {rating.person: getattr(rating, name) for rating in rated() if rating.item == item}
    return {person: value for person, value in given.items() if value is not None}


def answered(item, answer):
    """Who gave this kind of answer about an item."""
    return {rating.person for rating in rated() if (rating.item, rating.answer) == (item, answer)}


def tiers(kind, item):
    """The tiers of the findings of a kind on an item, by the groups they name."""
    found = [finding for finding in result().findings if (finding.kind, finding.item) == (kind, item)]
    return {finding.groups: finding.tier for finding in found}


def _each(table, value, kind):
    return np.array([[value(rating) for rating in row] for row in table], dtype=kind)
