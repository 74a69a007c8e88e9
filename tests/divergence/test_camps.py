import json

import numpy as np
import pytest

from alignment.divergence.camps import Camp, camps, consensus_of_groups, group_informed_consensus
from tests.divergence import published
from tests.divergence.sessions import answers_from, answers_of, rated_latent, tally_of


def tally_from(ratings, *, levels=5, roles=None, **limits):
    roles = roles or ["eng"] * len(ratings)
    return tally_of(answers_from(ratings, roles, levels=levels, lenses=dict.fromkeys(roles, "none")), **limits)


def found(ratings, *, seed=0, **options):
    return camps(tally_from(ratings, **options), np.random.default_rng(seed))


def rows(found):
    """The people of each camp by number."""
    return [[int(person[1:]) for person in camp.members] for camp in found.camps]


def session(rng, people, items, *, apart=0.0, missing=0.0, odd=False):
    """Two camps of the same size, `apart` points above or below everybody on each item; the first may be at random."""
    side = np.where(np.arange(people) < people / 2, 1, -1)[:, None] * rng.choice([-1, 1], items)
    mean = 3.3 + rng.normal(0, 0.6, items) + rng.normal(0, 0.4, (people, 1)) + apart * side
    ratings = rated_latent(rng, mean.shape, mean=mean, sd=0.8)
    if odd:
        ratings[0] = rng.integers(1, 6, items)
    ratings[rng.random(ratings.shape) < missing] = np.nan
    return ratings


def two_camps(first, second, items, *, low=1, high=5):
    """High on every other item, and the second camp the reverse."""
    view = np.resize([high, low], items)
    return np.array([view] * first + [low + high - view] * second, dtype=float)


def test_two_camps_are_found_with_their_people_and_what_they_say():
    answers = answers_of("""
        ana eng   5 1 5 1 5 1 5 1 5 1 4
        ben eng   1 5 1 5 1 5 1 5 1 5 .
        cem sales 5 1 5 1 5 1 5 1 5 1 2
        dee sales 5 1 5 1 5 1 5 1 5 1 .
        eva exec  5 1 5 1 5 1 5 1 5 1 .
        fay pm    1 5 1 5 1 5 1 5 1 5 .
    """)

    told = camps(tally_of(answers), np.random.default_rng(0))

    # Within a camp nobody is apart, between them everybody is by 4 points on 10 items. But each pair counts as if it
    # had three more items at the mean of all: 8 of 15 pairs are apart, so that is 8/15 x 4 = 2.13 points. The distances
    # are 3 x 2.13 / 13 = .49 and (40 + 6.4) / 13 = 3.57, and the silhouette of everybody 1 - .49 / 3.57.
    assert told.silhouette == pytest.approx(1 - 6.4 / 46.4)
    high, low = ({f"i{item}": float(5 if item % 2 == odd else 1) for item in range(1, 11)} for odd in (1, 0))
    assert told.camps == (
        Camp(members=("ana", "cem", "dee", "eva"), means=high | {"i11": 3.0}),
        Camp(members=("ben", "fay"), means=low),
    )
    assert (told.tier, told.aside, told.items) == ("likely", (), 10)
    assert told.p <= 0.05


def test_camps_are_as_far_apart_when_every_other_person_rates_everything_lower():
    ratings = two_camps(4, 4, 20, low=2, high=4)
    lower = ratings.copy()
    lower[::2] -= 1

    assert rows(found(lower)) == rows(found(ratings)) == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert found(lower).silhouette == pytest.approx(found(ratings).silhouette)


def test_people_who_rate_high_and_people_who_rate_low_are_no_camps():
    rng = np.random.default_rng(1)
    ratings = np.clip(rng.integers(2, 4, (12, 30)), 2, 4).astype(float)
    ratings[:6] += 2

    assert found(ratings) is None


def test_one_odd_person_stands_aside_and_hides_no_camps():
    ratings = session(np.random.default_rng(2), 10, 40, apart=0.9, odd=True)

    told = found(ratings)

    assert told.aside == ("p0000",)
    assert sorted(rows(told)) == [[1, 2, 3, 4], [5, 6, 7, 8, 9]]


