import pytest
from django.template.loader import render_to_string

from workshops.charts.apart import DrawnSide, Side, apart
from workshops.charts.marks import RoleMark
from workshops.charts.question import Question

SALES = RoleMark("sales", "Sales", "sell", "S")
ENGINEERING = RoleMark("eng", "Engineering", "build", "E")
IMPORTANCE = Question("Chasing invoices", "", ends=("hardly matters", "matters most"), measure="Importance")
EVIDENCE = Question("Retention", "", 4, 0, words=("guess", "anecdote", "several", "data"))


def test_two_people_stand_on_one_scale_each_under_the_name():
    chart = apart(IMPORTANCE, Side("Karim", SALES, 5), Side("Mei", ENGINEERING, 1, is_you=True))

    assert chart.sentence == "Chasing invoices. Karim: 5, Mei: 1, 4 points apart."
    assert chart.sides == (
        DrawnSide("#m-S", "93%", "37", is_small=False, is_you=False),
        DrawnSide("#m-E", "6%", "85", is_small=False, is_you=True),
    )
    assert [(text.text, text.y) for text in chart.names] == [("Karim", "17"), ("Mei", "65")]
    assert chart.table.rows == (("Karim", "5"), ("Mei", "1"), ("Between them", "4 points apart"))


def test_a_mean_stands_between_the_levels():
    chart = apart(IMPORTANCE, Side("Sales", SALES, 4.2), Side("Engineering", ENGINEERING, 3.2))

    assert [side.x for side in chart.sides] == ["75.6%", "53.85%"]  # 6 + 87 * 3.2 / 4 and 6 + 87 * 2.2 / 4
    assert chart.words == "1 point apart"


def test_a_lens_and_the_team_have_no_letter():
    chart = apart(IMPORTANCE, Side("Sell", level=4.5, lens="sell"), Side("Team", level=3.25))

    assert [(side.href, side.is_small) for side in chart.sides] == [("#s-sell", True), ("#s-everyone", True)]


@pytest.mark.parametrize("levels", [(1, 1), (1.01, 1.0)])
def test_the_same_place_is_the_same_answer(levels):
    left, right = levels

    assert apart(EVIDENCE, Side("A", SALES, left), Side("B", SALES, right)).words == "the same answer"


def test_levels_have_their_words_and_means_their_figures():
    chart = apart(EVIDENCE, Side("Karim", SALES, 3), Side("Build", level=0.5, lens="build"))

    assert chart.sentence == "Retention. Karim: data, Build: 0.5, 2.5 points apart."


def test_a_side_without_a_rating_is_hollow_and_stands_apart_with_the_word_for_why():
    chart = apart(IMPORTANCE, Side("Karim", SALES, 5), Side("Build", absence="not_on_map", lens="build"))

    assert chart.sides[1] == DrawnSide("#hs-build", "90%", "85", is_small=True, is_you=False)
    assert chart.frame.divider == "80%"
    assert chart.words == ""
    assert chart.sentence == "Chasing invoices. Karim: 5, Build: not on map."
    assert chart.table.rows == (("Karim", "5"), ("Build", "not on map"))


def test_neither_side_has_a_rating():
    chart = apart(IMPORTANCE, Side("Karim", SALES, absence="unknown"), Side("Mei", ENGINEERING, absence="unknown"))

    assert [side.x for side in chart.sides] == ["90%", "90%"]


def test_a_long_name_takes_two_lines_and_moves_what_is_below():
    short = apart(IMPORTANCE, Side("Karim", SALES, 5), Side("Mei", ENGINEERING, 1))

    long = apart(IMPORTANCE, Side("Karim " * 12, SALES, 5), Side("Mei", ENGINEERING, 1))

    assert len(long.names) == len(short.names) + 1
    assert [float(long.sides[n].y) - float(short.sides[n].y) for n in (0, 1)] == [14, 14]


@pytest.mark.parametrize(
    ("level", "words"),
    [(0, "0 is not an answer"), (0.5, "'Karim' stands at 0.5, off the scale 1 to 5"), (5.5, "at 5.5")],
)
def test_a_level_off_the_scale_is_refused(level, words):
    with pytest.raises(ValueError, match=words):
        apart(IMPORTANCE, Side("Karim", SALES, level), Side("Mei", ENGINEERING, 1))


def test_a_side_with_neither_level_nor_reason_is_refused():
    with pytest.raises(ValueError, match="is not an answer"):
        apart(IMPORTANCE, Side("Karim", SALES), Side("Mei", ENGINEERING, 1))


def test_the_page_draws_the_line_only_between_two_ratings_and_has_hostile_names_as_text():
    whole = apart(IMPORTANCE, Side("<script>", SALES, 5), Side("Mei", ENGINEERING, 1))
    half = apart(IMPORTANCE, Side("<script>", SALES, 5), Side("Mei", ENGINEERING, absence="unknown"))

    pages = [render_to_string("workshops/charts/apart.html", {"chart": chart}) for chart in (whole, half)]

    line = '<line class="span" x1="93%" y1="37" x2="6%" y2="85"/>'
    assert line in pages[0]
    assert 'class="span"' not in pages[1]
    assert not any("<script" in page for page in pages)
