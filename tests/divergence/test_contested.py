import pytest

from alignment.divergence import Finding
from alignment.divergence.contested import contested_findings
from tests.divergence.sessions import answers_of, tally_of


def found(marks):
    """Findings about one item from the marks of people, such as 5 4 x ? -."""
    table = "\n".join(f"p{person} eng {mark}" for person, mark in enumerate(marks.split()))
    return contested_findings(tally_of(answers_of(table)))


def tiers(marks):
    return [finding.tier for finding in found(marks)]


def test_what_some_call_not_real_and_others_critical_is_contested():
    # 3 of 9 who answered; the person who did not answer and the one who was not asked say nothing.
    assert found("5 5 4 4 3 ? x x x - .") == [
        Finding(
            kind="contested",
            item="i1",
            tier="likely",
            severity=pytest.approx(2 * 3 / 9),
            numbers={
                "answered": 9,
                "not_real": 3,
                "unknown": 1,
                "raters": 5,
                "high": 4,
                "mean": pytest.approx(21 / 5),
            },
        )
    ]


def test_two_who_call_it_not_real_make_it_possible_and_three_likely():
    assert tiers("5 5 4 x") == []
    assert tiers("5 5 4 x x") == ["possible"]
    assert tiers("5 5 4 x x x") == ["likely"]


def test_a_quarter_of_those_who_answered_is_enough():
    assert tiers("5 5 4 3 3 3 3 3 3 x x x") == ["likely"]
    assert tiers("5 5 4 3 3 3 3 3 3 3 x x x") == []
    assert tiers("5 5 4 3 3 3 3 3 3 ? x x x") == []
    assert tiers("5 5 4 3 3 3 3 3 3 - x x x") == ["likely"]
    assert tiers("5 " * 18 + "x " * 6) == ["likely"]
    assert tiers("5 " * 19 + "x " * 6) == []


def test_one_high_rating_is_not_enough_for_a_contest():
    assert tiers("5 3 3 x x x") == []
    assert tiers("5 4 3 x x x") == ["likely"]


def test_two_raters_are_too_few_for_a_contest():
    assert tiers("5 5 x x x") == []


def test_to_withdraw_a_statement_is_to_call_it_not_real():
    assert tiers("5 5 4 xw xw") == ["possible"]


def test_when_half_call_it_not_real_nothing_can_be_more_contested():
    assert [finding.severity for finding in found("5 5 4 x x x")] == [1.0]
    assert [finding.severity for finding in found("5 5 4 x x x x x")] == [1.0]