def test_three_camps_are_three():
    rng = np.random.default_rng(3)
    views = rng.choice([1.0, 5.0], (3, 40))

    told = found(views[np.arange(12) % 3])

    assert sorted(rows(told)) == [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]


def test_four_camps_take_thirty_people():
    rng = np.random.default_rng(4)
    views = rng.choice([1.0, 5.0], (4, 40))

    few, many = found(views[np.arange(28) % 4]), found(views[np.arange(32) % 4])

    assert len(many.camps) == 4
    assert few is None or len(few.camps) < 4


def test_camps_take_six_people_and_ten_items_and_two_people_each():
    assert found(two_camps(3, 2, 20)) is None
    assert found(two_camps(3, 3, 9)) is None
    assert rows(found(two_camps(3, 3, 10))) == [[0, 1, 2], [3, 4, 5]]
    assert rows(found(two_camps(6, 2, 20))) == [[0, 1, 2, 3, 4, 5], [6, 7]]
    assert found(two_camps(7, 1, 20)) is None


@pytest.mark.parametrize(("levels", "low", "high"), [(2, 1, 2), (3, 1, 3), (10, 2, 9)])
def test_other_scales_have_camps_too(levels, low, high):
    told = found(two_camps(4, 4, 12, low=low, high=high), levels=levels)

    assert (rows(told), told.tier) == ([[0, 1, 2, 3], [4, 5, 6, 7]], "likely")


@pytest.mark.parametrize(
    "ratings", [np.zeros((0, 0)), np.full((8, 12), np.nan), np.full((8, 12), 4.0), np.full((2, 30), 3.0)]
)
def test_nothing_rated_and_everything_rated_alike_have_no_camps(ratings):
    assert found(ratings) is None


def test_beyond_a_thousand_people_the_rule_stays_silent():
    assert found(two_camps(4, 4, 20), person_most=8) is not None
    assert found(two_camps(4, 4, 20), person_most=7) is None


def test_people_who_share_no_item_belong_together_through_others():
    ratings = two_camps(6, 6, 40)
    ratings[0, 20:] = ratings[1, :20] = np.nan

    assert rows(found(ratings)) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]


def test_camps_that_stand_apart_a_little_are_possible_and_those_that_hardly_do_are_not_told():
    ratings = session(np.random.default_rng(5), 12, 40, apart=0.45)

    told = found(ratings)

    assert (told.tier, 0.1 <= told.silhouette < 0.25, told.p <= 0.05) == ("possible", True, True)
    assert found(ratings, camps_possible=told.silhouette) == told
    assert found(ratings, camps_possible=told.silhouette + 0.001) is None


def test_a_session_too_large_to_shuffle_is_tested_on_a_sample_and_told_whole():
    ratings = session(np.random.default_rng(6), 60, 20, apart=0.8)

    whole, sampled = found(ratings), found(ratings, camps_sample=30)

    assert sampled.camps == whole.camps
    assert sampled.silhouette == whole.silhouette
    assert sampled.p <= 0.05


def test_neither_the_order_of_people_and_items_nor_the_names_of_roles_matter():
    rng = np.random.default_rng(7)
    ratings = session(rng, 9, 30, apart=0.8, missing=0.2)
    answers = answers_from(ratings, ["eng", "pm", "sales"] * 3)
    row, column = rng.permutation(9), rng.permutation(30)
    mixed = answers_from(ratings[np.ix_(row, column)], ["exec"] * 9)
    object.__setattr__(mixed, "people", [answers.people[each] for each in row])
    object.__setattr__(mixed, "items", [answers.items[each] for each in column])

    told = camps(tally_of(answers), np.random.default_rng(1))

    assert len(told.camps) == 2
    assert camps(tally_of(mixed), np.random.default_rng(1)) == told


def test_turning_the_scale_round_leaves_people_and_numbers_as_they_are():
    ratings = session(np.random.default_rng(8), 12, 30, apart=0.6, missing=0.2)

    there, back = found(ratings), found(6 - ratings)

    assert [camp.members for camp in back.camps] == [camp.members for camp in there.camps]
    assert (back.silhouette, back.p, back.aside) == (there.silhouette, there.p, there.aside)
    for one, other in zip(there.camps, back.camps, strict=True):
        assert {item: 6 - mean for item, mean in other.means.items()} == pytest.approx(one.means)


