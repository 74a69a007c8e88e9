import itertools
from fractions import Fraction

import numpy as np
import pytest
from scipy import integrate, stats

from alignment.divergence import Finding
from alignment.divergence.rank import RankOverlap, rank_findings, rank_overlap, share_between
from alignment.divergence.scored import YesNoTally
from tests.divergence.sessions import answers_from, answers_of, tally_of


def overlap(table, **further):
    return rank_overlap(tally_of(answers_of(table, **further)))


def starred(stars, roles=None, *, asked=None, kinds=None):
    """A tally of people who rate all they were asked with 3 and star what `stars` says."""
    stars = np.asarray(stars, dtype=bool)
    ratings = np.where(np.ones(stars.shape, bool) if asked is None else asked, 3.0, np.nan)
    roles = ["eng"] * len(stars) if roles is None else list(roles)
    return tally_of(answers_from(ratings, roles, lenses=dict.fromkeys(roles, "none"), star=stars, kinds=kinds))


def divided(tally):
    return [finding for finding in rank_findings(tally) if finding.variant == ""]


def by_role(tally):
    return [finding for finding in rank_findings(tally) if finding.variant == "role"]


def test_overlap_is_shared_picks_against_chance():
    told = overlap("""
        ana eng 5* 5* 3  2 1 3
        ben eng 5* 4* 3  2 1 3
        cem eng 5* 3  4* 2 1 3
    """)

    # Shared: ana and ben 2, ana and cem 1, ben and cem 1: 4/3 of 2. Chance: 2 x 2 / 6. (4/3 - 2/3) / (2 - 2/3).
    assert told.value == pytest.approx(0.5)
    assert (told.people, told.items) == (3, 6)
    assert (told.mean_shared, told.by_chance, told.at_most) == (
        pytest.approx(4 / 3),
        pytest.approx(2 / 3),
        pytest.approx(2.0),
    )
    # Without cem (2 - 2/3) / (4/3) = 1; without ana or ben 1/4. Mean 1/2, squares 1/4 + 1/16 + 1/16 = 3/8.
    margin = stats.t.ppf(0.95, 2) * np.sqrt(2 / 3 * 3 / 8)
    assert told.low == pytest.approx(-0.5)  # the interval would end at 1/2 - margin = -.96, but none can share less
    assert margin > 1
    assert told.high == 1.0
    assert not told.aligned


def test_everybody_with_the_same_picks_is_one_and_nobody_with_a_common_pick_below_zero():
    same = starred([[1, 1, 0, 0, 0, 0]] * 4)
    apart = starred([[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1]])

    assert rank_overlap(same) == RankOverlap(1.0, 1.0, 1.0, 4, 6, 2.0, pytest.approx(2 / 3), 2.0)
    assert rank_overlap(same).aligned
    assert rank_overlap(apart).value == pytest.approx(-0.5)  # (0 - 1/3) / (1 - 1/3)
    assert rank_overlap(apart).high == pytest.approx(-0.5)


def test_a_short_list_inside_a_long_one_is_no_disagreement():
    told = rank_overlap(starred([[1, 1, 1, 0, 0, 0], [1, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0]]))

    # Shared 1 2 1 of at most 1 2 1; by chance 3/6, 6/6, 2/6.
    assert told.value == 1.0
    assert (told.mean_shared, told.at_most) == (pytest.approx(4 / 3), pytest.approx(4 / 3))
    assert told.by_chance == pytest.approx(11 / 6 / 3)


def test_people_without_a_star_and_alternatives_are_left_out():
    with_more = overlap(
        """
        ana eng 5* 5* 3  2 5*
        ben eng 5* 4* 3  2 5*
        cem eng 5* 3  4* 2 5
        dee eng 5  5  5  5 5
        eva eng 5  5  5  5 5*
    """,
        kinds=["goal", "pain", "goal", "pain", "alternative"],
    )

    assert with_more == overlap("""
        ana eng 5* 5* 3  2
        ben eng 5* 4* 3  2
        cem eng 5* 3  4* 2
    """)


