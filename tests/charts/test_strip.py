from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from workshops.charts import strip as strips
from workshops.charts.bars import Bars
from workshops.charts.marks import RoleMark
from workshops.charts.question import Question
from workshops.charts.strip import Mark, strip

EXECUTIVE = RoleMark("executive", "Executive", "decide", "X")
PRODUCT = RoleMark("product", "Product management", "decide", "P")
ENGINEERING = RoleMark("engineering", "Engineering", "build", "E")
SALES = RoleMark("sales", "Sales", "sell", "S")
SUPPORT = RoleMark("support", "Customer support", "sell", "C")
OTHER = RoleMark("other", "Other", "none", "O")

IMPORTANCE = Question(
    "Get paid on time", "How much does it matter?", ends=("hardly matters", "matters most"), measure="Importance"
)


def drawn(chart):
    """What stands where: symbol, per cent across, px down, shift."""
    return [(use.href, use.x, use.y, use.shift) for use in chart.uses]


def words(chart):
    """Every text of the picture with its place."""
    return [(text.text, text.x, text.y) for text in chart.frame.texts]


def test_three_people_stand_on_their_levels_in_the_rows_of_their_lenses():
    people = [Mark(5, SALES), Mark(1, EXECUTIVE), Mark(3, ENGINEERING)]

    chart = strip(IMPORTANCE, people)

    assert drawn(chart) == [
        ("#m-X", "24%", "23", ""),
        ("#m-E", "58.5%", "57", ""),
        ("#m-S", "93%", "91", ""),
    ]
    assert chart.frame.axis == "112"
    assert chart.frame.height == "152"
    assert words(chart) == [
        ("Decide", "0%", "27"),
        ("Build", "0%", "61"),
        ("Sell", "0%", "95"),
        ("1", "24%", "129"),
        ("2", "41.25%", "129"),
        ("3", "58.5%", "129"),
        ("4", "75.75%", "129"),
        ("5", "93%", "129"),
        ("hardly matters", "21%", "146"),
        ("matters most", "96%", "146"),
    ]


def test_a_lens_without_people_has_no_row():
    chart = strip(IMPORTANCE, [Mark(2, SALES), Mark(3, OTHER)])

    assert [text.text for text in chart.frame.texts[:2]] == ["Sell", "Other"]
    assert chart.frame.axis == "78"


def test_two_three_and_five_at_one_level_stand_side_by_side_and_then_in_lines():
    two = strip(IMPORTANCE, [Mark(3, ENGINEERING), Mark(3, ENGINEERING)])
    three = strip(IMPORTANCE, [Mark(3, SALES), Mark(3, SALES), Mark(3, SUPPORT)])
    five = strip(IMPORTANCE, [Mark(3, SALES)] * 5)
    six_at_the_edge = strip(IMPORTANCE, [Mark(5, SALES)] * 6)

    assert [use.shift for use in two.uses] == ["translate(-11 0)", "translate(11 0)"]
    assert [use.shift for use in three.uses] == ["translate(-18 0)", "", "translate(18 0)"]
    assert [(use.shift, use.y) for use in five.uses] == [
        ("translate(-18 0)", "23"),
        ("", "23"),
        ("translate(18 0)", "23"),
        ("translate(-11 0)", "48"),
        ("translate(11 0)", "48"),
    ]
    assert [(use.shift, use.y) for use in six_at_the_edge.uses] == [
        ("translate(-18 0)", "23"),
        ("", "23"),
        ("translate(18 0)", "23"),
        ("translate(-18 0)", "48"),
        ("", "48"),
        ("translate(18 0)", "48"),
    ]


def test_diamonds_stand_wider_apart():
    chart = strip(IMPORTANCE, [Mark(2, EXECUTIVE), Mark(2, PRODUCT)])

    assert drawn(chart) == [("#m-P", "41.25%", "23", "translate(-13 0)"), ("#m-X", "41.25%", "23", "translate(13 0)")]


def test_the_order_of_answering_does_not_show():
    people = [
        Mark(4, SUPPORT, name="Ruth"),
        Mark(4, SALES, name="Karim"),
        Mark(4, SUPPORT, name="Dele"),
        Mark(2, PRODUCT),
    ]

    assert strip(IMPORTANCE, people) == strip(IMPORTANCE, people[::-1])


