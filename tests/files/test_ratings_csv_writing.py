"""Writing a ratings CSV: texts begin like no formula, numbers are numbers, and it can be read again."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files.payloads import PAYLOADS
from tests.files.trees import name, steady, text
from workshops.files import cells, ratings_csv, schema
from workshops.files.schema import Item, Person, Rating, Role

HARMLESS = [
    "",
    "Ana",
    "1=1",
    "a@b",
    "5 % of invoices",
    "'Tis late",
    "≠ the same",
    "−3 in typography",
    "(=1+1)",
    "/x",
    "#1",
    "½",
]

TABLE = (
    "\ufeffperson,role,item,kind,importance,satisfaction,evidence,expected,same_meaning,star,answer,lens,late\r\n"
    '"Ana","Crew","Get paid, on time","goal",5,2,0,4,2,1,"rated","build",\r\n'
    '"Ben ""B"" Ünal","Sales","Get paid, on time","goal",,,,,,,"unknown","sell",1\r\n'
    '"Ana","Crew","\'=Late","pain",,1,,,,,"not_real","build",\r\n'
    '"Ben ""B"" Ünal","Sales","\'=Late","pain",,,,,,,"asked","sell",\r\n'
)


SALES = [Role(key="r", name="Sales", lens="sell")]


def file_of(people, items, ratings, roles=SALES):
    """A workshop with one closed rate round."""
    return schema.WorkshopFile(
        format=schema.FORMAT,
        team=schema.Team(name="T", roles=roles),
        workshop=schema.Workshop(title="T", candour="open", stage="closed"),
        people=people,
        items=items,
        rounds=[schema.Round(key="r1", kind="rate", closed=True, ratings=ratings)],
    )


def written(file):
    return ratings_csv.write(file, file.rounds[0])


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe_and_comes_back_without(payload):
    assert cells.neutral(payload) == "'" + payload
    assert cells.original("'" + payload) == payload


@pytest.mark.parametrize("plain", HARMLESS)
def test_a_text_that_no_spreadsheet_runs_stays_as_it_is(plain):
    assert cells.neutral(plain) == plain
    assert cells.original(plain) == plain


@steady
@given(st.text() | st.builds("{}{}".format, st.sampled_from(["'", "''", "'=", "= ", "\ufeff"]), st.text()))
def test_every_text_comes_back_from_its_cell_and_no_cell_begins_like_a_formula(said):
    assert cells.original(cells.neutral(said)) == said
    assert not cells.begins_like_a_formula(cells.neutral(said))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_table_begins_like_a_formula(payload):
    file = file_of(
        [Person(key="p", name=payload, role="r")],
        [Item(key="i", kind="goal", title=payload)],
        [Rating(person="p", item="i", answer="rated", importance=5)],
        [Role(key="r", name=payload)],
    )

    cell = cells.neutral(payload.strip())
    assert rows_of(written(file))[1] == [cell, cell, cell, "goal", "5", "", ""]
    assert not cells.begins_like_a_formula(cell)


def test_texts_stand_in_quotation_marks_and_numbers_bare():
    file = file_of(
        [Person(key="p", name="Ana", role="r")],
        [Item(key="i", kind="goal", title="7")],
        [Rating(person="p", item="i", answer="rated", importance=5, evidence=0)],
    )

    assert written(file).decode() == (
        '\ufeffperson,role,item,kind,importance,satisfaction,evidence\r\n"Ana","Sales","7","goal",5,,0\r\n'
    )


def test_a_table_that_was_read_is_written_back_to_the_byte():
    file = ratings_csv.read(TABLE.encode(), title="T")

    assert written(file).decode() == TABLE


def test_people_items_and_roles_of_one_name_are_told_apart():
    file = file_of(
        [Person(key=key, name="Ana", role=role) for key, role in (("p1", "a"), ("p2", "b"), ("p3", "a"))],
        [
            Item(key="i1", kind="goal", title="Late"),
            Item(key="i2", kind="goal", title="Late (2)"),
            Item(key="i3", kind="goal", title="Late"),
            Item(key="i4", kind="pain", title="Late"),
        ],
        [
            Rating(person=person, item=item, answer="asked")
            for person, item in (("p1", "i1"), ("p2", "i2"), ("p3", "i3"), ("p1", "i4"))
        ],
        [Role(key="a", name="Product"), Role(key="b", name="Product management")],
    )

    assert [row[:4] for row in rows_of(written(file))[1:]] == [
        ["Ana", "Product", "Late", "goal"],
        ["Ana (2)", "Product management (2)", "Late (2)", "goal"],
        ["Ana (3)", "Product", "Late (3)", "goal"],
        ["Ana", "Product", "Late", "pain"],
    ]


def test_a_name_that_gets_a_number_is_cut_to_what_a_name_may_have():
    file = file_of(
        [Person(key=key, name="A" * 120, role="r") for key in ("p1", "p2")],
        [Item(key="i", kind="goal", title="Late")],
        [Rating(person=person, item="i", answer="asked") for person in ("p1", "p2")],
    )

    assert [row[0] for row in rows_of(written(file))[1:]] == ["A" * 120, "A" * 116 + " (2)"]


@st.composite
def files(draw):
    names = draw(st.lists(name(), min_size=1, max_size=4))
    titles = draw(st.lists(st.tuples(name(), st.sampled_from(["goal", "pain"])), min_size=1, max_size=4))
    people = [Person(key=f"p{n}", name=said, role="r") for n, said in enumerate(names)]
    items = [Item(key=f"i{n}", kind=kind, title=said) for n, (said, kind) in enumerate(titles)]
    points = st.none() | st.integers(1, 5)
    ratings = []
    for person in people:
        for item in items:
            importance = draw(points)
            answer = "rated" if importance else draw(st.sampled_from(["unknown", "not_real", "asked"]))
            said = {"importance": importance, "expected": draw(points), "star": draw(st.booleans())}
            ratings.append(Rating(person=person.key, item=item.key, answer=answer, **said))
    return file_of(people, items, ratings, [Role(key="r", name=draw(text().filter(_has_content)) or "x")])


def _has_content(said):
    return re.search(r"\S", said) is not None and said.strip() != ""


@steady
@given(files())
def test_any_table_keeps_every_answer(file):
    again = ratings_csv.read(written(file), title="T")

    assert written(again) == written(file)
    assert [rating.model_dump(exclude={"person", "item"}) for rating in again.rounds[0].ratings] == [
        rating.model_dump(exclude={"person", "item"}) for rating in file.rounds[0].ratings
    ]
