"""The sample invoicing.json as the engine takes it, and looked up by people and items."""

from functools import cache
from pathlib import Path

import numpy as np

from alignment.divergence import analyse
from workshops import text_findings
from workshops.answers import again_from_file, from_file
from workshops.files.workshop_file import read

SAMPLE = Path(__file__).parents[2] / "samples" / "invoicing.json"
STORY = SAMPLE.with_suffix(".md")


@cache
def sample():
    return read(SAMPLE.read_bytes())


@cache
def result():
    """What the engine finds in the rate round, and in the vote after it."""
    [first] = [each for each in sample().rounds if each.kind == "rate"]
    return analyse(answers(), again=again_from_file(sample(), first), rng=np.random.default_rng(1))


@cache
def of_texts():
    """What the texts say beside the answers."""
    return text_findings.beside(text_findings.of_file(sample()).told, result().findings)


def rated():
    """The ratings of the rate round."""
    [ratings] = [each.ratings for each in sample().rounds if each.kind == "rate"]
    return ratings


def answers():
    """The rate round and who wrote what, as the engine takes it."""
    [round_] = [each for each in sample().rounds if each.kind == "rate"]
    return from_file(sample(), round_)


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
