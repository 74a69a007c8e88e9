import pytest

from workshops.charts.assumptions import assumption_map
from workshops.charts.square import Spot


def test_leaps_of_faith_come_first_and_of_these_the_most_important_with_the_least_evidence():
    spots = [
        Spot("known", 4.8, 2.5),
        Spot("minor", 2.0, 2.5),
        Spot("leap", 4.2, 0.5),
        Spot("later", 2.0, 0.5),
        Spot("great leap", 4.8, 0.2),
    ]

    chart = assumption_map(spots)

    assert [(number.number, number.title, number.quadrant) for number in chart.numbers] == [
        (1, "great leap", "Leaps of faith"),
        (2, "leap", "Leaps of faith"),
        (3, "known", "Solid ground"),
        (4, "later", "Leave for later"),
        (5, "minor", "Good to know"),
    ]
    assert [number.strong for number in chart.numbers] == [True, True, False, False, False]


def test_equals_come_by_title_whatever_the_order_they_are_given_in():
    spots = [Spot("b", 4.5, 0.5), Spot("a", 4.5, 0.5), Spot("c", 4.5, None)]

    assert assumption_map(spots) == assumption_map(reversed(spots))
    assert [row[0] for row in assumption_map(spots).table.rows] == ["a", "b", "c"]


def test_a_mean_nearer_to_four_is_important_and_nearer_to_several_customers_is_known():
    spots = [Spot("important, known", 3.5, 1.5), Spot("neither", 3.49, 1.49)]

    quadrants = {number.title: number.quadrant for number in assumption_map(spots).numbers}

    assert quadrants == {"important, known": "Solid ground", "neither": "Leave for later"}


def test_the_halves_of_both_scales_take_the_same_room():
    chart = assumption_map([Spot("least", 1, 0), Spot("most", 5, 3)])

    assert (chart.columns.start, chart.rows.start) == ("50%", "50%")
    assert {number.title: (number.x, number.y) for number in chart.numbers} == {
        "least": ("6%", "85%"),
        "most": ("94%", "15%"),
    }


def test_it_says_of_how_many_items_evidence_was_asked_for_and_of_how_many_too_few_answered():
    spots = [Spot("a", 4.5, 0.5), Spot("b", 4.5, None, absence="hidden"), Spot("c", 4.5, None), Spot("d", 4.5, None)]

    chart = assumption_map(spots)

    told = "Evidence was asked for 2 of 4 items. For 1 of them too few answered."
    assert chart.sentence == f"Assumption map. {told} Leaps of faith: 1."
    assert chart.note == f"{told} The lines: Importance 3.5, Evidence 1.5."


def test_other_scales_have_their_own_lines():
    chart = assumption_map([Spot("a", 2.6, 0.4)], levels=3, evidence_levels=2, important_from=3, evident_from=1)

    assert chart.numbers[0].quadrant == "Leaps of faith"
    assert chart.note == "Evidence was asked for 1 of 1 item. The lines: Importance 2.5, Evidence 0.5."


@pytest.mark.parametrize("scale", [{"levels": 3}, {"important_from": 1}, {"evident_from": 0}, {"evidence_levels": 2}])
def test_a_threshold_off_its_scale_is_refused(scale):
    with pytest.raises(ValueError, match="is not in the upper part"):
        assumption_map([], **scale)


def test_without_items_the_map_is_empty():
    chart = assumption_map([])

    assert chart.sentence == "Assumption map. Evidence was asked for 0 of 0 items."
    assert (chart.numbers, chart.groups, chart.specks) == ((), (), ())
