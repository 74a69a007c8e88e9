import itertools

import numpy as np
import pytest

from alignment.divergence import Answers, Finding, Links
from alignment.divergence.structure import LinkOverlap, link_overlap, shuffled_overlaps, structure_findings
from tests.divergence.sessions import LENSES, answers_from, answers_of, tally_of

SEED = 410


def linked(drawn, roles=None, *, rated=None, **limits):
    """A tally in which the pains i0000… each block the goal "goal", as `drawn` says (people, pains)."""
    drawn = np.asarray(drawn, dtype=float)
    people, pains = drawn.shape
    ratings = np.full((people, pains + 1), 3.0) if rated is None else np.asarray(rated, dtype=float)
    keys = [("blocks", f"i{pain:04d}", f"i{pains:04d}") for pain in range(pains)]
    everybody = np.ones(ratings.shape, dtype=bool)
    roles = ["eng"] * people if roles is None else list(roles)
    return tally_of(
        answers_from(
            ratings, roles, lenses=LENSES | dict.fromkeys(roles, "none"), links=Links(keys, drawn), asked=everybody
        ),
        **limits,
    )


def overlap(tally, seed=SEED):
    return link_overlap(tally, rng=np.random.default_rng(seed))


def divided(tally):
    return [finding for finding in structure_findings(tally) if not finding.groups]


def by_role(tally):
    return [finding for finding in structure_findings(tally) if finding.groups]


NO = np.nan


def test_overlap_is_the_mean_share_of_links_that_both_drew_among_those_that_either_drew():
    told = overlap(linked([[1, 1, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0], [1, 0, 0, 1, 0, 0]]))

    # 2 of 3, 1 of 3, 1 of 4.
    assert told.value == pytest.approx((2 / 3 + 1 / 3 + 1 / 4) / 3)
    assert (told.people, told.links) == (3, 6)
    # Without the first 1/4, the second 1/3, the third 2/3; t(2) at .95 is 2.92, and none can share less than nothing.
    without = np.array([1 / 4, 1 / 3, 2 / 3])
    margin = 2.91999 * np.sqrt(2 / 3 * ((without - without.mean()) ** 2).sum())
    assert told.low == 0.0
    assert told.high == pytest.approx(min(1, told.value + margin), abs=1e-4)


def test_only_links_of_which_a_person_holds_both_ends_and_was_asked_about_count():
    # The third person does not hold the second pain, the fourth no goal at all, the fifth was asked about nothing.
    rated = [[3, 3, 3, 3], [3, 3, 3, 3], [3, NO, 3, 3], [3, 3, 3, NO], [3, 3, 3, 3]]
    told = overlap(linked([[1, 1, 0], [1, 0, 1], [1, 1, NO], [1, 1, 1], [NO, NO, NO]], rated=rated))

    # First and second 1 of 3; either of them and the third share the only link that the third could judge: 1.
    assert told.value == pytest.approx((1 / 3 + 1 + 1) / 3)
    assert (told.people, told.links) == (3, 3)


def test_a_statement_of_ones_own_is_holding_an_end():
    answers = answers_of("""
        ana eng 5  5
        ben eng 5w 5
        cem eng ?w 5
        dee eng ?  5
    """)
    links = Links([("blocks", "i1", "i2")], [[1], [1], [0], [0]])

    told = overlap(tally_of(Answers(**arguments(answers), links=links)))

    assert (told.people, told.value) == (3, pytest.approx(1 / 3))


def arguments(answers):
    names = ("people", "roles", "lenses", "items", "kinds", "importance", "levels", "asked", "unknown", "not_real")
    return {name: getattr(answers, name) for name in (*names, "star", "own")}


def test_two_who_drew_nothing_say_nothing_about_each_other():
    told = overlap(linked([[1, 0, 0], [1, 0, 0], [0, 0, 0], [0, 0, 0]]))

    # 1 for the first two, 0 for the four pairs of one who drew and one who did not; the last pair does not count.
    assert told.value == pytest.approx(1 / 5)
    assert told.people == 4


@pytest.mark.parametrize(
    "drawn",
    [
        np.zeros((4, 3)),
        np.full((4, 3), np.nan),
        np.zeros((4, 0)),
        [[1, 1], [1, 1]],
        np.zeros((0, 3)),
        [[1], [NO], [NO]],
    ],
)
def test_where_fewer_than_three_people_can_be_compared_nothing_is_told(drawn):
    told = overlap(linked(drawn))

    assert (told.value, told.low, told.high, told.by_chance, told.p, told.aligned) == (
        None,
        None,
        None,
        None,
        None,
        False,
    )
    assert divided(linked(drawn)) == []


def test_a_round_without_links_has_no_structure():
    tally = tally_of(answers_from(np.full((4, 3), 3.0), ["eng"] * 4))

    assert overlap(tally) == LinkOverlap(None, None, None, 0, 0)
    assert structure_findings(tally) == []


def overlap_by_hand(drawn):
    """The mean of Jaccard's index over pairs, pair by pair with sets."""
    told = []
    for one, other in itertools.combinations(drawn, 2):
        known = ~np.isnan(one) & ~np.isnan(other)
        first, second = (set(np.flatnonzero(known & (row == 1)).tolist()) for row in (one, other))
        if first | second:
            told.append(len(first & second) / len(first | second))
    return np.mean(told)


