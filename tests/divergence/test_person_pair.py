import numpy as np
import pytest

from alignment.divergence.person_pair import person_pair_index
from tests.divergence.sessions import answers_from, answers_of, rated_latent, tally_of

THREE = """
    ana eng   5 5 1 3
    ben eng   5 3 1 ?
    cem sales 4 3 2 3
"""


def test_two_people_are_compared_over_what_both_rated_drawn_towards_the_session_by_three_items():
    tally = tally_of(answers_of(THREE))

    index = person_pair_index(tally, "ana", "ben")

    # i4 has two raters only. Distances of the three pairs on i1..i3: (0 .25 .25) (.5 .5 0) (0 .25 .25): mean 2/9.
    # Ana and Ben: 0, .5, 0. D = (.5 + 3 x 2/9) / 6 = .1944; 1 - D / .4.
    assert index.value == pytest.approx(1 - (0.5 + 3 * 2 / 9) / 6 / 0.4)
    assert (index.people, index.items) == (2, 3)
    # sd of 0, .5, 0 is .2887; t(2) at .95 is 2.92: 2.92 x .2887 x sqrt(3) / 6 / .4.
    assert index.high - index.value == pytest.approx(2.91999 * 0.288675 * 3**0.5 / 6 / 0.4, rel=1e-5)
    assert index.value - index.low == pytest.approx(index.high - index.value)


def test_the_order_of_the_two_changes_nothing():
    tally = tally_of(answers_of(THREE))

    assert person_pair_index(tally, "ana", "cem") == person_pair_index(tally, "cem", "ana")


def test_two_who_share_nothing_have_no_index_and_two_items_no_interval():
    tally = tally_of(
        answers_of("""
        ana eng   5 4 . .
        ben eng   . . 5 5
        cem sales 5 4 5 5
        dee sales 5 4 5 5
    """)
    )

    assert person_pair_index(tally, "ana", "ben").value is None
    shared = person_pair_index(tally, "ana", "cem")
    assert (shared.value, shared.low, shared.high, shared.items) == (1.0, None, None, 2)


def test_who_is_not_there_or_the_same_person_twice_is_refused():
    tally = tally_of(answers_of(THREE))

    with pytest.raises(ValueError, match="nobody of this session has the key zoe"):
        person_pair_index(tally, "ana", "zoe")
    with pytest.raises(ValueError, match="two different people"):
        person_pair_index(tally, "ana", "ana")


def test_over_many_items_what_it_is_drawn_towards_does_not_matter():
    ratings = rated_latent(np.random.default_rng(7), (3, 3000), mean=3, sd=1)
    tally = tally_of(answers_from(ratings, ["eng"] * 3))

    plain = 1 - np.abs(ratings[0] - ratings[1]).mean() / 4 / 0.4

    assert person_pair_index(tally, "p0000", "p0001").value == pytest.approx(plain, abs=0.001)


def test_turning_the_scale_round_changes_nothing():
    ratings = np.array([[5, 5, 1, 3], [5, 3, 1, 2], [4, 3, 2, 3.0]])
    one, other = (tally_of(answers_from(each, ["eng"] * 3)) for each in (ratings, 6 - ratings))

    assert person_pair_index(one, "p0000", "p0001") == person_pair_index(other, "p0000", "p0001")
