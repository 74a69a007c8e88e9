"""What an item looks like to everybody and to each role, counted by hand."""

import numpy as np
import pytest
from hypothesis import given

from alignment.divergence.tally import Tally
from alignment.divergence.thresholds import Thresholds
from alignment.divergence.views import item_views
from tests.divergence.drawn import lively_rounds, rounds, steadily
from tests.divergence.sessions import answers_of, tally_of


def told(ratings, levels):
    """Mean, distance and counts of some people's ratings."""
    given_ratings = ratings[~np.isnan(ratings)]
    apart = [abs(a - b) for place, a in enumerate(given_ratings) for b in given_ratings[:place]]
    mean = pytest.approx(given_ratings.mean()) if given_ratings.size else None
    distance = pytest.approx(np.mean(apart) / (levels - 1)) if apart else None
    return mean, distance, tuple(np.count_nonzero(given_ratings == level) for level in range(1, levels + 1))


@steadily(60)
@given(rounds(people=(1, 8), items=(1, 5)) | lively_rounds(people=(4, 24)))
def test_an_item_is_seen_as_its_answers_counted_one_by_one(answers):
    views = item_views(Tally(answers, Thresholds()))

    roles = np.array(answers.roles)
    for column, view in enumerate(views):
        of_item = {
            name: np.asarray(getattr(answers, name))[:, column]
            for name in ("importance", "asked", "unknown", "not_real", "star", "held")
        }
        importance, asked = of_item.pop("importance"), of_item["asked"].sum()
        raters = np.count_nonzero(~np.isnan(importance))
        mean, distance, counts = told(importance, answers.levels)
        assert (view.item, view.kind) == (answers.items[column], answers.kinds[column])
        assert (view.asked, view.unknown, view.not_real, view.stars, view.held) == tuple(
            flags.sum() for flags in of_item.values()
        )
        assert (view.raters, view.enough, view.mean, view.distance) == (raters, raters >= 3, mean, distance)
        random = (answers.levels + 1) / (3 * answers.levels)
        agreement = None if distance is None else pytest.approx(1 - distance.expected / random, abs=1e-9)
        assert (view.counts, view.agreement) == (counts, agreement)
        assert view.coverage == (raters / asked if asked else None)
        assert [of_role.role for of_role in view.by_role] == sorted(set(answers.roles))
        for of_role in view.by_role:
            own = roles == of_role.role
            mean, distance, counts = told(importance[own], answers.levels)
            levels = [level for level, people in enumerate(counts, start=1) if people]
            assert (of_role.mean, of_role.distance, of_role.counts) == (mean, distance, counts)
            assert (of_role.raters, of_role.unknown, of_role.not_real) == (
                sum(counts),
                of_item["unknown"][own].sum(),
                of_item["not_real"][own].sum(),
            )
            assert (of_role.lowest, of_role.highest) == ((min(levels), max(levels)) if levels else (None, None))


def test_of_an_item_that_nobody_was_asked_about_no_coverage_is_told():
    asked, not_asked = item_views(tally_of(answers_of("ana eng - .\n ben eng - .")))

    assert (asked.coverage, not_asked.coverage) == (0, None)