def test_overlap_and_interval_are_those_of_sets_compared_pair_by_pair():
    rng = np.random.default_rng(1)
    for people in (4, 9):
        drawn = (rng.random((people, 20)) < 0.3).astype(float)
        drawn[rng.random(drawn.shape) < 0.25] = np.nan

        told = overlap(linked(drawn))

        assert told.value == pytest.approx(overlap_by_hand(drawn))
        without = np.array([overlap_by_hand(np.delete(drawn, person, axis=0)) for person in range(people)])
        margin = {4: 2.35336, 9: 1.85955}[people] * np.sqrt((people - 1) * without.var())
        assert (told.low, told.high) == (
            pytest.approx(max(0, told.value - margin), abs=1e-4),
            pytest.approx(min(1, told.value + margin), abs=1e-4),
        )


def test_chance_is_the_mean_over_all_ways_to_place_as_many_links():
    drew = np.array([[1, 1, 0, 0, 0], [0, 1, 1, 0, 0], [1, 0, 0, 0, 0]], dtype=bool)
    could = np.array([[1, 1, 1, 1, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]], dtype=bool)

    told = shuffled_overlaps(drew, could, shuffles=20_000, rng=np.random.default_rng(2))

    # Written out: 6 places of two links among four for each of the first two people, 5 of one among five for the third.
    every = []
    two = list(itertools.combinations(range(4), 2))
    for first, second, third in itertools.product(two, two, range(5)):
        rows = np.zeros((3, 5))
        rows[0, list(first)] = rows[1, list(second)] = rows[2, third] = 1
        rows[:2, 4] = np.nan
        every.append(overlap_by_hand(rows))
    assert told.mean() == pytest.approx(np.mean(every), abs=0.005)
    assert told.std() == pytest.approx(np.std(every), abs=0.005)


def test_the_share_of_shuffles_that_reach_the_value_decides():
    same = overlap(linked([[1, 1, 1, 0, 0, 0, 0, 0]] * 4))
    apart = overlap(linked(np.kron(np.eye(4), [1, 1])))

    assert (same.value, same.p, same.aligned) == (1.0, 1 / 200, True)
    assert same.by_chance == pytest.approx(0.25, abs=0.05)
    assert (apart.value, apart.p, apart.aligned) == (0.0, 1.0, False)


def test_the_same_generator_gives_the_same_figures_and_order_changes_nothing():
    rng = np.random.default_rng(3)
    drawn = (rng.random((7, 12)) < 0.4).astype(float)
    answers = linked(drawn, ["eng", "pm", "eng", "pm", "eng", "pm", "eng"]).answers
    order, columns = rng.permutation(7), rng.permutation(12)
    turned = Answers(
        **arguments(answers)
        | {
            "people": [answers.people[row] for row in order],
            "roles": [answers.roles[row] for row in order],
            "own": None,
        },
        links=Links([answers.links.keys[column] for column in columns], drawn[np.ix_(order, columns)]),
    )

    assert overlap(tally_of(turned)) == overlap(linked(drawn))
    assert structure_findings(tally_of(turned)) == structure_findings(tally_of(answers))


def test_of_many_people_a_sample_is_compared():
    drawn = (np.random.default_rng(4).random((30, 20)) < 0.3).astype(float)

    told = overlap(linked(drawn, link_sample=10))

    assert told.people == 10
    assert told == overlap(linked(drawn, link_sample=10))
    assert overlap(linked(drawn, link_sample=30)).people == 30


def test_what_half_of_those_who_know_both_draw_divides_the_team():
    answers = answers_of("""
        ana eng 5 4
        ben eng 4 4
        cem eng 5 5
        dee eng 5 3
        eva eng 4 ?
    """)
    links = Links([("causes", "i2", "i1")], [[1], [1], [0], [0], [1]])

    # Eva does not know the second item. Means 4.6 and 4, as shares of 5: .92 and .8.
    assert structure_findings(tally_of(Answers(**arguments(answers), links=links))) == [
        Finding(
            kind="structure",
            variant="causes",
            item="i2",
            to_item="i1",
            tier="possible",
            severity=pytest.approx((0.92 + 0.8) / 2),
            numbers={
                "people": 4,
                "drew": 2,
                "did_not": 2,
                "posterior": pytest.approx(0.75, abs=0.005),
                "mean": pytest.approx(4.0),
                "mean_to": pytest.approx(4.6),
            },
        )
    ]


@pytest.mark.parametrize(
    ("drew", "people", "tiers"),
    [
        (1, 3, []),  # a third, but one person only
        (1, 4, []),
        (2, 5, ["possible"]),
        (3, 6, ["likely"]),
        (2, 8, ["possible"]),
        (6, 8, ["possible"]),
        (4, 8, ["likely"]),
        (7, 8, []),
        (2, 9, []),
        (10, 30, ["likely"]),
        (8, 30, ["possible"]),
        (7, 30, []),
    ],
)
def test_a_quarter_to_three_quarters_divide(drew, people, tiers):
    assert [finding.tier for finding in divided(linked([[1]] * drew + [[0]] * (people - drew)))] == tiers


