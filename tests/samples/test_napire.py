"""The sample made of the NaPiRE survey, checked against the published data by other ways than the script's own."""

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from workshops.files.workshop_file import read, write

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "samples" / "napire.json"
DATA = REPOSITORY / "tests" / "data" / "napire2014"


@pytest.fixture(scope="module")
def sample():
    return read(SAMPLE.read_bytes())


@pytest.fixture(scope="module")
def ratings(sample):
    return sample.rounds[0].ratings


def test_the_script_makes_the_committed_file_to_the_byte(tmp_path):
    made = tmp_path / "napire.json"

    subprocess.run([sys.executable, "-I", REPOSITORY / "bin" / "make_napire.py", made], check=True, cwd=tmp_path)

    assert made.read_bytes() == SAMPLE.read_bytes()


def test_the_file_is_in_canonical_form(sample):
    assert write(sample) == SAMPLE.read_bytes()


def test_there_are_228_people_in_seven_roles_with_22_pains(sample):
    assert len(sample.people) == 228
    assert [(role.name, role.lens) for role in sample.team.roles] == [
        ("Project lead or manager", "decide"),
        ("Business analyst", "decide"),
        ("Requirements engineer", "decide"),
        ("Developer", "build"),
        ("Architect", "build"),
        ("Tester", "build"),
        ("Other", "none"),
    ]
    assert len(sample.items) == 22
    assert {item.kind for item in sample.items} == {"pain"}


def test_people_stand_under_their_study_ids_and_no_name(sample):
    ids = re.findall(r'(?m)^"[A-Za-z]+";"([A-Z]{2}-\d+)"', (DATA / "napire-subjects.csv").read_text())

    assert [(person.key, person.name) for person in sample.people] == [(each, each) for each in ids]


def test_the_workshop_is_open_closed_and_revealed_on_a_three_point_scale(sample):
    workshop, [survey] = sample.workshop, sample.rounds

    assert (workshop.candour, workshop.stage, workshop.revealed, workshop.k) == ("open", "closed", True, 3)
    assert (survey.kind, survey.closed) == ("rate", True)
    assert survey.scales.model_dump() == {
        "importance": 3,
        "satisfaction": None,
        "evidence": None,
        "same_meaning": None,
    }


def test_the_credit_and_what_it_is_stand_in_the_file(sample):
    assert "no such workshop was held" in sample.workshop.strategy
    assert "10.6084/m9.figshare.5845083, CC BY 4.0" in sample.workshop.strategy


def test_the_item_whose_wording_is_unknown_says_so_and_stands_sixth(sample):
    assert [(item.key, item.title) for item in sample.items[4:7]] == [
        ("v_240", "Incomplete and / or hidden requirements"),
        ("v_507", "Survey item v_507 (wording not published)"),
        ("v_241", "Insufficient support by project lead"),
    ]
    assert sample.items[-1].title.startswith("Volatile customer's business domain")


def test_everybody_was_asked_about_everything(sample, ratings):
    pairs = [(person.key, item.key) for person in sample.people for item in sample.items]

    assert [(rating.person, rating.item) for rating in ratings] == pairs


def test_209_people_rated_something_and_their_roles_are_as_published(sample, ratings):
    rated = {rating.person for rating in ratings if rating.answer == "rated"}
    names = {role.key: role.name for role in sample.team.roles}

    assert len(rated) == 209
    assert Counter(names[person.role] for person in sample.people if person.key in rated) == {
        "Project lead or manager": 70,
        "Other": 53,
        "Business analyst": 24,
        "Developer": 20,
        "Requirements engineer": 17,
        "Architect": 15,
        "Tester": 10,
    }


def test_the_answers_are_as_many_as_in_the_data(ratings):
    counts = Counter((rating.answer, rating.importance) for rating in ratings)

    disagree, neutral, agree = 286 + 360, 840 + 313, 455 + 380  # English and Portuguese
    assert counts == {
        ("rated", 1): disagree,
        ("rated", 2): neutral,
        ("rated", 3): agree,
        ("asked", None): 1920 + 462,  # blank and 0
    }


def test_each_answer_is_the_one_in_its_place_of_the_data(ratings):
    with (DATA / "napire-subjects.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    first = header.index("v_236")
    in_order = [answer for row in rows for answer in row[first : first + 22]]

    starts = {1: ("I disagree", "Não concordo"), 2: ("Neutr",), 3: ("I agree", "Concordo"), None: ("0", "NaN")}
    told = [
        answer.startswith(starts[rating.importance]) for rating, answer in zip(ratings, in_order, strict=True) if answer
    ]
    assert header[first + 21] == "v_256"
    assert told == [True] * 3096
    assert {rating.answer for rating, answer in zip(ratings, in_order, strict=True) if not answer} == {"asked"}


def test_the_stars_are_the_ranked_problems_that_the_study_coded(sample, ratings):
    """napire.csv names each person's ranked problems in columns of its own, coded by the study and not by us."""
    with (DATA / "napire.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[3:]
    keys = [item.key for item in sample.items if item.key != "v_507"]
    coded = {(row[2], key) for row in rows for key, mark in zip(keys, row[9:30], strict=True) if mark == "YES"}

    assert {(rating.person, rating.item) for rating in ratings if rating.star} == coded
    assert len(coded) == 973


def test_a_problem_somebody_starred_without_rating_it_is_asked_with_a_star(ratings):
    starred = Counter(rating.answer for rating in ratings if rating.star)

    assert starred == {"rated": 528, "asked": 445}


def test_the_credits_name_all_authors():
    credited = " ".join((SAMPLE.parent / "README.md").read_text().split())
    authors = (DATA / "AUTHORS").read_text().replace("Vetro Tayana", "Vetro\nTayana").splitlines()

    assert [author for author in authors if author.strip() not in credited] == []
    assert "CC BY 4.0" in credited
