"""The sample made of the reqT survey, checked against its published table and the cells it was made of."""

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from alignment.divergence import analyse
from workshops.answers import from_file
from workshops.files.workshop_file import read, write

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "samples" / "reqt.json"
DATA = REPOSITORY / "tests" / "data" / "reqt-survey"

# Regnell (REFSQ 2016), table 2: how many of the 14 use a concept and mean what its definition says
PUBLISHED = {
    14: "Class Component UseCase Variant Comment Example Max Min Title implements verifies",
    13: "Configuration Data Design Event Quality Scenario Stakeholder System Term Code Constraints Cost FileName"
    " Probability Profit Spec Why excludes interactsWith is relatesTo requires",
    12: "Actor Domain Feature Function Interface Module Relationship Release Req Risk Service State Task Test Benefit"
    " Capacity Frequency Input Order Output Prio Text Value has impacts",
    11: "Idea Label Member Meta MockUp Section User Image precedes superOf",
    10: "Goal Story Expectation",
    9: "App Issue Target WorkPackage Damage binds helps",
    8: "Item Product Resource VariationPoint deprecates",
    7: "Breakpoint Screen Status",
    6: "Barrier Deprecated hurts",
    4: "Ticket",
    1: "Epic Gist",
}


@pytest.fixture(scope="module")
def sample():
    return read(SAMPLE.read_bytes())


@pytest.fixture(scope="module")
def ratings(sample):
    return sample.rounds[0].ratings


def test_the_script_makes_the_committed_file_to_the_byte(tmp_path):
    made = tmp_path / "reqt.json"

    subprocess.run([sys.executable, "-I", REPOSITORY / "bin" / "make_reqt.py", made], check=True, cwd=tmp_path)

    assert made.read_bytes() == SAMPLE.read_bytes()


def test_the_file_is_in_canonical_form(sample):
    assert write(sample) == SAMPLE.read_bytes()


def test_14_people_in_one_role_were_asked_about_92_goals_each(sample, ratings):
    pairs = [(person.key, item.key) for person in sample.people for item in sample.items]

    assert [(role.name, role.lens) for role in sample.team.roles] == [("Other", "none")]
    assert [person.key for person in sample.people] == [f"{number:03}" for number in range(1, 15)]
    assert (len(sample.items), {item.kind for item in sample.items}) == (92, {"goal"})
    assert [(rating.person, rating.item) for rating in ratings] == pairs


def test_there_are_49_entities_28_attributes_and_15_relations_as_published(sample):
    kinds = Counter(re.search(r"\((\w+)\)$", item.title)[1] for item in sample.items)

    assert kinds == {"entity": 49, "attribute": 28, "relation": 15}


def test_the_workshop_is_open_closed_and_revealed_and_says_that_none_was_held(sample):
    workshop, [survey] = sample.workshop, sample.rounds

    assert (workshop.candour, workshop.stage, workshop.revealed, workshop.k) == ("open", "closed", True, 3)
    assert (survey.kind, survey.closed) == ("rate", True)
    assert survey.scales.model_dump() == {"importance": 3, "satisfaction": None, "evidence": None, "same_meaning": 3}
    assert "no such workshop was held" in workshop.strategy
    assert "Björn Regnell, github.com/bjornregnell/reqT-survey, MIT licence" in workshop.strategy


def test_each_answer_is_the_one_in_the_data(ratings):
    lines = (DATA / "ratings_long.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = {(person, concept): answer for person, _kind, concept, *answer in csv.reader(lines)}

    as_written = {
        (rating.person, rating.item): [
            "" if rating.importance is None else f"{rating.importance - 1}.0",
            "" if rating.same_meaning is None else f"{rating.same_meaning}.0",
        ]
        for rating in ratings
    }

    proposed = cells.keys() - as_written.keys()
    assert len(proposed) == 9
    assert as_written == {pair: answer for pair, answer in cells.items() if pair not in proposed}


def test_two_answers_without_a_usage_are_asked_and_not_answered(ratings):
    assert [(rating.person, rating.item) for rating in ratings if rating.answer != "rated"] == [
        ("005", "Screen"),
        ("012", "Actor"),
    ]
    assert {rating.answer for rating in ratings} == {"rated", "asked"}


def test_as_many_use_a_concept_in_the_same_meaning_as_published(sample, ratings):
    same = Counter(rating.item for rating in ratings if (rating.importance or 0) >= 2 and rating.same_meaning == 2)

    table = {}
    for item in sample.items:
        table.setdefault(same[item.key], set()).add(item.key)
    assert table == {people: set(concepts.split()) for people, concepts in PUBLISHED.items()}


def test_alignment_on_usage_is_what_was_worked_out_before(sample):
    index = analyse(from_file(sample, sample.rounds[0])).alignment.all

    assert (round(index.value, 3), round(index.low, 3), round(index.high, 3)) == (0.479, 0.370, 0.589)
    assert (index.people, index.items) == (14, 92)


def test_the_credit_names_author_source_and_licence():
    credited = (SAMPLE.parent / "README.md").read_text(encoding="utf-8").split("## reqt.json")[1]

    assert all(part in credited for part in ("Björn Regnell", "bjornregnell/reqT-survey", "MIT"))
    assert (DATA / "LICENSE").read_text().startswith("The MIT License")
