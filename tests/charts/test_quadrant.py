import re

import pytest
from django.template.loader import render_to_string

from workshops.charts.figures import ratio
from workshops.charts.quadrant import Cut, Speck, quadrant_map
from workshops.charts.square import Axis, Quadrant, Spot

WORDS = Axis("Words", ((0, 0), (0.6, 0.42), (0.9, 0.58), (1, 1)), (0.6, 0.9), ("other words", "same words"), ratio)
MEANING = Axis("Meaning", ((0, 0), (0.35, 0.42), (0.6, 0.58), (1, 1)), (0.35, 0.6), figure=ratio)
PLAIN = Axis("Value", ((0, 0), (10, 1)), (5,), ("low", "high"))
CORNERS = (Quadrant("TL"), Quadrant("TR", "up and right"), Quadrant("BL"), Quadrant("BR", strong=True))


def plain(*spots, **options):
    """A map of two plain scales from 0 to 10."""
    return quadrant_map(spots, PLAIN, PLAIN, CORNERS, title="Map", **options)


def test_a_piecewise_scale_gives_room_to_what_matters():
    shares = [round(WORDS.share(value), 4) for value in (-1, 0, 0.3, 0.6, 0.75, 0.9, 0.95, 1, 2)]

    assert shares == [0, 0, 0.21, 0.42, 0.5, 0.58, 0.79, 1, 1]


def test_the_corners_of_the_scales_are_inside_the_square():
    chart = plain(Spot("least", 0, 0), Spot("most", 10, 10), Spot("right", 10, 0))

    assert [(number.x, number.y) for number in chart.numbers] == [("6%", "85%"), ("94%", "15%"), ("94%", "85%")]
    assert [number.quadrant for number in chart.numbers] == ["BL", "TR", "BR"]
    assert [number.strong for number in chart.numbers] == [False, False, True]


def test_a_value_on_the_line_belongs_to_the_upper_half():
    chart = plain(Spot("on it", 5, 5), Spot("below", 4.99, 4.99))

    assert [number.quadrant for number in chart.numbers] == ["TR", "BL"]


def test_between_two_cuts_it_is_too_close_to_call():
    spots = [Spot("pair", 0.95, 0.2), Spot("close", 0.75, 0.2), Spot("far", 0.2, 0.5)]

    chart = quadrant_map(spots, WORDS, MEANING, CORNERS, title="Map")

    assert [number.quadrant for number in chart.numbers] == ["BR", "Too close to call", "Too close to call"]
    assert chart.columns == Cut("42.96%", "14.08%")
    assert chart.rows == Cut("44.4%", "11.2%")
    assert chart.note == ""


def test_the_first_twelve_are_numbered_and_the_others_are_dots():
    chart = plain(*(Spot(f"item {n}", n % 4 * 3, n // 4 * 3) for n in range(14)))

    assert [number.number for number in chart.numbers] == list(range(1, 13))
    assert [(speck.title, speck.lead) for speck in chart.specks if not speck.lead] == [
        ("item 12", None),
        ("item 13", None),
    ]
    assert chart.note == "The lines: Value 5, Value 5. 2 more items are dots without a number."


def test_a_number_that_had_to_move_leads_back_to_its_item():
    chart = plain(Spot("first", 8, 2), Spot("second", 8, 2))

    assert [(number.x, number.y) for number in chart.numbers] == [("76.4%", "71%"), ("86.8%", "71%")]
    assert chart.specks == (Speck("second", "76.4%", "71%", ("86.8%", "71%")),)


def test_a_number_stays_on_its_side_of_the_lines():
    chart = plain(Spot("just right", 5.1, 0))

    assert float(chart.numbers[0].x.rstrip("%")) >= 55.2
    assert chart.specks[0].x == "50.88%"


def test_the_list_is_in_the_order_of_the_numbers_under_the_names_of_the_quadrants():
    chart = plain(Spot("a", 9, 1), Spot("b", 7, 3), Spot("c", 9, 9), Spot("d", 9, 2))

    groups = [(group.name, group.says, [number.number for number in group.numbers]) for group in chart.groups]
    assert groups == [("BR", "", [1, 2]), ("TR", "up and right", [3]), ("BR", "", [4])]


def test_the_table_has_every_item_also_those_without_a_place():
    chart = plain(
        Spot("a", 9, 1, kind="goal"), Spot("b", 7, None, kind="pain"), Spot("c", None, None, absence="hidden"), most=1
    )

    assert chart.table.head == ("Item", "Kind", "Value", "Value", "Quadrant", "Number")
    assert chart.table.rows == (
        ("a", "goal", "9", "1", "BR", "1"),
        ("b", "pain", "7", "not asked", "", ""),
        ("c", "", "too few to show", "too few to show", "", ""),
    )


def test_the_sentence_counts_the_quadrants():
    chart = plain(Spot("a", 9, 1), Spot("b", 9, 9), Spot("c", 8, 1), told="Asked for 3 of 5 items.")

    assert chart.sentence == "Map. Asked for 3 of 5 items. BR: 2. TR: 1."


def test_a_square_has_four_quadrants():
    with pytest.raises(ValueError, match="4 quadrants, not 3"):
        quadrant_map([], PLAIN, PLAIN, CORNERS[:3], title="Map")


def test_the_page_links_each_number_and_has_hostile_titles_as_text():
    chart = plain(Spot("<script>", 9, 1, "goal", "/items/1/", "<b>"), Spot("no page", 1, 1), Spot("<i>", 2, 9), most=2)

    html = render_to_string("workshops/charts/quadrant.html", {"chart": chart})

    assert '<a href="/items/1/" class="number on" aria-label="1: &lt;script&gt;. BR">' in html
    assert '<a href="/items/1/">&lt;script&gt;</a>' in html
    assert '<svg class="kind" role="img" aria-label="goal"><use href="#k-goal"/></svg>' in html
    assert len(re.findall("<a ", html)) == 2
    assert not any(tag in html for tag in ("<script", "<b><", "<i>"))
