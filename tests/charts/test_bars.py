from django.template.loader import render_to_string

from workshops.charts.bars import strip_counts
from workshops.charts.question import Question

QUESTION = Question("Get paid on time", "How much does it matter?", ends=("hardly matters", "matters most"))
MANY = {
    "sell": {1: 3, 2: 8, 3: 20, 4: 48, 5: 47},
    "decide": {1: 4, 2: 9, 3: 14, 4: 8, 5: 3},
    "build": {1: 6, 2: 12, 3: 22, 4: 19, 5: 7},
}


def test_230_people_are_shares_of_their_lens_the_largest_30_px_high():
    chart = strip_counts(QUESTION, MANY)

    heights = {(bar.classes, bar.x): bar.height for bar in chart.bars}
    assert heights["m-sell", "75.75%"] == "30"  # 48 of 126, the largest share
    assert heights["m-sell", "24%"] == "1.88"  # 3 of 126
    assert heights["m-decide", "58.5%"] == "29.01"  # 14 of 38
    assert heights["m-build", "41.25%"] == "14.32"  # 12 of 66
    assert chart.bases == ("50", "102", "154")


def test_a_bar_stands_on_its_base_line_with_the_number_of_people_above():
    chart = strip_counts(QUESTION, MANY)

    bar, count = chart.bars[0], chart.counts[0]
    assert (bar.x, bar.y, bar.height, bar.width, bar.shift) == ("24%", "41.71", "8.29", "26", "translate(-13 0)")
    assert (count.text, count.x, count.y) == ("4", "24%", "36.71")


def test_row_labels_have_the_size_of_the_lens_and_the_table_every_number():
    chart = strip_counts(QUESTION, MANY)

    assert [text.text for text in chart.frame.texts[:3]] == ["Decide 38", "Build 66", "Sell 126"]
    assert chart.table.rows == (
        ("Decide 38", "4", "9", "14", "8", "3"),
        ("Build 66", "6", "12", "22", "19", "7"),
        ("Sell 126", "3", "8", "20", "48", "47"),
    )
    assert chart.sentence == "Get paid on time. 230 people: 13 × 1, 29 × 2, 56 × 3, 75 × 4, 57 × 5."


def test_nobody_at_a_level_has_no_bar_and_absences_a_hollow_one():
    chart = strip_counts(QUESTION, {"sell": {1: 60, "unknown": 20}})

    assert [(bar.x, bar.height, bar.classes) for bar in chart.bars] == [
        ("24%", "30", "m-sell"),
        ("90%", "10", "m-sell m-hollow"),
    ]
    assert chart.table.head == ("Lens", "1", "2", "3", "4", "5", "new to me")
    assert chart.table.rows == (("Sell 80", "60", "0", "0", "0", "0", "20"),)


def test_bars_are_narrower_where_ten_levels_share_the_width():
    chart = strip_counts(Question("Get paid", "How likely?", levels=10), {"sell": dict.fromkeys(range(1, 11), 7)})

    assert {bar.width for bar in chart.bars} == {"19.53"}


def test_bars_are_drawn_by_the_same_template_as_marks():
    html = render_to_string("workshops/charts/strip.html", {"chart": strip_counts(QUESTION, MANY, you=("build", 3))})

    assert html.count("<rect") == 15
    assert '<use href="#you" x="58.5%" y="90.5"/>' in html
