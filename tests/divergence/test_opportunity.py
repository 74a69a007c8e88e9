import dataclasses

import numpy as np
import pytest

from alignment.divergence.opportunity import (
    RoleOpportunity,
    opportunity_by_role,
    opportunity_findings,
    opportunity_scores,
)
from tests.divergence.sessions import answers_from, answers_of, tally_of

NO = np.nan


def with_satisfaction(table, satisfaction, *, levels=5, satisfaction_levels=5):
    answers = answers_of(table, levels=levels)
    return tally_of(dataclasses.replace(answers, satisfaction=satisfaction, satisfaction_levels=satisfaction_levels))


def means(tally):
    return {(cell.role, cell.item): (cell.people, pytest.approx(cell.mean)) for cell in opportunity_by_role(tally)}


def test_the_score_is_importance_and_what_it_lacks_in_satisfaction_both_from_one_to_ten():
    # Points 1 2 3 4 5 of five are 1, 3.25, 5.5, 7.75 and 10.
    scores = opportunity_scores([[5, 5, 4, 2, 1, 1]], [[1, 5, 2, 4, 1, 5]], levels=5, satisfaction_levels=5)

    assert scores.tolist() == [[10 + 9, 10, 7.75 + 4.5, 3.25, 1, 1]]


def test_scales_of_different_length_are_made_equally_long_first():
    # 3 of 3 is 10, 7 of 10 is 7; 2 of 3 is 5.5; 1 of 2 is 1.
    assert opportunity_scores([[3, 2]], [[7, 7]], levels=3, satisfaction_levels=10).tolist() == [[13, 5.5]]
    assert opportunity_scores([[4, 10]], [[1, 2]], levels=10, satisfaction_levels=2).tolist() == [[7, 10]]
    assert opportunity_scores([[1, 2]], [[1, 1]], levels=2, satisfaction_levels=2).tolist() == [[1, 19]]


def test_fewer_points_can_be_asked_for():
    assert opportunity_scores([[5]], [[2]], levels=5, satisfaction_levels=5, points=5).tolist() == [[5 + 3]]


def test_who_did_not_answer_both_has_no_score():
    scores = opportunity_scores([[NO, 3, NO]], [[3, NO, NO]], levels=5, satisfaction_levels=5)

    assert np.isnan(scores).all()


@pytest.mark.parametrize(("levels", "satisfaction_levels"), [(2, 2), (5, 5), (5, 10), (10, 7), (3, 4)])
def test_means_by_role_are_those_of_the_scores_written_out(levels, satisfaction_levels):
    rng = np.random.default_rng(levels)
    importance = rng.integers(1, levels + 1, (7, 12)).astype(float)
    satisfaction = rng.integers(1, satisfaction_levels + 1, (7, 12)).astype(float)
    importance[rng.random((7, 12)) < 0.3] = satisfaction[rng.random((7, 12)) < 0.3] = NO
    roles = ["eng", "eng", "eng", "pm", "pm", "sales", "sales"]
    answers = answers_from(
        importance,
        roles,
        levels=levels,
        satisfaction=satisfaction,
        satisfaction_levels=satisfaction_levels,
        asked=np.ones((7, 12), dtype=bool),
    )

    told = means(tally_of(answers))

    by_hand = {}
    for role in ("eng", "pm", "sales"):
        for item in range(12):
            scores = []
            for person in range(7):
                a = 1 + 9 * (importance[person, item] - 1) / (levels - 1)
                b = 1 + 9 * (satisfaction[person, item] - 1) / (satisfaction_levels - 1)
                if roles[person] == role and not np.isnan(a + b):
                    scores.append(a + max(a - b, 0))
            if scores:
                by_hand[role, f"i{item:04d}"] = (len(scores), np.mean(scores))
    assert len(by_hand) < 36
    assert told == by_hand