def test_three_levels_with_a_word_each_and_no_ends():
    question = Question("Get paid", "Same?", levels=3, first=0, words=("different", "not sure", "same"))

    chart = strip(question, [Mark(0, SALES), Mark(2, SALES)])

    assert [(use.href, use.x) for use in chart.uses] == [("#m-S", "24%"), ("#m-S", "93%")]
    assert words(chart)[1:] == [("different", "24%", "61"), ("not sure", "58.5%", "61"), ("same", "93%", "61")]
    assert chart.frame.height == "67"


def test_words_without_room_give_way_to_numbers_and_stand_at_the_ends():
    question = Question("Get paid", "How sure?", levels=4, words=("Vermutung", "Einzelbeobachtung", "viele", "Daten"))

    chart = strip(question, [Mark(1, SALES)])

    texts = [text for text, _x, _y in words(chart)[1:]]
    assert texts == ["1", "2", "3", "4", "Vermutung", "Daten"]


def test_words_of_two_lines_push_the_ends_down():
    question = Question("Get paid", "How sure?", levels=3, words=("a", "five customers said it", "b"), ends=("-", "+"))

    chart = strip(question, [Mark(1, SALES)])

    assert words(chart)[2:] == [
        ("five customers", "58.5%", "61"),
        ("said it", "58.5%", "75"),
        ("b", "93%", "61"),
        ("-", "21%", "92"),
        ("+", "96%", "92"),
    ]
    assert chart.frame.height == "98"


def test_those_without_a_rating_stand_apart_under_the_word_that_says_why():
    people = [Mark(5, SALES), Mark(None, ENGINEERING, absence="not_on_map")]

    chart = strip(IMPORTANCE, people)

    assert drawn(chart) == [("#h-E", "90%", "23", ""), ("#m-S", "70%", "57", "")]
    assert chart.frame.divider == "80%"
    assert ("not on map", "90%", "95") in words(chart)
    assert chart.table.rows == (("Engineering", "not on map"), ("Sales", "5"))


def test_three_kinds_of_absence_have_a_column_each():
    people = [Mark(None, SALES, absence=absence) for absence in ("unknown", "not_real", "not_on_map")]

    chart = strip(IMPORTANCE, people)

    assert sorted((use.href, use.x) for use in chart.uses) == [("#h-S", "67%"), ("#h-S", "80%"), ("#h-S", "93%")]
    assert [text for text, x, _y in words(chart) if x == "80%"] == ["new to", "me"]


def test_a_bar_marks_oneself_and_the_table_says_so():
    chart = strip(IMPORTANCE, [Mark(2, SALES, name="Ben", is_you=True), Mark(2, SALES, name="Zoe")])

    assert drawn(chart)[1:] == [
        ("#m-S", "41.25%", "23", "translate(11 0)"),
        ("#you", "41.25%", "23", "translate(11 0)"),
    ]
    assert chart.table.rows == (("Zoe, Sales", "2"), ("Ben, Sales, you", "2"))


def test_people_without_a_role_stand_unlettered_in_one_row():
    chart = strip(IMPORTANCE, [Mark(2), Mark(None, absence="unknown")])

    assert [use.href for use in chart.uses] == ["#s-everyone", "#hs-everyone"]
    assert words(chart)[0] == ("Everyone", "0%", "27")
    assert chart.table.rows == (("Everyone", "2"), ("Everyone", "new to me"))


def test_thirty_people_are_small_marks_in_threes():
    people = [Mark(4, SALES)] * 8 + [Mark(2, ENGINEERING)] * 22

    chart = strip(IMPORTANCE, people)

    assert {use.href for use in chart.uses} == {"#s-sell", "#s-build"}
    assert len(chart.uses) == 30
    sell = [(use.shift, use.y) for use in chart.uses if use.href == "#s-sell"]
    assert sell == [
        ("translate(-11 0)", "87.5"),
        ("", "87.5"),
        ("translate(11 0)", "87.5"),
        ("translate(-11 0)", "98.5"),
        ("", "98.5"),
        ("translate(11 0)", "98.5"),
        ("translate(-5.5 0)", "109.5"),
        ("translate(5.5 0)", "109.5"),
    ]
    assert chart.table.head == ("Lens", "1", "2", "3", "4", "5")
    assert chart.table.rows == (("Build", "0", "22", "0", "0", "0"), ("Sell", "0", "0", "0", "8", "0"))


def test_more_than_sixty_people_become_bars():
    people = [Mark(n % 5 + 1, SALES, is_you=n == 0) for n in range(61)]

    chart = strip(IMPORTANCE, people)

    assert isinstance(chart, Bars)
    assert len(chart.bars) == 5
    assert chart.you == (("24%", "38.5"),)


