from dataclasses import fields, replace
from functools import partial

import numpy as np
import pytest

from alignment.divergence import Finding, Thresholds, analyse
from alignment.divergence.sensitivity import NOTCHES, Sensitivity, Steadiness, identity, notched, sensitivity
from tests.divergence.sessions import answers_from, answers_of, one_item, random_ratings

DEFAULTS = Thresholds()

# What words mean, what models assume, counts of people, and the sizes of lists and samples: not moved, see the module.
# How people are compared with people: sizes, samples and shuffles, and what is chance there.
PERSONS = {
    *("person_items", "person_most", "person_item_sample"),
    *("outlier_people", "outlier_ratio", "outlier_p", "outlier_p_likely", "outlier_items_likely", "outlier_shuffles"),
    *("camps_session", "camps_p", "camps_possible", "camps_likely", "camps_least", "camps_aside", "camps_most"),
    *("camps_most_of_many", "camps_many", "camps_shuffles", "camps_sample"),
}
FIXED = PERSONS | {
    *("min_raters", "end_share", "small_session", "min_group", "evident", "valley_levels", "opportunity_points"),
    *(
        "gap_slab",
        "gap_prior_real",
        "gap_prior_none",
        "variance_prior_df",
        "rank_prior_df",
        "blind_prior",
        "blind_rate",
    ),
    *("minor_group_share", "minor_group_raters", "camp_people", "lone_raters", "sure_people", "contested_people"),
    *("contested_high", "different_people", "tentative_below", "rank_people", "link_people", "clash_people"),
    *("illusion_guesses", "conformity_movers", "stable_shape", "stable_moved", "stable_dropped"),
    *("agenda_top", "agenda_first", "pair_items", "link_shuffles", "link_sample"),
}


class Recorded:
    """An analysis that keeps the thresholds it was called with, and says what it is told to."""

    def __init__(self, usual, looser=(), tighter=()):
        self.says = {DEFAULTS: usual, notched(DEFAULTS, "looser"): looser, notched(DEFAULTS, "tighter"): tighter}
        self.calls = []
        self.empty = analyse(one_item([3, 3, 3]))

    def __call__(self, answers, *, thresholds):
        self.calls.append(thresholds)
        return replace(self.empty, findings=tuple(self.says[thresholds]))


def finding(item="i1", **further):
    return Finding(**{"kind": "split", "item": item, "tier": "possible", "severity": 0.5} | further)


def fates(usual, looser, tighter):
    (steadiness,) = sensitivity(one_item([3]), DEFAULTS, Recorded([usual], looser, tighter)).findings
    return steadiness.looser, steadiness.tighter