def test_a_role_of_one_has_a_mean_too_and_a_role_without_both_answers_none():
    tally = with_satisfaction(
        """
        ana eng   5 3
        ben sales 3 ?
        cem sales - 1
    """,
        [[1, 3], [NO, NO], [5, NO]],
    )

    assert opportunity_by_role(tally) == (
        RoleOpportunity("eng", "i1", 1, 19.0),
        RoleOpportunity("eng", "i2", 1, 5.5),
    )


def test_where_nobody_was_asked_for_satisfaction_there_is_nothing_to_tell():
    table = "ana eng 5\nben eng 5\ncem sales 1\ndee sales 1"
    silent = with_satisfaction(table, np.full((4, 1), NO))

    assert opportunity_by_role(tally_of(answers_of(table))) == ()
    assert opportunity_findings(tally_of(answers_of(table))) == []
    assert opportunity_by_role(silent) == ()
    assert opportunity_findings(silent) == []


# Everybody rates alike, and three in sales say that nobody is served on the first item.
ALIKE = """
    ana eng   5 3 4 2 5 3
    ben eng   5 3 4 2 5 3
    cem pm    5 3 4 2 5 3
    dee pm    5 3 4 2 4 3
    eva sales 5 3 4 2 5 3
    fay sales 5 3 4 2 5 3
    gus sales 5 3 4 2 5 3
"""
SERVED = [[5, 3, 4, 2, 5, 3]] * 4 + [[1, 3, 4, 2, 5, 3]] * 3


def of_sales(tally):
    return [finding for finding in opportunity_findings(tally) if finding.groups == ("sales",)]


def test_a_role_that_sees_an_opening_which_others_do_not_is_told_in_points():
    (finding,) = of_sales(with_satisfaction(ALIKE, SERVED))

    assert (finding.kind, finding.variant, finding.dimension) == ("role_gap", "opportunity", "satisfaction")
    assert (finding.item, finding.groups, finding.grouping, finding.tier) == ("i1", ("sales",), "role", "likely")
    numbers = dict(finding.numbers)
    assert [numbers[name] for name in ("raters", "raters_rest")] == [3, 4]
    assert [numbers[name] for name in ("mean", "mean_rest", "gap", "net_gap")] == pytest.approx([19, 10, 9, 9])
    assert [numbers[name] for name in ("mean_importance", "mean_importance_rest")] == [5.0, 5.0]
    assert [numbers[name] for name in ("mean_satisfaction", "mean_satisfaction_rest")] == [1.0, 5.0]
    assert (numbers["shift"], numbers["posterior"]) == (0, pytest.approx(1, abs=0.01))
    # Nobody differs much from their own role, so nearly all of the gap is believed. The scale is 18 points long.
    assert 8.5 < numbers["believed_gap"] < 9
    assert finding.severity == pytest.approx(numbers["believed_gap"] / 18 * numbers["posterior"])


def test_the_numbers_are_of_those_who_answered_both():
    satisfaction = np.array(SERVED, dtype=float)
    satisfaction[0, 0] = NO

    (finding,) = of_sales(with_satisfaction(ALIKE.replace("gus sales 5", "gus sales ?"), satisfaction))

    assert (finding.numbers["raters"], finding.numbers["raters_rest"]) == (2, 3)
    assert finding.numbers["mean_satisfaction"] == 1.0


def test_a_role_that_is_content_with_everything_has_a_shift_and_no_gap():
    content = [[5, 5, 5, 5, 5, 5]] * 4 + [[3, 1, 2, 1, 3, 1]] * 3

    # Sales misses two points of importance everywhere but once: what it says of all items is no gap on any.
    assert [f.item for f in opportunity_findings(with_satisfaction(ALIKE, content))] == []