def test_the_sentence_counts_every_answer():
    people = [Mark(5, SALES), Mark(5, SUPPORT), Mark(1, SALES), Mark(None, ENGINEERING, absence="not_real")]

    assert strip(IMPORTANCE, people).sentence == "Get paid on time. 4 people: 1 × 1, 2 × 5, 1 × not real."


@pytest.mark.parametrize("size", [3, 9, 30])
def test_the_table_says_what_the_marks_say(size):
    people = [Mark(n % 5 + 1, (SALES, ENGINEERING, EXECUTIVE)[n % 3]) for n in range(size)]

    chart = strip(IMPORTANCE, people)

    at_level = {x: n for n, x in enumerate(("24%", "41.25%", "58.5%", "75.75%", "93%"), 1)}
    marks = sorted(at_level[use.x] for use in chart.uses)
    if size <= strips.MOST_LETTERED:
        table = sorted(int(answer) for _who, answer in chart.table.rows)
    else:
        counts = [[int(count) for count in row[1:]] for row in chart.table.rows]
        table = sorted(level for row in counts for level, count in enumerate(row, 1) for _ in range(count))
    assert marks == table


@pytest.mark.parametrize("levels", range(2, 11))
def test_every_scale_from_two_to_ten_levels_keeps_marks_of_a_row_apart(levels):
    question = Question("Get paid", "How much?", levels=levels)
    people = [Mark(level, SALES) for level in range(1, levels + 1)] + [Mark(levels, SALES), Mark(levels, SALES)]

    chart = strip(question, people[:12])

    places = sorted((use.y, float(use.x[:-1]) * 3.2 + shift(use)) for use in chart.uses)
    gaps = [b - a for (y, a), (other, b) in pairwise(places) if y == other]
    assert min(gaps) >= 14.9


def shift(use):
    """The px of a transform."""
    return float(use.shift[len("translate(") :].split()[0]) if use.shift else 0.0


def test_an_answer_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="not on the scale"):
        strip(IMPORTANCE, [Mark(6, SALES)])


def test_a_scale_of_eleven_levels_is_refused():
    with pytest.raises(ValueError, match="2 to 10 levels, not 11"):
        Question("Get paid", "How much?", levels=11)


def test_hidden_lenses_are_named_in_the_caption():
    question = Question("Get paid", "How much?", hidden=("build", "sell"))

    assert strip(question, [Mark(3)]).note == "One mark per person. Too few people to show on their own: Build, Sell."


def test_a_hostile_title_is_text():
    question = Question('<script>alert("1")</script>', "<b>How?</b>", measure="<i>")

    html = render_to_string("workshops/charts/strip.html", {"chart": strip(question, [Mark(1, SALES, name="<img>")])})

    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;. 1 person: 1 × 1." in html
    assert not any(tag in html for tag in ("<script", "<b>", "<i>", "<img"))


def test_who_answered_twice_stands_in_a_row_before_and_a_row_now():
    before = {
        "a": Mark(1, SALES, name="Ana", is_you=True),
        "b": Mark(3, ENGINEERING, name="Ben"),
        "c": Mark(5, OTHER, name="Cai"),
    }
    now = {"a": Mark(5, SALES, name="Ana", is_you=True), "b": Mark(3, ENGINEERING, name="Ben"), "d": Mark(2, SUPPORT)}

    chart = strips.moved(IMPORTANCE, before, now)

    assert drawn(chart) == [
        ("#m-S", "24%", "23", ""),
        ("#you", "24%", "23", ""),
        ("#m-E", "58.5%", "23", ""),
        ("#m-E", "58.5%", "57", ""),
        ("#m-S", "93%", "57", ""),
        ("#you", "93%", "57", ""),
    ]
    assert [text for text, *_place in words(chart)][:2] == ["Before", "Now"]
    assert chart.table.head == ("Person", "Before", "Now")
    assert chart.table.rows == (("Ben, Engineering", "3", "3"), ("Ana, Sales, you", "1", "5"))


def test_more_than_sixty_who_answered_twice_are_bars_before_and_now():
    people = {f"p{n}": Mark(1 + n % 5, SALES) for n in range(70)}

    chart = strips.moved(IMPORTANCE, people, {key: Mark(5, SALES) for key in people})

    assert isinstance(chart, Bars)
    assert [count.text for count in chart.counts] == ["14"] * 5 + ["70"]
    assert [text for text, *_place in words(chart)][:2] == ["Before 70", "Now 70"]
