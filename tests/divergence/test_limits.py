"""What is exactly at a limit, and what is just beside it."""

import math

import numpy as np
import pytest
from scipy import stats

from alignment.divergence import Links
from alignment.divergence.contested import contested_findings
from alignment.divergence.illusion import illusion, item_illusions
from alignment.divergence.rank import rank_findings, rank_overlap
from alignment.divergence.role_gap import role_gap_findings, role_shifts
from alignment.divergence.scattered import scattered_findings
from alignment.divergence.structure import link_overlap, structure_findings
from tests.divergence.sessions import LENSES, answers_from, answers_of, one_item, tally_of


def tiers_at(rule, answers, limit, value):
    """Tiers of what a rule finds with a limit at this value, and with the limit just above it."""
    return tuple(
        [found.tier for found in rule(tally_of(answers, **{limit: at}))] for at in (value, math.nextafter(value, 9))
    )


# -- scattered ---------------------------------------------------------------------------------------------------------
def test_scattered_answers_are_those_at_the_limit_of_agreement_or_below():
    answers = one_item([1, 2, 3, 3, 4, 5, 3])
    (finding,) = scattered_findings(tally_of(answers))
    agreement, high = finding.numbers["agreement"], finding.numbers["agreement_high"]

    assert finding.tier == "possible"
    assert len(scattered_findings(tally_of(answers, scattered_agreement=agreement))) == 1
    assert scattered_findings(tally_of(answers, scattered_agreement=math.nextafter(agreement, -9))) == []
    # Likely takes an interval that ends below what a consensus needs, not at it.
    assert tiers_at(scattered_findings, answers, "consensus_agreement", high) == (["possible"], ["likely"])


def test_what_a_session_calls_a_split_is_not_scattered():
    answers = one_item([1, 2, 3, 3, 3, 4, 5])

    assert [f.kind for f in scattered_findings(tally_of(answers))] == ["scattered"]
    assert scattered_findings(tally_of(answers, end_share=0.2, camp_people=1, camp_share_possible=0.1)) != []
    assert scattered_findings(tally_of(answers, camp_share_possible=0.25, split_agreement=0.2, valley_p=1)) == []


def test_an_item_that_nobody_answers_is_not_contested():
    assert contested_findings(tally_of(answers_of("a1 eng -\n a2 eng -"), contested_people=0, contested_high=0)) == []


# -- rank --------------------------------------------------------------------------------------------------------------
def picked(stars, roles=None):
    """Everybody rated everything 3 and starred these items."""
    stars = np.asarray(stars, dtype=bool)
    roles = ["eng"] * len(stars) if roles is None else roles
    return answers_from(np.full(stars.shape, 3), roles, star=stars)


def test_two_of_three_are_no_two_sides():
    assert rank_findings(tally_of(picked([[1, 0], [1, 0], [0, 1]]))) == []
    assert len(rank_findings(tally_of(picked([[1, 0], [1, 0], [0, 1]]), rank_people=1))) == 2


def test_a_divided_item_is_likely_where_the_belief_reaches_the_limit_and_people_are_more_than_a_handful():
    answers = picked([[1, 0]] * 10 + [[0, 1]] * 10)
    posterior = rank_findings(tally_of(answers))[0].numbers["posterior"]

    assert tiers_at(rank_findings, answers, "likely", posterior) == (["likely"] * 2, ["possible"] * 2)
    five, six = picked([[1, 0]] * 2 + [[0, 1]] * 3), picked([[1, 0]] * 3 + [[0, 1]] * 3)
    assert [f.tier for f in rank_findings(tally_of(five, likely=0.1))] == ["possible"] * 2
    assert [f.tier for f in rank_findings(tally_of(six, likely=0.1))] == ["likely"] * 2


def test_how_far_roles_have_to_pick_apart_and_how_sure_a_share_is_are_limits_of_their_own():
    stars = np.eye(10, dtype=bool)[[0] * 8 + [3, 4, 5, 6, 7, 8, 9, 3]]
    answers = picked(stars, ["eng"] * 8 + ["sales"] * 8)

    def by_role(**limits):
        return [f for f in rank_findings(tally_of(answers, **limits)) if f.variant == "role"]

    (usual,) = by_role()
    assert usual.item == "i0000"
    assert by_role(rank_gap=1.2) == []
    assert by_role(gap=0.9) == [usual]
    assert by_role(rank_prior_df=2.0)[0].numbers["posterior"] != usual.numbers["posterior"]
    assert by_role(variance_prior_df=2.0) == [usual]


def test_where_all_pick_all_they_can_people_and_items_are_told_still():
    told = rank_overlap(tally_of(picked(np.ones((3, 2)))))

    assert (told.value, told.people, told.items) == (None, 3, 2)
    assert (told.mean_shared, told.by_chance, told.at_most) == (2, 2, 2)


