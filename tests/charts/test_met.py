import pytest
from django.template.loader import render_to_string

from workshops.charts.columns import Column
from workshops.charts.marks import RoleMark
from workshops.charts.met import DrawnMet, KeyEntry, Met, MetLine, Segment, Symbol, met

SALES = Column("Sales", "sell", RoleMark("sales", "Sales", "sell", "S"), "4 of 4 in")
EXECUTIVE = Column("Executive", "decide", RoleMark("executive", "Executive", "decide", "X"))


def only_cell(cell, **options):
    """The one cell of a table of one item and one role."""
    return met([MetLine("Get paid", "goal", "", (cell,))], [SALES], **options).rows[0].cells[0]


def test_up_to_twelve_people_everybody_is_a_mark_in_the_order_of_the_states():
    cell = only_cell(Met(new=1, unprompted=2, recognised=1), people=12)

    assert cell == DrawnMet(
        "sell",
        "2 wrote it, 1 recognised it, 1 new to me",
        marks=(
            Symbol("unprompted", "7", "7"),
            Symbol("unprompted", "21", "7"),
            Symbol("recognised", "35", "7"),
            Symbol("new", "49", "7"),
        ),
        height="14",
    )


def test_a_sixth_mark_begins_a_second_line():
    cell = only_cell(Met(recognised=6), people=12)

    assert cell.marks[5] == Symbol("recognised", "7", "21")
    assert cell.height == "28"


def test_from_thirteen_people_a_bar_has_the_shares():
    cell = only_cell(Met(unprompted=2, recognised=1, not_real=1), people=13)

    assert cell == DrawnMet(
        "sell",
        "2 wrote it, 1 recognised it, 1 not real",
        segments=(
            Segment("unprompted", "0%", "50%", is_patterned=False),
            Segment("recognised", "50%", "25%", is_patterned=True),
            Segment("not_real", "75%", "25%", is_patterned=True),
        ),
        height="14",
    )


def test_every_state_has_its_words():
    cell = only_cell(Met(unprompted=1, recognised=2, new=3, not_real=4, withdrew=5, no_answer=6), people=30)

    assert cell.words == ("1 wrote it, 5 wrote it and withdrew, 2 recognised it, 3 new to me, 4 not real, 6 no answer")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Met(absence="hidden"), "too few to show"),
        (Met(absence="asked"), "no answer"),
        (Met(), "not asked"),
        (Met(unprompted=2, absence="hidden"), "too few to show"),
    ],
)
def test_a_cell_without_people_says_why_and_draws_nothing(cell, words):
    assert only_cell(cell, people=9) == DrawnMet("sell", words)


def test_the_sentence_adds_up_what_is_shown_and_the_key_has_what_occurs():
    lines = [
        ("Get paid", "goal", "", (Met(unprompted=1, recognised=1), Met(new=1))),
        ("Retention", "pain", "", (Met(unprompted=3, absence="hidden"), Met(recognised=1))),
    ]

    chart = met(lines, [SALES, EXECUTIVE], people=9)

    assert chart.sentence == "2 items, added up: 1 wrote it, 2 recognised it, 1 new to me."
    assert chart.key == (
        KeyEntry("unprompted", "wrote it themselves", is_patterned=False),
        KeyEntry("recognised", "recognised it, and rated it", is_patterned=True),
        KeyEntry("new", "new to them", is_patterned=False),
    )


def test_before_anybody_has_answered_the_sentence_says_so():
    assert met([], [SALES]).sentence == "Nobody has met an item yet."


def test_columns_and_cells_come_together_by_lens_as_in_the_matrix():
    chart = met([("Get paid", "goal", "", (Met(unprompted=1), Met(new=1)))], [SALES, EXECUTIVE], people=2)

    assert [column.label for column in chart.columns] == ["Executive", "Sales"]
    assert [cell.words for cell in chart.rows[0].cells] == ["1 new to me", "1 wrote it"]


def test_a_line_with_a_cell_too_many_is_refused():
    with pytest.raises(ValueError, match="'Get paid' has 2 cells for 1 columns"):
        met([("Get paid", "goal", "", (Met(), Met()))], [SALES])


@pytest.mark.parametrize("people", [9, 30])
def test_the_page_has_the_counts_in_words_and_hostile_titles_as_text(people):
    lines = [("<script>", "pain", "/items/1/", (Met(unprompted=1, recognised=1),))]

    html = render_to_string("workshops/charts/met.html", {"chart": met(lines, [SALES], people=people)})

    assert '<a href="/items/1/">&lt;script&gt;</a>' in html
    assert '<span class="vh">1 wrote it, 1 recognised it</span>' in html
    assert "<script" not in html
    assert "Points apart" not in html
