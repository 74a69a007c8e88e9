from django.template.loader import render_to_string

from workshops.charts.illusion import illusion
from workshops.charts.interval import IntervalRow, Reading, interval


def test_zero_and_one_stand_on_a_scale_from_minus_a_quarter():
    table = interval([Reading("All", 0.5, 0.0, 1.0)], caption="Alignment")

    assert (table.zero, table.one) == ("22.4%", "96%")
    assert table.rows == (IntervalRow("All", ".50", ".00 to 1.00", "59.2%", "22.4%", "96%"),)


def test_a_figure_below_the_scale_widens_it():
    table = interval([Reading("All", -0.2, -0.6, 0.2)], caption="Alignment")

    assert table.zero == "43.43%"  # 4 + 92 * .75 / 1.75
    assert table.rows[0].left == "11.89%"  # 4 + 92 * .15 / 1.75
    assert table.rows[0].words == "−.60 to .20"


def test_without_an_interval_the_words_say_why():
    table = interval([Reading("All", 0.5, words="one person, no interval"), Reading("Goals", 0.5)], caption="Alignment")

    assert table.rows == (
        IntervalRow("All", ".50", "one person, no interval", "59.2%", "", ""),
        IntervalRow("Goals", ".50", "no interval", "59.2%", "", ""),
    )


def test_without_a_figure_there_is_no_point():
    table = interval([Reading("Pains", words="too few answers"), Reading("Goals")], caption="Alignment")

    assert [(row.figure, row.words, row.point) for row in table.rows] == [
        ("", "too few answers", ""),
        ("", "no figure yet", ""),
    ]


def test_a_hostile_label_is_text():
    table = interval([Reading("<script>", 0.5, words="<b>")], caption="<i>")

    html = render_to_string("workshops/charts/interval.html", {"chart": table})

    assert "&lt;script&gt;" in html
    assert not any(tag in html for tag in ("<script", "<b><", "<i>"))


def test_the_illusion_stands_on_a_scale_in_points_and_the_table_says_the_same():
    chart = illusion(0.6, 0.3, 0.9)

    assert (chart.zero, chart.point, chart.left, chart.right) == ("40.8%", "62.88%", "51.84%", "73.92%")
    assert chart.sentence == "0.6 points too near, 0.3 to 0.9"
    assert [row[1] for row in chart.table.rows] == ["0.6", "0.3", "0.9"]


def test_an_illusion_below_zero_is_too_far_and_widens_the_scale():
    chart = illusion(-1.2)

    assert chart.sentence == "−1.2 points too far, no interval"
    assert (chart.zero, chart.left) == ("50%", "")