# -- structure ---------------------------------------------------------------------------------------------------------
def linked(drawn, roles=None, lenses=LENSES):
    """Everybody holds all items; item 0 is where all links lead."""
    drawn = np.asarray(drawn, dtype=float)
    people, links = drawn.shape
    keys = [("blocks", f"i{link + 1:04d}", "i0000") for link in range(links)]
    roles = ["eng"] * people if roles is None else roles
    return answers_from(np.full((people, links + 1), 3), roles, lenses=lenses, links=Links(keys, drawn))


def blind(answers, **limits):
    return [f for f in structure_findings(tally_of(answers, **limits)) if f.groups]


def jaccard(one, other):
    both, either = np.count_nonzero(one & other), np.count_nonzero(one | other)
    return both / either if either else np.nan


def test_the_interval_of_the_overlap_leaves_out_each_person_with_all_their_pairs():
    drawn = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0], [0, 1, 1, 1], [0, 0, 0, 0]], dtype=bool)

    told = link_overlap(tally_of(linked(drawn)), rng=np.random.default_rng(1))

    def mean(people):
        return np.nanmean([jaccard(drawn[a], drawn[b]) for a in people for b in people if a < b])

    without = np.array([mean([p for p in range(5) if p != out]) for out in range(5)])
    error = np.sqrt(4 / 5 * ((without - without.mean()) ** 2).sum())
    margin = stats.t.ppf(0.95, 4) * error
    assert told.value == pytest.approx(mean(range(5)))
    assert (told.low, told.high) == pytest.approx((max(0, told.value - margin), told.value + margin))


def test_a_person_with_a_single_pair_counts_in_the_interval():
    told = link_overlap(
        tally_of(linked([[1, 1, np.nan], [1, 0, 1], [np.nan, np.nan, 1], [0, 1, np.nan]])), rng=np.random.default_rng(1)
    )

    # First and second 1 of 2, first and fourth 1 of 2, second and fourth 0 of 2, second and third 1 of 1.
    assert (told.people, told.value) == (4, pytest.approx(2 / 4))
    # Without each: 1/2, 1/2, 1/3, 3/4 (the third has one pair); t(3) at .95.
    without = np.array([(0 + 1) / 2, 1 / 2, 1 / 3, (1 / 2 + 1) / 2])
    error = np.sqrt(3 / 4 * ((without - without.mean()) ** 2).sum())
    assert told.high == pytest.approx(min(1, 0.5 + stats.t.ppf(0.95, 3) * error))


def test_who_shares_no_drawn_link_with_anybody_is_no_person_of_the_interval():
    known = [[1, 1, 0, np.nan], [1, 0, 1, np.nan], [0, 1, 1, np.nan], [1, 0, 0, np.nan]]

    def told(drawn):
        return link_overlap(tally_of(linked(drawn)), rng=np.random.default_rng(1))

    beside = told([*known, [np.nan, np.nan, np.nan, 0]])

    assert (beside.people, beside.low, beside.high) == (4, told(known).low, told(known).high)


def test_a_sample_of_people_holds_nobody_twice():
    answers = linked(np.eye(6))

    told = [link_overlap(tally_of(answers, link_sample=4), rng=np.random.default_rng(seed)) for seed in range(8)]

    # Nobody draws what another draws, so whoever is compared with themselves would show.
    assert {(each.people, each.value) for each in told} == {(4, 0)}


def test_a_chance_at_the_limit_is_rare_enough():
    answers = linked([[1, 1, 0, 0, 0, 0]] * 4)
    p = link_overlap(tally_of(answers), rng=np.random.default_rng(1)).p

    def aligned(limit):
        return link_overlap(tally_of(answers, link_chance_p=limit), rng=np.random.default_rng(1)).aligned

    assert (aligned(p), aligned(math.nextafter(p, 0))) == (True, False)


def test_a_link_is_a_blind_spot_under_the_limits_of_blind_spots():
    answers = linked([[1]] * 9 + [[0]] * 3, ["eng"] * 9 + ["sales"] * 3)
    (finding,) = blind(answers)
    posterior = finding.numbers["posterior"]

    assert (finding.groups, finding.tier) == (("sales",), "likely")
    assert len(blind(answers, possible=posterior)) == 1
    assert blind(answers, possible=math.nextafter(posterior, 1)) == []
    assert [f.tier for f in blind(answers, likely=posterior)] == ["likely"]
    assert [f.tier for f in blind(answers, likely=math.nextafter(posterior, 1))] == ["possible"]
    assert blind(answers, blind_prior=0.001) == []


def test_a_link_is_a_blind_spot_where_a_fifth_of_the_group_and_half_of_the_others_draw_it():
    def groups(drew, others_drew, size=10, others=10):
        marks = [[1]] * others_drew + [[0]] * (others - others_drew) + [[1]] * drew + [[0]] * (size - drew)
        return [f.groups for f in blind(linked(marks, ["eng"] * others + ["sales"] * size), possible=0.2)]

    assert (groups(2, 10), groups(3, 10)) == ([("sales",)], [])
    assert (groups(0, 5), groups(0, 4)) == ([("sales",)], [])
    assert groups(0, 1, others=1) == [("sales",)]
    assert groups(0, 2, size=2, others=2) == [("sales",)]
    assert groups(0, 1, size=2, others=1) == [("sales",)]
    assert groups(0, 0, others=0) == []


