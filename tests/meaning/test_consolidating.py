"""Suggested groups held against the codes of researchers; docs/meaning.md has the figures."""

from itertools import combinations

import pytest

from alignment.meaning import suggest
from bench.consolidating import b_cubed, causes, groups_of, statements_of


def sharing(groups, listed):
    """How many pairs inside the groups share a code, and how many there are."""
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    return sum(bool(listed[one].codes & listed[other].codes) for one, other in pairs), len(pairs)


def test_b_cubed_is_what_a_hand_makes_of_it():
    codes = [frozenset({1}), frozenset({1}), frozenset({2}), frozenset({1, 2})]

    precision, recall, f1 = b_cubed([[0, 1, 2]], codes)

    # Precision: 2/3, 2/3, 1/3, 1. Recall: of {0, 1, 3} two; the same; of {2, 3} one; of {0, 1, 2, 3} itself, counted
    # half as it has two codes.
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 2 + (1 / 2) / 4) / 4)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_the_data_set_has_its_published_size():
    every = causes()

    assert len(every) == 780
    assert [sum(len(cause.codes) >= least for cause in every) for least in (1, 2)] == [722, 54]


def test_english_causes_are_grouped_as_documented(minilm):
    """As found: high precision, little recall, and no more of both than equal letters reach at 60 per cent."""
    english = [cause for cause in causes() if cause.codes and cause.country != "BR"]
    statements = statements_of(english)

    found = suggest(statements, minilm.encode([statement.text for statement in statements]))

    precision, recall, f1 = b_cubed(groups_of(found), [cause.codes for cause in english])
    assert (precision, recall, f1) == pytest.approx((0.902, 0.167, 0.281), abs=0.01)
    same = [[int(key) for key in group.keys] for group in found.groups if group.band == "same"]
    right, all_pairs = sharing(same, english)
    assert right / all_pairs > 0.7