def rate(people, items, *, sessions, **world):
    """The share of sessions in which camps are told, and likely ones."""
    rng = np.random.default_rng([people, items])
    told = [found(session(rng, people, items, **world)) for _ in range(sessions)]
    return np.mean([[each is not None, each is not None and each.tier == "likely"] for each in told], axis=0)


@pytest.mark.parametrize(("people", "items"), [(6, 10), (8, 40), (12, 10), (12, 40)])
def test_chance_makes_camps_as_seldom_as_simulated(people, items):
    some, likely = rate(people, items, sessions=70)

    assert some <= 0.18  # .04 to .08, and three standard errors
    assert likely <= 0.10  # .00 to .03


@pytest.mark.parametrize(
    ("people", "items", "apart", "power"), [(6, 10, 0.8, 0.86), (8, 40, 0.8, 1), (8, 40, 0.5, 0.9), (12, 40, 0.5, 0.97)]
)
def test_planted_camps_are_found_as_often_as_simulated(people, items, apart, power):
    some, _likely = rate(people, items, sessions=25, apart=apart)

    assert some == pytest.approx(power, abs=0.21)  # three standard errors


def test_an_odd_person_hides_planted_camps_but_seldom():
    some, _likely = rate(12, 40, sessions=25, apart=0.5, odd=True)

    assert some >= 0.75  # .93 measured, .07 where nobody may stand aside


def test_camps_of_a_real_conversation_are_the_groups_that_polis_found():
    ratings, groups = published.brexit()

    told = found(ratings, levels=3, roles=groups)

    shares = [[groups[row] for row in camp] for camp in rows(told)]
    assert [max(share.count("group 0"), share.count("group 1")) / len(share) for share in shares] == pytest.approx(
        [0.777, 0.973], abs=0.001
    )
    assert (len(told.camps), told.p) == (2, 0.01)


def test_practitioners_have_no_camps_and_neither_have_shuffled_votes():
    ratings, groups = published.brexit()
    rng = np.random.default_rng(9)
    shuffled = np.full(ratings.shape, np.nan)
    for item, column in enumerate(ratings.T):
        rated = np.flatnonzero(~np.isnan(column))
        shuffled[rated, item] = rng.permutation(column[rated])

    assert found(published.napire()[0], levels=3) is None
    assert found(shuffled, levels=3, roles=groups) is None


@pytest.mark.parametrize(("conversation", "statements"), [("50ptpt-3gp-strict-no-meta", 29), ("below-100-ptpts", 44)])
def test_group_informed_consensus_is_what_polis_computes(conversation, statements):
    path = published.DATA / "reddwarf-goldens" / conversation / "math-pca2.json"
    polis = json.loads(path.read_text(encoding="utf-8"))
    groups, told = polis["group-votes"].values(), polis["group-aware-consensus"]
    agreed, seen = ([[group["votes"][item][count] for item in told] for group in groups] for count in "AS")

    consensus = group_informed_consensus(agreed, seen)

    assert len(consensus) == statements
    np.testing.assert_allclose(consensus, list(told.values()), rtol=0, atol=1e-12)


def test_consensus_of_groups_counts_who_rates_high_of_those_who_rated():
    answers = answers_of("""
        ana eng   5 1 4
        ben eng   4 5 ?
        cem sales 3 5 .
        dee sales 4 5 .
        eva exec  1 . .
    """)

    consensus = consensus_of_groups(tally_of(answers), [("ana", "ben"), ("dee", "cem")])

    # 3/4 x 2/4, 2/4 x 3/4, and 2/3 x 1/2: nobody of the second rated the third. Eva is in no group.
    assert consensus == pytest.approx([3 / 8, 3 / 8, 1 / 3])
    assert consensus_of_groups(tally_of(answers), []).tolist() == [1, 1, 1]


@pytest.mark.parametrize(("agreed", "seen"), [([[3]], [[2]]), ([[-1]], [[2]]), ([[1, 1]], [[2]]), ([1], [2])])
def test_counts_that_cannot_be_are_refused(agreed, seen):
    with pytest.raises(ValueError, match="agree"):
        group_informed_consensus(agreed, seen)