@pytest.mark.parametrize(("levels", "top"), [(2, 2), (10, 10)])
def test_on_other_scales_a_gap_is_told_in_the_same_points(levels, top):
    ratings = np.full((8, 6), float(top))
    satisfaction = ratings.copy()
    satisfaction[:4, 0] = 1
    answers = answers_from(
        ratings,
        ["eng"] * 4 + ["sales"] * 4,
        levels=levels,
        satisfaction=satisfaction,
        satisfaction_levels=levels,
    )

    (finding,) = opportunity_findings(tally_of(answers))

    assert (finding.groups, finding.tier, finding.numbers["mean"]) == (("eng", "sales"), "likely", pytest.approx(19))
    assert finding.numbers["mean_rest"] == pytest.approx(10)


def test_few_people_and_one_role_make_nothing_likely():
    short = "\n".join(ALIKE.strip().splitlines()[2:])
    one_role = ALIKE.replace("sales", "eng").replace("pm", "eng")

    assert {f.tier for f in opportunity_findings(with_satisfaction(short, SERVED[2:]))} == {"possible"}
    assert opportunity_findings(with_satisfaction(one_role, SERVED)) == []


def invented(rng, sizes, *, gap, items=100):
    """A session in which the first role lies `gap` points from the rest in both questions on 15 of the items."""
    roles = np.repeat([f"r{number}" for number in range(len(sizes))], sizes)
    real = np.arange(items) < 15
    apart = np.where((roles == "r0")[:, None], 1, -1) * gap / 2 * rng.choice([-1, 1], items) * real
    missing = rng.random((roles.size, items)) < 0.2
    answers = []
    for sign in (1, -1):
        latent = rng.normal(3, 0.6, items) + rng.normal(0, 0.4, (roles.size, 1)) + sign * apart
        rated = np.clip(np.rint(latent + rng.normal(0, 0.8, (roles.size, items))), 1, 5)
        answers.append(np.where(missing, NO, rated))
    lenses = dict.fromkeys(roles.tolist(), "none")
    return answers_from(answers[0], roles, lenses=lenses, satisfaction=answers[1]), real


def test_the_order_of_people_and_items_changes_nothing():
    answers, _ = invented(np.random.default_rng(5), (3, 3, 2), gap=2)
    rows, columns = np.random.default_rng(6).permutation(8), np.random.default_rng(7).permutation(100)
    block = np.ix_(rows, columns)
    arrays = ("importance", "satisfaction", "asked", "unknown", "not_real", "star")
    turned = dataclasses.replace(
        answers,
        people=[answers.people[row] for row in rows],
        roles=[answers.roles[row] for row in rows],
        items=[answers.items[column] for column in columns],
        **{name: getattr(answers, name)[block] for name in arrays},
    )

    assert opportunity_findings(tally_of(turned)) == opportunity_findings(tally_of(answers)) != []
    assert opportunity_by_role(tally_of(turned)) == opportunity_by_role(tally_of(answers))


@pytest.mark.parametrize(("sizes", "false", "power"), [((3, 3, 2), 0.12, 0.35), ((3, 3, 3, 3), 0.2, 0.4)])
def test_gaps_are_as_common_as_simulated(sizes, false, power):
    rng = np.random.default_rng(33)
    any_false = [
        any(f.tier == "likely" for f in opportunity_findings(tally_of(invented(rng, sizes, gap=0)[0])))
        for _ in range(80)
    ]
    found, wrong = [], []
    for _ in range(50):
        answers, real = invented(rng, sizes, gap=2)
        likely = [f for f in opportunity_findings(tally_of(answers)) if f.tier == "likely"]
        hits = {int(f.item[1:]) for f in likely if "r0" in f.groups and real[int(f.item[1:])]}
        found.append(len(hits) / 15)
        wrong.append(np.mean([not real[int(f.item[1:])] for f in likely]) if likely else 0)

    assert np.mean(any_false) == pytest.approx(false, abs=0.1)
    assert np.mean(found) == pytest.approx(power, abs=0.06)
    assert np.mean(wrong) <= 0.12