def test_a_finding_stays_goes_or_changes_its_tier():
    likely = finding(tier="likely", severity=0.7, numbers={"raters": 9})

    assert fates(finding(), [finding(severity=0.6)], [finding(numbers={"raters": 3})]) == ("stays", "stays")
    assert fates(finding(), [likely], []) == ("changes_tier", "goes")
    assert fates(likely, [likely], [finding()]) == ("stays", "changes_tier")


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "scattered"},
        {"item": "i2"},
        {"item": None},
        {"variant": "role"},
        {"to_item": "i3"},
        {"grouping": "lens"},
        {"groups": ("eng",)},
        {"people": ("ana",)},
        {"dimension": "evidence"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_finding_about_something_else_is_another_one(other):
    usual, new = finding(), finding(**other)

    assert fates(usual, [new], [new]) == ("goes", "goes")
    assert sensitivity(one_item([3]), DEFAULTS, Recorded([usual], [usual, new])).newly == (new,)


def test_only_steady_findings_stay_in_both():
    assert Steadiness(finding(), "stays", "stays").steady
    assert not Steadiness(finding(), "stays", "goes").steady
    assert not Steadiness(finding(), "changes_tier", "stays").steady


def test_what_comes_only_with_tighter_limits_is_not_told():
    assert sensitivity(one_item([3]), DEFAULTS, Recorded([], [], [finding()])) == Sensitivity((), ())


def test_three_analyses_run_and_two_when_the_usual_one_is_known():
    three, two = Recorded([finding()]), Recorded([finding()])

    found = sensitivity(one_item([3]), DEFAULTS, three)
    known = sensitivity(one_item([3]), DEFAULTS, two, result=replace(two.empty, findings=(finding(),)))

    assert three.calls == [DEFAULTS, notched(DEFAULTS, "looser"), notched(DEFAULTS, "tighter")]
    assert two.calls == three.calls[1:]
    assert known == found


def test_every_limit_is_either_moved_or_said_to_stay():
    moved = [notch.limit for notch in NOTCHES]

    assert len(set(moved)) == len(moved)
    assert not FIXED & set(moved)
    assert sorted({field.name for field in fields(Thresholds)} - FIXED - set(moved)) == []
    assert FIXED | set(moved) <= {field.name for field in fields(Thresholds)}


@pytest.mark.parametrize("notch", NOTCHES, ids=lambda notch: notch.limit)
def test_each_limit_goes_one_step_either_way_and_stays_in_its_range(notch):
    usual = getattr(DEFAULTS, notch.limit)

    loose, tight = (getattr(notched(DEFAULTS, way), notch.limit) for way in ("looser", "tighter"))

    assert loose != tight
    assert notch.lowest <= min(loose, tight) <= max(loose, tight) <= notch.highest
    assert loose == pytest.approx(min(max(usual + notch.looser * notch.step, notch.lowest), notch.highest))
    assert tight == pytest.approx(min(max(usual - notch.looser * notch.step, notch.lowest), notch.highest))
    for end in (notch.lowest, notch.highest):
        at_the_end = replace(DEFAULTS, **{notch.limit: end})
        for way in ("looser", "tighter"):
            assert notch.lowest <= getattr(notched(at_the_end, way), notch.limit) <= notch.highest


def test_likely_never_falls_below_possible():
    for way in ("looser", "tighter"):
        assert notched(DEFAULTS, way).likely > notched(DEFAULTS, way).possible
        assert notched(DEFAULTS, way).camp_share_possible > notched(DEFAULTS, way).camp_share_likely


# Shares of five, four and three: at the limit of a split, a contested item, and a lone voice.
ROUND = """
    ana eng   5 1 5 4 3
    ben eng   5 1 5 4 3
    cem eng   5 1 5 5 4
    dee sales 1 5 5 x 3
    eva sales 1 5 5 x 3
    fay sales 1 5 1 4 3
    gus pm    4 3 5 4 3
    hal pm    4 4 5 4 4
    ida exec  3 4 4 4 3
"""


def test_an_analysis_of_a_real_round_is_compared_with_itself():
    answers = answers_of(ROUND)

    found = sensitivity(answers, DEFAULTS, analyse)

    usual, looser, tighter = (
        analyse(answers, thresholds=limits).findings
        for limits in (DEFAULTS, notched(DEFAULTS, "looser"), notched(DEFAULTS, "tighter"))
    )
    assert tuple(each.finding for each in found.findings) == usual
    assert usual
    for each in found.findings:
        for fate, others in ((each.looser, looser), (each.tighter, tighter)):
            same = [other.tier for other in others if identity(other) == identity(each.finding)]
            expected = "goes" if not same else "stays" if same == [each.finding.tier] else "changes_tier"
            assert fate == expected
    assert {identity(new) for new in found.newly} == {identity(f) for f in looser} - {identity(f) for f in usual}


def test_a_contested_item_near_its_limit_goes_when_limits_are_tighter_and_one_far_from_it_stays():
    # 3 of 11 say not real, .273 of those who answered: above .25, not above .30. 5 of 11 are .45.
    near = one_item([4] * 8 + [None] * 3, not_real=[False] * 8 + [True] * 3)
    far = one_item([4] * 6 + [None] * 5, not_real=[False] * 6 + [True] * 5)

    def fate(answers):
        found = sensitivity(answers, DEFAULTS, analyse).findings
        return [(each.looser, each.tighter) for each in found if each.finding.kind == "contested"]

    assert fate(near) == [("stays", "goes")]
    assert fate(far) == [("stays", "stays")]


def test_what_is_just_short_of_contested_comes_newly_when_limits_are_looser():
    # 2 of 9 say not real: .222, below .25 and above .20.
    answers = one_item([4] * 7 + [None] * 2, not_real=[False] * 7 + [True] * 2)

    found = sensitivity(answers, DEFAULTS, analyse)

    assert [each.kind for each in found.newly if each.kind == "contested"] == ["contested"]


def test_every_finding_of_a_round_has_an_identity_of_its_own():
    rng = np.random.default_rng(1)
    ratings = random_ratings(rng, 12, 60)
    result = analyse(answers_from(ratings, ["eng", "sales", "pm", "exec"] * 3))

    assert len({identity(each) for each in result.findings}) == len(result.findings)


def test_further_arguments_of_the_analysis_are_bound_beforehand():
    answers = answers_of(ROUND)

    found = sensitivity(answers, DEFAULTS, partial(analyse, opposed=["i1"]))

    assert tuple(each.finding for each in found.findings) == analyse(answers, opposed=["i1"]).findings


def test_a_round_without_answers_has_nothing_to_compare():
    assert sensitivity(one_item([None, None, None]), DEFAULTS, analyse) == Sensitivity((), ())


@pytest.mark.parametrize("levels", [2, 10])
def test_other_scales_are_compared_as_well(levels):
    ratings = random_ratings(np.random.default_rng(levels), 9, 20, levels=levels)
    answers = answers_from(ratings, ["eng", "sales", "pm"] * 3, levels=levels)

    assert sensitivity(answers, DEFAULTS, analyse) == sensitivity(answers, DEFAULTS, analyse)