def test_only_what_two_were_both_asked_about_is_compared():
    told = overlap("""
        ana eng 5* 5* 3 .  2
        ben eng 5* .  3 4* 2
        cem eng 5* 3* 3 2  2
    """)

    # ana, ben: of 3 common items 1 and 1 picked, 1 shared, chance 1/3. ana, cem: of 4, 2 and 2, 2 shared, chance 1.
    # ben, cem: of 4 items 2 (i1 i4) and 1 (i1) picked, 1 shared of at most 1, chance 2/4.
    assert told.value == 1.0
    assert told.mean_shared == pytest.approx(4 / 3)
    assert told.by_chance == pytest.approx((1 / 3 + 1 + 1 / 2) / 3)


def test_a_star_on_what_was_not_asked_is_no_pick():
    asked = np.array([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 1, 1]], dtype=bool)
    told = rank_overlap(starred([[1, 0, 0, 0], [1, 0, 0, 1], [1, 0, 0, 0]], asked=asked))

    assert (told.value, told.mean_shared) == (1.0, 1.0)


def test_below_three_people_with_a_star_nothing_is_told():
    silent = RankOverlap(None, None, None, 2, 3, None, None, None)

    assert rank_overlap(starred([[1, 0, 0], [1, 0, 0], [0, 0, 0]])) == silent
    assert not silent.aligned
    assert rank_overlap(starred(np.zeros((4, 3)))) == RankOverlap(None, None, None, 0, 0, None, None, None)
    assert rank_overlap(starred(np.zeros((0, 3)))).people == 0
    assert rank_overlap(starred(np.zeros((4, 0)))).items == 0


def test_beside_people_who_pick_all_they_can_there_is_nothing_to_tell():
    told = rank_overlap(starred(np.ones((4, 3))))
    beside = rank_overlap(starred([[1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 0, 0]]))  # by chance 1 of at most 1

    assert (told.value, told.low, told.high, told.mean_shared, told.by_chance) == (None, None, None, 3.0, 3.0)
    assert beside.value is None


def overlap_by_hand(stars, asked):
    """The overlap worked out pair by pair in fractions, of the people given."""
    over = room = Fraction(0)
    for one, other in itertools.combinations(range(len(stars)), 2):
        common = asked[one] & asked[other]
        first, second = (int((stars[who] & common).sum()) for who in (one, other))
        if not common.any():
            continue
        chance = Fraction(first * second, int(common.sum()))
        over += int((stars[one] & stars[other]).sum()) - chance
        room += min(first, second) - chance
    return float(over / room)


@pytest.mark.parametrize("missing", [0, 0.3])
def test_overlap_and_interval_are_those_of_a_comparison_pair_by_pair(missing):
    rng = np.random.default_rng(7)
    for people in (3, 5, 11):
        asked = rng.random((people, 14)) >= missing
        stars = asked & (rng.random((people, 14)) < rng.uniform(0.1, 0.6, (people, 1)))
        stars[:, 0] |= asked[:, 0]
        who = stars.any(axis=1)
        stars, asked = stars[who], asked[who]

        told = rank_overlap(starred(stars, asked=asked))

        assert told.value == pytest.approx(overlap_by_hand(stars, asked))
        without = np.array([overlap_by_hand(np.delete(stars, p, 0), np.delete(asked, p, 0)) for p in range(len(stars))])
        error = np.sqrt((len(stars) - 1) * without.var())
        assert told.low <= told.value <= told.high
        if told.high < 1:
            assert told.high - told.value == pytest.approx(stats.t.ppf(0.95, len(stars) - 1) * error)


def test_the_order_of_people_and_items_changes_nothing():
    table = """
        ana eng   5* 5* 3  2  1
        ben eng   5* .  3* 2  1
        cem sales 5* 3  4* 2* 1
        dee sales 5* 3  4* 2* 1
    """
    lines = table.strip().splitlines()

    assert overlap("\n".join(reversed(lines))) == overlap(table)
    turned = "\n".join(" ".join(line.split()[:2] + line.split()[:1:-1]) for line in lines)
    assert overlap(turned).value == pytest.approx(overlap(table).value)


