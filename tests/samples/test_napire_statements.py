"""What the people of the NaPiRE sample wrote, held against the survey’s cells and against the study’s own table."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from alignment.divergence import alignment_index
from workshops.answers import from_file
from workshops.files.workshop_file import read

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "samples" / "napire.json"
DATA = REPOSITORY / "tests" / "data" / "napire2014"

SAYS_NOTHING = re.compile(
    r"-+|n/a|(currently )?no(ne| mitigations?| idea)|unknown|don't know( how\?)?|i do not understand the question\.",
    re.I,
)
CAUSES, MITIGATIONS = 30, 130  # where the study's table has the texts
# The study's table has these people's mitigations in the rows of others.
FOUND_UNDER = {
    "CA-2": "US-20", "CA-3": "US-22", "CA-4": "US-23", "CA-5": "US-24", "CA-7": "US-25",
    "CA-12": "CA-5", "CA-13": "CA-7", "CA-15": "CA-10",
    "FI-11": "FI-6", "FI-13": "FI-7", "FI-17": "FI-10", "FI-18": "FI-11", "FI-19": "FI-13", "FI-20": "FI-14",
}  # fmt: skip
# What these people wrote themselves, if anything, is nowhere in that table.
LOST = {"US-20", "US-22", "US-23", "US-24", "US-25", "CA-10", "FI-4", "FI-6", "FI-7", "FI-10", "FI-14"}


def folded(text):
    return " ".join(text.replace("\x7f", "").split())


def texts(answers):
    """The texts that say something, by key."""
    told = {key: folded(text) for key, text in answers if text not in ("", "-99", "-66")}
    return {key: text for key, text in told.items() if not SAYS_NOTHING.fullmatch(text)}


@pytest.fixture(scope="module")
def sample():
    return read(SAMPLE.read_bytes())


@pytest.fixture(scope="module")
def statements(sample):
    return {each.key: each for each in sample.statements}


@pytest.fixture(scope="module")
def written(sample):
    return {each.key: each.meaning or each.label for each in sample.statements}


@pytest.fixture(scope="module")
def study():
    """The study's table: one row for each person and place in their top five."""
    with (DATA / "napire.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[3:]


def test_779_causes_are_pains_and_595_mitigations_alternatives_with_one_link_each(sample):
    kinds = Counter((each.kind, each.key.split("-")[2][0]) for each in sample.statements)
    links = Counter((link.kind, link.from_.split("-")[2][0]) for link in sample.links)

    assert kinds == {("pain", "c"): 779, ("alternative", "m"): 595}
    assert links == {("causes", "c"): 779, ("serves", "m"): 595}
    assert [link.from_ for link in sample.links] == [each.key for each in sample.statements]


def test_every_text_is_the_one_in_its_cell_and_no_cell_that_says_something_is_left_out(written):
    with (DATA / "napire-subjects.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    first = {"c": header.index("v_391"), "m": header.index("v_513")}
    cells = {
        f"{row[1]}-{letter}{place + 1}": row[column + place]
        for row in rows
        for letter, column in first.items()
        for place in range(5)
    }

    answered = [text for text in cells.values() if text not in ("-99", "-66")]
    assert (len(cells), len(answered)) == (2280, 784 + 626)
    assert written == texts(cells.items())


def test_a_text_is_its_authors_submitted_and_under_no_item(sample):
    assert all(each.key.startswith(f"{each.person}-") for each in sample.statements)
    assert [link.person for link in sample.links] == [each.person for each in sample.statements]
    assert {(each.item, each.evidence, each.draft, each.example) for each in sample.statements} == {
        (None, None, False, "")
    }


def test_every_link_leads_to_the_problem_that_the_study_coded_at_that_place(sample, study):
    keys = [item.key for item in sample.items if item.key != "v_507"]
    coded = {(row[2], row[3]): key for row in study for key, mark in zip(keys, row[9:30], strict=True) if mark}

    assert [link.to for link in sample.links] == [coded[link.person, link.from_[-1]] for link in sample.links]


def test_the_causes_are_those_of_the_studys_table_but_for_eight(written, study):
    ours = {key: text for key, text in written.items() if "-c" in key}
    theirs = texts((f"{row[2]}-c{row[3]}", row[CAUSES]) for row in study)

    assert {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)} == {
        *(f"SE-43-c{place}" for place in "12345"),  # in Swedish, left out of the study's table
        *("SE-31-c3", "SE-61-c2"),  # their spelling is put right there
        "BR-96-c3",  # stands there without a problem, and nowhere in the survey
    }


def test_the_mitigations_are_those_of_the_studys_table_once_its_shifted_rows_are_put_back(written, study):
    ours = {key: text for key, text in written.items() if "-m" in key}
    found = {(row[2], row[3]): row[MITIGATIONS] for row in study}
    people = {row[2] for row in study}
    theirs = texts(
        (f"{person}-m{place}", found[FOUND_UNDER.get(person, person), place])
        for person in people - LOST
        for place in "12345"
    )

    different = {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
    assert different - {"SE-34-m5"} == {key for key in ours if key.rsplit("-", 1)[0] in LOST}
    assert len(different) == 24  # one of them a spelling put right


def test_a_text_too_long_for_a_label_is_cut_at_a_word_and_stands_whole_in_the_meaning(sample):
    cut = [each for each in sample.statements if each.meaning]

    assert Counter(each.kind for each in cut) == {"pain": 73, "alternative": 55}
    assert all(len(each.meaning) > 120 for each in cut)
    for each in cut:
        beginning = each.label.removesuffix("…")
        assert each.meaning.startswith(beginning)
        assert re.match(r"[ ,;:.]", each.meaning[len(beginning) :])
    assert {each.label[-1] == "…" for each in cut} == {True}


def test_a_cut_label_leaves_no_room_for_the_next_word(sample):
    for each in sample.statements:
        if each.meaning:
            kept = len(each.label.removesuffix("…").split())
            assert len(" ".join(each.meaning.split()[: kept + 1])) > 119


def test_no_text_was_too_long_for_a_meaning(written):
    assert max(len(text) for text in written.values()) == 254


def test_a_control_character_in_a_text_is_gone(written):
    assert "Falta de rigorosa análise de impacto dos requisitos" in written.values()
    assert all(text.isprintable() for text in written.values())


def test_what_people_wrote_makes_nobody_hold_an_item_and_leaves_the_alignment_as_it_was(sample):
    answers = from_file(sample, sample.rounds[0])

    index = alignment_index(answers.importance, levels=3)

    assert (answers.held == answers.rated).all()
    assert (round(index.value, 4), round(index.low, 4), round(index.high, 4)) == (0.1509, 0.1140, 0.1878)