def test_with_five_people_a_sure_blind_spot_on_a_link_is_possible_only():
    answers = linked([[1]] * 3 + [[0]] * 2, ["eng"] * 3 + ["sales"] * 2)

    assert [f.tier for f in blind(answers, likely=0.1, possible=0.1)] == ["possible"]


def test_small_roles_miss_a_link_through_their_lens():
    answers = linked([[1]] * 8 + [[0]] * 2, ["eng"] * 8 + ["exec", "pm"])

    assert [(f.groups, f.grouping) for f in blind(answers)] == [(("decide",), "lens")]


def test_a_link_that_half_draw_is_likely_to_divide_where_the_belief_reaches_the_limit():
    answers = linked([[1]] * 8 + [[0]] * 8)
    posterior = structure_findings(tally_of(answers))[0].numbers["posterior"]

    assert tiers_at(structure_findings, answers, "likely", posterior) == (["likely"], ["possible"])
    five, six = linked([[1]] * 2 + [[0]] * 3), linked([[1]] * 3 + [[0]] * 3)
    assert [f.tier for f in structure_findings(tally_of(five, likely=0.1))] == ["possible"]
    assert [f.tier for f in structure_findings(tally_of(six, likely=0.1))] == ["likely"]


def test_a_link_that_three_of_four_draw_has_nobody_else_on_the_other_side():
    assert structure_findings(tally_of(linked([[1]] * 3 + [[0]]))) == []


# -- illusion ----------------------------------------------------------------------------------------------------------
def test_an_illusion_takes_more_than_a_handful_to_be_likely():
    def tier(people):
        ratings = [1] * (people // 2) + [5] * (people - people // 2)
        return illusion(tally_of(one_item(ratings, expected=ratings))).tier

    assert (tier(5), tier(6)) == ("possible", "likely")


def test_the_interval_of_an_illusion_ends_with_the_scale():
    answers = one_item([1, 1, 5, 5], expected=[1, 5, 1, 5])

    told = item_illusions(tally_of(answers))["i0000"]

    # 4 0 0 4 points towards oneself: 2, and t(3) times 2.31 / 2 is 2.7 to either side.
    assert (told.low, told.high) == (pytest.approx(2 - stats.t.ppf(0.95, 3) * 2 / 3**0.5), 4)


# -- role gap ----------------------------------------------------------------------------------------------------------
def test_a_role_gap_at_the_limit_of_belief_is_told():
    answers = answers_of("""
        ana eng   1 3 4 2 5 3 2
        ben eng   2 3 4 3 4 3 2
        cem pm    1 4 3 2 5 3 3
        dee pm    2 3 4 2 5 2 2
        eva sales 5 3 4 2 5 3 2
        fay sales 4 4 4 3 4 3 3
        gus sales 5 3 3 2 5 2 2
    """)
    posterior = next(f for f in role_gap_findings(tally_of(answers)) if f.groups == ("sales",)).numbers["posterior"]
    above = math.nextafter(posterior, 1)

    def tiers(**limits):
        return [f.tier for f in role_gap_findings(tally_of(answers, **limits)) if f.groups == ("sales",)]

    assert (tiers(possible=posterior), tiers(possible=above)) == (["likely"], [])
    assert (tiers(likely=posterior), tiers(likely=above)) == (["likely"], ["possible"])


def test_two_of_twenty_are_not_too_few_beside_the_others():
    ratings = np.tile([3.0, 4, 2, 3, 4, 3], (20, 1))
    ratings[:2, 0] = 1

    (finding,) = role_gap_findings(tally_of(answers_from(ratings, ["sales"] * 2 + ["eng"] * 18)))
    (beside_more,) = role_gap_findings(
        tally_of(answers_from(np.vstack([ratings, ratings[-1:]]), ["sales"] * 2 + ["eng"] * 19))
    )

    assert (finding.tier, beside_more.tier) == ("likely", "possible")


def test_small_roles_have_gaps_and_shifts_through_their_lens():
    tally = tally_of(
        answers_of("""
        ana eng   1 3 4 2 5
        ben eng   1 3 4 3 4
        cem eng   1 4 3 2 5
        dee exec  5 4 4 3 5
        eva pm    5 4 4 3 5
        fay sales 1 3 4 2 5
        gus sales 1 3 4 2 5
    """)
    )

    found = [f for f in role_gap_findings(tally) if f.groups == ("decide",)]

    assert [(f.item, f.grouping) for f in found] == [("i1", "lens")]
    assert [(note.group, note.grouping) for note in role_shifts(tally)] == [
        ("eng", "role"),
        ("sales", "role"),
        ("decide", "lens"),
    ]