def test_what_half_pick_and_half_do_not_divides_the_team():
    tally = starred([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 0]])

    # i1 2 of 4: 4 x 1/2 x 1/2 = 1. The first is picked by all, the last by one.
    assert divided(tally) == [
        Finding(
            kind="rank",
            item="i0001",
            tier="possible",
            severity=1.0,
            numbers={"people": 4, "picked": 2, "not_picked": 2, "posterior": pytest.approx(0.535, abs=1e-3)},
        )
    ]


@pytest.mark.parametrize(
    ("picked", "people", "tiers"),
    [
        (1, 3, []),  # a third, but one person only
        (2, 6, ["possible"]),
        (4, 6, ["possible"]),
        (2, 7, []),
        (5, 7, []),
        (6, 12, ["possible"]),
        (7, 14, ["likely"]),
        (10, 30, ["possible"]),
        (13, 30, ["likely"]),
        (9, 30, []),
    ],
)
def test_a_third_to_two_thirds_divide_and_many_near_a_half_do_so_likely(picked, people, tiers):
    stars = np.zeros((people, 3), dtype=bool)
    stars[:picked, 0] = stars[:, 1] = True

    assert [finding.tier for finding in divided(starred(stars))] == tiers


def test_severity_of_a_third_is_eight_ninths():
    stars = np.zeros((6, 2), dtype=bool)
    stars[:2, 0] = stars[:, 1] = True

    assert [finding.severity for finding in divided(starred(stars))] == [pytest.approx(8 / 9)]


def test_those_without_a_star_and_those_who_were_not_asked_stand_on_no_side():
    asked = np.ones((7, 2), dtype=bool)
    asked[6, 0] = False
    stars = np.zeros((7, 2), dtype=bool)
    stars[:2, 0] = stars[:4, 1] = stars[6, 1] = True

    # Of the first item: people 0-3 starred something and were asked, 4 and 5 starred nothing, 6 was not asked.
    assert [(f.item, f.numbers["picked"], f.numbers["people"]) for f in divided(starred(stars, asked=asked))] == [
        ("i0000", 2, 4)
    ]


def test_the_belief_in_a_share_is_the_area_under_its_density():
    for some, people in ((0, 4), (3, 7), (15, 30)):
        area, _ = integrate.quad(stats.beta(0.5 + some, 0.5 + people - some).pdf, 0.25, 0.75)
        assert share_between(some, people, low=0.25, high=0.75) == pytest.approx(area)


# Three in sales star the first item, nobody else does; all share the other stars.
SALES = [[1, 1, 1, 0, 0, 0, 0, 0, 0, 0]] * 3
REST = [[0, 1, 1, 1, 0, 0, 0, 0, 0, 0]] * 9


def test_a_role_that_alone_puts_something_first_is_told_in_people():
    tally = starred(SALES + REST, ["sales"] * 3 + ["eng"] * 5 + ["pm"] * 4)

    (finding,) = [f for f in by_role(tally) if f.item == "i0000"]

    assert (finding.kind, finding.groups, finding.grouping, finding.tier) == ("rank", ("sales",), "role", "likely")
    numbers = dict(finding.numbers)
    assert [numbers[name] for name in ("people", "picked", "people_rest", "picked_rest")] == [3, 3, 9, 0]
    # The shares differ by 1 on i1 and by -1 on i4, elsewhere by 0: the shift, their median, is 0.
    assert (numbers["gap"], numbers["shift"], numbers["net_gap"]) == (1.0, 0.0, 1.0)
    assert 0.5 < numbers["believed_gap"] < 1
    assert finding.severity == pytest.approx(numbers["believed_gap"] * numbers["posterior"])


def test_the_variance_of_picks_comes_from_the_share_of_the_item():
    tally = starred(SALES + REST, ["sales"] * 3 + ["eng"] * 9)
    scores = np.where(tally.answers.star, 2.0, 1.0)
    scored = YesNoTally(answers=tally.answers, thresholds=tally.thresholds, scores=scores)

    squares, freedom = scored.kin_squares

    # Nobody differs from their own role, so only 4 x p(1-p) is left, with p = 3.5/13 on the first item.
    assert squares[0] == pytest.approx(4 * 3.5 / 13 * 9.5 / 13)
    assert freedom.tolist() == [10] * 10
    assert scored.noise == 0
    assert scored.levels == 2