def test_severity_falls_towards_a_quarter():
    # 4 x 1/4 x 3/4 = .75, both ends rated 3 of 5 by all.
    assert [finding.severity for finding in divided(linked([[1]] * 2 + [[0]] * 6))] == [pytest.approx(0.75 * 0.6)]


def test_ends_that_nobody_rated_count_with_the_middle_of_the_scale():
    answers = answers_of("\n".join(f"p{person} eng .w .w" for person in range(4)))
    links = Links([("blocks", "i1", "i2")], [[1], [1], [0], [0]])

    (finding,) = structure_findings(tally_of(Answers(**arguments(answers), links=links)))

    assert (finding.severity, finding.numbers["mean"], finding.numbers["mean_to"]) == (pytest.approx(0.6), None, None)


def test_where_more_people_are_needed_fewer_are_silent():
    assert len(divided(linked([[1], [1], [0], [0]], min_raters=4))) == 1
    assert divided(linked([[1], [1], [0], [0]], min_raters=5)) == []


def test_a_role_that_draws_nothing_where_most_others_do_is_blind_to_the_link():
    drawn = [[0]] * 3 + [[1]] * 8 + [[0]]
    (finding,) = by_role(linked(drawn, ["sales"] * 3 + ["eng"] * 5 + ["pm"] * 4))

    assert (finding.kind, finding.item, finding.to_item, finding.variant) == ("structure", "i0000", "i0001", "blocks")
    assert (finding.groups, finding.grouping, finding.tier) == (("sales",), "role", "likely")
    # The posterior of the rule of blind spots: see its test.
    posterior = pytest.approx(0.905, abs=5e-4)
    assert finding.numbers == {
        "group": 3,
        "drew": 0,
        "others": 9,
        "others_drew": 8,
        "posterior": posterior,
        "mean": 3.0,
        "mean_to": 3.0,
    }
    assert finding.severity == pytest.approx(finding.numbers["posterior"] * 0.6)


def test_a_role_that_does_not_know_both_ends_is_not_blind_to_the_link():
    rated = np.full((12, 2), 3.0)
    rated[:2, 0] = np.nan

    assert by_role(linked([[0]] * 3 + [[1]] * 9, ["sales"] * 3 + ["eng"] * 9, rated=rated)) == []


def test_with_five_people_no_role_is_likely_and_with_one_role_there_is_none():
    drawn = [[0]] * 2 + [[1]] * 3

    assert [finding.tier for finding in by_role(linked(drawn, ["sales"] * 2 + ["eng"] * 3))] == ["possible"]
    assert by_role(linked(drawn)) == []


def test_on_scales_of_two_and_of_ten_levels_the_same_links_divide():
    links = Links([("blocks", "i0000", "i0001")], [[1], [1], [0], [0]])
    for levels in (2, 10):
        tally = tally_of(answers_from(np.full((4, 2), float(levels)), ["eng"] * 4, levels=levels, links=links))
        assert [finding.severity for finding in structure_findings(tally)] == [1.0]


def own_pace(rng, people, links=60):
    """Links drawn at random, by some people more often than by others."""
    return (rng.random((people, links)) < rng.uniform(0.05, 0.35, (people, 1))).astype(float)


def shared_core(rng, people, links=60):
    """Eight links that most draw, and others that one in ten draws."""
    return (rng.random((people, links)) < np.where(np.arange(links) < 8, 0.6, 0.1)).astype(float)


@pytest.mark.parametrize(("people", "power"), [(4, 0.91), (6, 1), (12, 1)])
def test_shuffled_people_are_rarely_aligned_and_those_with_a_shared_core_nearly_always(people, power):
    rng = np.random.default_rng(SEED + people)

    chance = [overlap(linked(own_pace(rng, people)), seed).aligned for seed in range(150)]
    shared = [overlap(linked(shared_core(rng, people)), seed).aligned for seed in range(60)]

    assert np.mean(chance) == pytest.approx(0.04, abs=0.05)  # simulated with the rule: .02 to .05
    assert np.mean(shared) == pytest.approx(power, abs=0.1)


@pytest.mark.parametrize(
    ("role", "others", "false", "power"), [(2, 6, (0.011, 0.029), (0.24, 0.59)), (3, 9, (0.004, 0.007), (0.38, 0.79))]
)
def test_roles_are_blind_to_links_as_often_as_to_items(role, others, false, power):
    rng = np.random.default_rng(role)
    drawn = (rng.random((role + others, 1500)) < 0.8).astype(float)
    blind = drawn.copy()
    blind[:role] = rng.random((role, 1500)) < 0.05

    for given, (likely, possible) in ((drawn, false), (blind, power)):
        found = [f for f in by_role(linked(given, ["sales"] * role + ["eng"] * others)) if f.groups == ("sales",)]
        assert sum(f.tier == "likely" for f in found) / 1500 == pytest.approx(likely, abs=0.04)
        assert len(found) / 1500 == pytest.approx(possible, abs=0.04)
