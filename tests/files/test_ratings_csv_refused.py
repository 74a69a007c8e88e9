"""Ratings CSVs that are not taken: the row, the column and the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.payloads import PAYLOADS
from tests.files.trees import steady
from workshops.files import ratings_csv
from workshops.files.refusals import FileRefused
from workshops.files.schema import Role

HEADER = "person,role,item,kind,importance\n"
OPTIONAL = "satisfaction, evidence, expected, same_meaning, star, answer, lens, late"
FORMULA = "begins like a formula, got {}; if it is meant as text, put an apostrophe (') in front"


def refusal(text, **options):
    """The problems of a CSV that must be refused, as (path, reason)."""
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(FileRefused) as refused:
        ratings_csv.read(data, **({"title": "T"} | options))
    return [tuple(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "name,points\nAna,5\n", "Ana,Sales,A,goal,5\n", '{"format": "parallax-workshop/1"}', "\0"],
)
def test_a_table_without_a_header_is_refused(text):
    assert refusal(text) == [("row 1", "must name the columns: person, role, item, kind, importance")]


@pytest.mark.parametrize(
    "header, problems",
    [
        (
            "person,role,item,kind",
            [("row 1", "the column “importance” is missing")],
        ),
        (
            "person;item;importance",
            [("row 1", "the column “role” is missing"), ("row 1", "the column “kind” is missing")],
        ),
        (
            "person,role,item,kind,importance,e-mail",
            [("row 1", f'column 6, "e-mail", is not a column of a ratings CSV, which may also have: {OPTIONAL}')],
        ),
        (
            "person,role,item,kind,importance,Person",
            [("row 1, person", "this column stands here more than once")],
        ),
    ],
)  # fmt: skip
def test_a_wrong_header_is_refused_by_the_names_of_its_columns(header, problems):
    assert refusal(header + "\nAna,Sales,A,goal,5,x\n") == problems


@pytest.mark.parametrize(
    "row, problem",
    [
        (",Sales,A,goal,5", ("row 3, person", "must not be blank")),
        ("Ben, ,A,goal,5", ("row 3, role", "must not be blank")),
        ("Ben,Sales,,goal,5", ("row 3, item", "must not be blank")),
        ("Ben,Sales,A,,5", ("row 3, kind", 'must be one of goal, pain, alternative, got ""')),
        ("Ben,Sales,A,Ziel,5", ("row 3, kind", 'must be one of goal, pain, alternative, got "Ziel"')),
        (f"{'B' * 121},Sales,A,goal,5", ("row 3, person", "must be at most 120 characters long, got 121")),
        (f"Ben,{'S' * 121},A,goal,5", ("row 3, role", "must be at most 120 characters long, got 121")),
        (f"Ben,Sales,{'A' * 201},goal,5", ("row 3, item", "must be at most 200 characters long, got 201")),
        ("Ben,Sales,A,goal,6", ("row 3, importance", "must be between 1 and 5, got 6")),
        ("Ben,Sales,A,goal,0", ("row 3, importance", "must be between 1 and 5, got 0")),
        ("Ben,Sales,A,goal,-1", ("row 3, importance", "must be between 1 and 5, got -1")),
        ("Ben,Sales,A,goal,2.5", ("row 3, importance", 'must be a whole number, got "2.5"')),
        ("Ben,Sales,A,goal,high", ("row 3, importance", 'must be a whole number, got "high"')),
        ("Ben,Sales,A,goal,٣", ("row 3, importance", 'must be a whole number, got "\\u0663"')),
        (f"Ben,Sales,A,goal,{'9' * 5000}", ("row 3, importance", f'must be a whole number, got "{"9" * 40}"…')),
        ("Ben,Sales,A,goal,=1+1", ("row 3, importance", FORMULA.format('"=1+1"'))),
        ("Ben,Sales,A,goal,+4", ("row 3, importance", FORMULA.format('"+4"'))),
        ("Ben\0,Sales,A,goal,5", ("row 3, person", "holds a NUL character, which is not text")),
        ("Ana,Sales,A,goal,4", ("row 3, item", '"Ana" has rated this item in row 2 already')),
        ("Ana,Support,B,goal,4", ("row 3, role", '"Ana" has another role in row 2')),
        ("Ben,Sales,A", ("row 3", "has 3 cells, and the header names 5")),
        ("Ben,Sales,A,goal,5,", ("row 3", "has 6 cells, and the header names 5")),
        (
            '"Ben,Sales,A,goal,5',
            (
                "row 3",
                "cannot be read: a quotation mark is not closed, or text follows one, or a cell is far too long",
            ),
        ),
    ],
)
def test_a_wrong_row_is_refused_with_its_number_its_column_and_why(row, problem):
    assert refusal(f"{HEADER}Ana,Sales,A,goal,5\n{row}\n") == [problem]


@pytest.mark.parametrize(
    "column, cell, reason",
    [
        ("satisfaction", "6", "must be between 1 and 5, got 6"),
        ("evidence", "4", "must be between 0 and 3, got 4"),
        ("expected", "0", "must be between 1 and 5, got 0"),
        ("same_meaning", "3", "must be between 0 and 2, got 3"),
        ("star", "maybe", 'must be one of 0, no, false, 1, x, yes, true, got "maybe"'),
        ("late", "2", 'must be one of 0, no, false, 1, x, yes, true, got "2"'),
        ("answer", "perhaps", 'must be one of rated, unknown, not_real, asked, got "perhaps"'),
        ("lens", "sales", 'must be one of decide, build, sell, none, got "sales"'),
    ],
)
def test_a_wrong_cell_in_a_further_column_is_refused(column, cell, reason):
    text = f"person,role,item,kind,importance,{column}\nAna,Sales,A,goal,5,{cell}\n"

    assert refusal(text) == [(f"row 2, {column}", reason)]


def test_an_answer_has_to_fit_the_importance():
    text = "person,role,item,kind,importance,answer\nAna,Sales,A,goal,,rated\nBen,Sales,A,goal,4,unknown\n"

    assert refusal(text) == [
        ("row 2, importance", "is missing, although the answer is “rated”"),
        ("row 3, importance", "goes only with the answer “rated”, and the answer is “unknown”"),
    ]


def test_a_role_has_one_lens_and_the_one_that_its_team_gave_it():
    rows = "person,role,item,kind,importance,lens\nAna,Crew,A,goal,5,build\nBen,Crew,A,goal,5,sell\n"

    assert refusal(rows) == [("row 3, lens", "this role has the lens build further up")]
    assert refusal(rows, roles=[Role(key="crew", name="Crew", lens="build")]) == [
        ("row 3, lens", "the team has this role with the lens build")
    ]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("column", ["person", "role", "item"])
def test_a_name_that_a_spreadsheet_would_run_is_refused_where_it_stands(column, payload):
    cells = {"person": "Ana", "role": "Sales", "item": "A"} | {column: '"' + payload.replace('"', '""') + '"'}

    problems = refusal(f"{HEADER}{cells['person']},{cells['role']},{cells['item']},goal,5\n")

    assert [path for path, _reason in problems] == [f"row 2, {column}"]
    assert problems[0][1].startswith(("begins like a formula, got ", "holds a NUL character"))


def test_a_table_without_rows_is_refused():
    assert refusal(HEADER) == [("row 1", "is followed by no ratings")]


def test_bytes_that_are_not_utf_8_are_refused():
    assert refusal(HEADER.encode("utf-16")) == [("(file)", "is not UTF-8: byte 0 cannot be read")]


def test_a_file_over_the_limit_is_refused():
    assert refusal(HEADER, limit=10) == [("(file)", "is too large: 33 bytes, at most 10 are taken")]


@pytest.mark.parametrize("title, shown", [("", '""'), (" ", '" "'), ("a\nb", '"a\\nb"'), ("\udcff", '"\\udcff"')])
def test_a_title_that_cannot_be_shown_is_refused(title, shown):
    assert refusal(HEADER, title=title) == [("title", f"must be 1 to 200 characters that can be shown, got {shown}")]


def test_more_people_items_or_roles_than_are_taken_are_refused_at_the_first_too_many():
    people = HEADER + "".join(f"P{n},Sales,A,goal,5\n" for n in range(9))
    roles = HEADER + "".join(f"P{n},Role {n},A,goal,5\n" for n in range(110))
    items = HEADER + "".join(f"Ana,Sales,A{n},goal,5\n" for n in range(5_010))

    assert refusal(people, people=7) == [("row 9, person", "is one more than the 7 that are taken")]
    assert refusal(roles) == [("row 102, role", "is one more than the 100 that are taken")]
    assert refusal(items) == [("row 5002, item", "is one more than the 5000 that are taken")]


def test_a_table_in_which_every_row_is_wrong_is_refused_with_the_first_problems():
    with pytest.raises(FileRefused) as refused:
        ratings_csv.read((HEADER + "Ana,Sales,A,goal,9\n" * 100_000).encode(), title="T")

    assert len(refused.value.problems) == 20
    assert str(refused.value).endswith("and at least 180 more")


@steady
@given(st.lists(st.tuples(st.integers(0, 200), st.binary(max_size=4)), max_size=4), st.integers(0, 200))
def test_whatever_is_done_to_the_bytes_they_are_read_or_refused(changes, length):
    data = (HEADER + '"Ana, B.",Sales,A,goal,5\nBen,"Sales",A,goal,\nCleo,Support,B,pain,3\n').encode()[:length]
    for position, other in changes:
        data = data[:position] + other + data[position + 1 :]

    try:
        file = ratings_csv.read(data, title="T")
    except FileRefused as refused:
        told = refused.problems
    else:
        told = [("file", str(len(file.rounds[0].ratings)))]
    assert all(path and reason for path, reason in told)