def test_with_five_people_or_without_a_second_role_no_role_is_likely():
    stars = np.array(([[1, 1, 0, 0, 0, 0, 0, 0, 0, 0]] * 2) + ([[0, 1, 1, 0, 0, 0, 0, 0, 0, 0]] * 3))

    assert {finding.tier for finding in by_role(starred(stars, ["sales"] * 2 + ["eng"] * 3))} <= {"possible"}
    assert by_role(starred(SALES + REST)) == []
    assert by_role(starred(np.zeros((6, 3)), ["sales"] * 3 + ["eng"] * 3)) == []


def test_picking_the_others_turns_role_gaps_round():
    stars = np.array(SALES + REST, dtype=bool)
    roles = ["sales"] * 3 + ["eng"] * 5 + ["pm"] * 4

    there, back = by_role(starred(stars, roles)), by_role(starred(~stars, roles))

    assert there
    assert [(f.item, f.groups, f.tier) for f in there] == [(f.item, f.groups, f.tier) for f in back]
    assert [f.numbers["gap"] for f in there] == pytest.approx([-f.numbers["gap"] for f in back])


def test_a_scale_of_ten_for_importance_changes_nothing():
    table = """
        ana eng   5* 5* 3  2  1
        ben eng   5* 3  3* 2  1
        cem sales 5* 3  4* 2* 1
        dee sales 5* 3  4* 2* 1
    """

    short, long = (tally_of(answers_of(table, levels=levels)) for levels in (5, 10))

    assert rank_overlap(short) == rank_overlap(long)
    assert rank_findings(short) == rank_findings(long)
    assert [f.item for f in divided(short)] == ["i4"]


def invented(rng, people, *, core, items=20, stars=5):
    """Picks by what each item is worth to all, with standard deviation `core`, and to each person, with 1."""
    worth = rng.normal(0, core, items) + rng.normal(0, 1, (people, items))
    return np.argsort(np.argsort(-worth, axis=1), axis=1) < stars


@pytest.mark.parametrize(("people", "power"), [(4, 0.37), (8, 0.91), (12, 0.99)])
def test_aligned_is_told_as_often_as_simulated(people, power):
    rng = np.random.default_rng(400 + people)
    random = [rank_overlap(starred(invented(rng, people, core=0))).aligned for _ in range(150)]
    shared = [rank_overlap(starred(invented(rng, people, core=0.95))).aligned for _ in range(150)]

    assert np.mean(random) <= 0.04  # simulated with the rule: .003 to .022
    assert np.mean(shared) == pytest.approx(power, abs=0.08)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(90)
    held = []
    for _ in range(120):
        team = invented(rng, 100, core=0.95)
        truth = rank_overlap(starred(team)).value
        told = rank_overlap(starred(team[:8]))
        held.append(told.low <= truth <= told.high)

    assert 0.88 <= np.mean(held) <= 0.995


def test_roles_without_a_gap_hardly_ever_show_a_likely_one():
    rng = np.random.default_rng(91)
    for sizes, any_false in (((3, 3, 2), 0.0), ((3, 3, 3, 3), 0.06)):
        roles = np.repeat(["eng", "pm", "sales", "exec"][: len(sizes)], sizes)
        flags = []
        for _ in range(80):
            found = by_role(starred(invented(rng, roles.size, core=0.5), roles))
            flags.append(any(f.tier == "likely" for f in found))
        assert np.mean(flags) == pytest.approx(any_false, abs=0.06)


def test_items_divide_people_who_pick_at_random_as_often_as_simulated():
    rng = np.random.default_rng(92)
    for people, share in ((4, 0.21), (6, 0.46), (12, 0.34)):
        stars = rng.random((people, 4000)) < 0.25
        assert len(divided(starred(stars))) / 4000 == pytest.approx(share, abs=0.04)
