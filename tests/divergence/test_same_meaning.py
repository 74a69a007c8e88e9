import pytest

from alignment.divergence import Finding
from alignment.divergence.same_meaning import definition_findings, superficial_findings
from tests.divergence.sessions import one_item, tally_of


def tally(*, different, not_sure=0, same=0, opposed=False, silent=0, **scales):
    """One item that everybody rates 4, with so many people for each answer about its definition."""
    said = [0] * different + [1] * not_sure + [scales.get("same_meaning_levels", 3) - 1] * same + [None] * silent
    answers = one_item([4] * len(said), same_meaning=said, **scales)
    return tally_of(answers, opposed=answers.items if opposed else ())


def found(**said):
    """Kind and tier of what is found."""
    counted = tally(**said)
    return [(finding.kind, finding.tier) for finding in superficial_findings(counted) + definition_findings(counted)]


def test_four_of_nine_who_mean_something_else_make_the_agreement_superficial():
    assert superficial_findings(tally(different=4, not_sure=2, same=3, silent=2)) == [
        Finding(
            kind="superficial",
            item="i0000",
            tier="likely",
            severity=pytest.approx(4 / 9 * 4 / 5),
            dimension="same_meaning",
            numbers={"answered": 9, "different": 4, "not_sure": 2, "same": 3, "mean": 4.0},
        )
    ]


def test_six_of_nine_who_mean_something_else_make_the_definition_wrong():
    assert definition_findings(tally(different=6, not_sure=1, same=2)) == [
        Finding(
            kind="definition",
            item="i0000",
            tier="likely",
            severity=pytest.approx(6 / 9),
            dimension="same_meaning",
            numbers={"answered": 9, "different": 6, "not_sure": 1, "same": 2, "mean": 4.0},
        )
    ]


def test_two_people_make_it_possible_and_three_likely():
    assert found(different=1, same=3) == []
    assert found(different=2, same=3) == [("superficial", "possible")]
    assert found(different=3, same=3) == [("superficial", "likely")]


def test_an_opposition_in_their_texts_makes_two_people_enough():
    (finding,) = superficial_findings(tally(different=2, same=3, opposed=True))

    assert (finding.tier, finding.variant) == ("likely", "opposed")


def test_an_opposition_in_their_texts_is_not_enough_for_one_person():
    assert found(different=1, same=3, opposed=True) == []
    assert found(different=2, same=7, opposed=True) == []


def test_a_quarter_of_those_who_answered_is_enough():
    assert found(different=3, same=9) == [("superficial", "likely")]
    assert found(different=3, same=10) == []
    assert found(different=6, same=19) == []
    assert found(different=3, same=9, not_sure=1) == []
    assert found(different=3, same=9, silent=5) == [("superficial", "likely")]


@pytest.mark.parametrize("thirds", [2, 3, 5, 7, 21, 33, 111])
def test_at_two_thirds_it_is_the_definition_and_below_the_agreement(thirds):
    assert found(different=2 * thirds, same=thirds) == [("definition", "likely")]
    assert found(different=2 * thirds - 1, same=thirds + 1) == [("superficial", "likely")]


def test_two_of_three_make_the_definition_possibly_wrong():
    assert found(different=2, same=1) == [("definition", "possible")]
    assert found(different=2, same=1, opposed=True) == [("definition", "possible")]
    assert found(different=3) == [("definition", "likely")]


def test_two_answers_are_too_few():
    assert found(different=2) == []
    assert found(different=2, silent=6) == []


def test_not_being_sure_is_not_meaning_something_else():
    assert found(different=0, not_sure=9) == []


def test_on_other_scales_the_lowest_point_is_different_and_the_highest_the_same():
    two = tally(different=3, same=5, same_meaning_levels=2)
    five = tally(different=3, not_sure=2, same=5, same_meaning_levels=5)

    assert [dict(superficial_findings(each)[0].numbers) for each in (two, five)] == [
        {"answered": 8, "different": 3, "not_sure": 0, "same": 5, "mean": 4.0},
        {"answered": 10, "different": 3, "not_sure": 2, "same": 5, "mean": 4.0},
    ]


def test_where_nobody_was_asked_nothing_is_declared():
    silent = tally_of(one_item([4] * 9))

    assert superficial_findings(silent) == definition_findings(silent) == []


def test_an_item_that_nobody_rated_counts_with_the_middle_of_the_scale():
    answers = one_item([None] * 9, same_meaning=[0] * 4 + [2] * 5)

    (finding,) = superficial_findings(tally_of(answers))

    assert finding.numbers["mean"] is None
    assert finding.severity == pytest.approx(4 / 9 * 3 / 5)
