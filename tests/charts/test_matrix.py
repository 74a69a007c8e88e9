import pytest
from django.template.loader import render_to_string

from workshops.charts.marks import RoleMark
from workshops.charts.matrix import Cell, Column, DrawnCell, LensHead, Line, matrix

SALES = Column("Sales", "sell", RoleMark("sales", "Sales", "sell", "S"), "2 of 3 in")
DESIGN = Column("Design", "build", RoleMark("design", "Design", "build", "D"))
EXECUTIVE = Column("Executive", "decide", RoleMark("executive", "Executive", "decide", "X"))


def test_columns_and_cells_come_together_by_lens():
    lines = [Line("Get paid", (Cell(5, 5, 5), Cell(1, 1, 1), Cell(3, 3, 3)), 1.0)]

    chart = matrix(lines, [SALES, EXECUTIVE, DESIGN])

    assert chart.lenses == (LensHead("Decide", "decide", 1), LensHead("Build", "build", 1), LensHead("Sell", "sell", 1))
    assert [column.label for column in chart.columns] == ["Executive", "Design", "Sales"]
    assert [(cell.figure, cell.point) for cell in chart.rows[0].cells] == [("1", "8%"), ("3", "50%"), ("5", "92%")]


def test_up_to_twelve_people_the_line_is_the_range():
    chart = matrix([Line("Get paid", (Cell(1.5, 1, 2, spread=0.5),))], [SALES], people=12)

    assert chart.rows[0].cells == (DrawnCell("sell", "1.5", "1 to 2", "18.5%", "8%", "29%"),)


def test_from_thirteen_people_the_line_is_the_spread_within_the_scale():
    chart = matrix([Line("Get paid", (Cell(4.5, 1, 5, spread=1.0),))], [SALES], people=13)

    assert chart.rows[0].cells == (DrawnCell("sell", "4.5", "3.5 to 5", "81.5%", "60.5%", "92%"),)
    assert chart.caption == "Mean answer by item and role. The line shows the spread inside a role."


def test_all_of_one_answer_is_a_point_without_a_line():
    chart = matrix([Line("Get paid", (Cell(4, 4, 4, spread=0),))], [SALES], people=9)

    assert chart.rows[0].cells == (DrawnCell("sell", "4", "", "71%"),)


@pytest.mark.parametrize(
    ("levels", "first", "answer", "place"), [(3, 0, 1, "50%"), (10, 1, 10, "92%"), (4, 0, 0, "8%")]
)
def test_every_scale_fills_the_track(levels, first, answer, place):
    chart = matrix([Line("Get paid", (Cell(answer, answer, answer),))], [SALES], levels=levels, first=first)

    assert chart.rows[0].cells[0].point == place


def test_absent_cells_say_why():
    keys = ["not_on_map", "unknown", "not_real", "asked", "hidden", ""]
    lines = [Line(key or "nobody asked", (Cell(absence=key),)) for key in keys]

    chart = matrix(lines, [SALES])

    words = [row.cells[0].words for row in chart.rows]
    assert words == ["not on map", "new to me", "not real", "no answer", "too few to show", "not asked"]
    assert {row.cells[0].figure for row in chart.rows} == {""}


def test_points_apart_fill_the_line_at_half_the_scale():
    chart = matrix([Line(str(apart), (Cell(),), apart) for apart in (2.0, 1.0, 2.2, None)], [SALES])

    assert [(row.apart, row.apart_right) for row in chart.rows] == [
        ("2.0", "100%"),
        ("1.0", "50%"),
        ("2.2", "100%"),
        ("", "0%"),
    ]


def test_a_line_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="'Get paid' has 1 cells for 2 columns"):
        matrix([Line("Get paid", (Cell(),))], [SALES, DESIGN])


def test_the_page_has_the_ranges_in_words_and_hostile_titles_as_text():
    lines = [Line("<script>", (Cell(1.5, 1, 2),), 1.0, "goal", "/items/1/")]

    html = render_to_string("workshops/charts/matrix.html", {"chart": matrix(lines, [SALES])})

    assert '<b>1.5</b><span class="vh">, 1 to 2</span>' in html
    assert '<a href="/items/1/">&lt;script&gt;</a>' in html
    assert '<svg class="kind" role="img" aria-label="goal"><use href="#k-goal"/></svg>' in html
