"""Figures published on the NaPiRE survey, recounted from the study's table and found again in the sample."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from workshops.files.workshop_file import read

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "samples" / "napire.json"
DATA = REPOSITORY / "tests" / "data" / "napire2014"
CITED = {
    "Incomplete and / or hidden requirements": 109,
    "Communication flaws between us and the customer": 93,
    "Moving targets (changing goals, business processes and / or requirements)": 76,
    "Underspecified requirements that are too abstract and allow for various interpretations": 76,
    "Time boxing / Not enough time in general": 72,
    "Communication flaws within the project team": 62,
    "Stakeholders with difficulties in separating requirements from previously known solution designs": 56,
    "Insufficient support by customer": 45,
    "Inconsistent requirements": 44,
    "Weak access to customer needs and / or (internal) business information": 42,
}
PROBLEM_CODES, CAUSE_CODES, FAILURE = slice(9, 30), slice(31, 123), 129


@pytest.fixture(scope="module")
def sample():
    return read(SAMPLE.read_bytes())


@pytest.fixture(scope="module")
def citations(sample):
    """Everything the study coded a problem for, as (person, place in their top five, problem's item, row)."""
    with (DATA / "napire.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[3:]
    keys = [item.key for item in sample.items if item.key != "v_507"]
    return [
        (row[2], row[3], key, row) for row in rows for key, mark in zip(keys, row[PROBLEM_CODES], strict=True) if mark
    ]


def test_the_ten_most_named_problems_are_named_as_often_as_published(sample, citations):
    titles = {item.key: item.title for item in sample.items}

    named = Counter(titles[key] for _person, _place, key, _row in citations)

    assert dict(named.most_common(10)) == CITED


def test_the_stars_are_these_citations_less_the_five_that_name_a_problem_again(sample, citations):
    named = Counter((person, key) for person, _place, key, _row in citations)
    again = {pair: times - 1 for pair, times in named.items() if times > 1}

    assert again == {
        ("NO-1", "v_237"): 1,  # communication with the customer
        ("NO-1", "v_240"): 1,  # incomplete requirements
        ("NO-10", "v_248"): 1,  # weak access to customer needs
        ("US-22", "v_249"): 1,  # weak knowledge of the customer's domain
        ("FI-13", "v_242"): 1,  # insufficient support by the customer
    }
    stars = Counter(rating.item for rating in sample.rounds[0].ratings if rating.star)
    assert stars == Counter(key for _person, key in named)
    assert (stars["v_240"], stars["v_237"]) == (109 - 1, 93 - 1)


def test_communication_with_the_customer_led_to_failure_in_45_of_93_cases(citations):
    failed = Counter(row[FAILURE] == "1" for _person, _place, key, row in citations if key == "v_237")

    assert failed == {True: 45, False: 48}


def test_the_causes_carry_the_784_links_that_the_study_coded_for_165_people(sample, citations):
    """A link of the study runs from a coded cause to a problem; each is coded on a text that the sample has."""
    codes = {
        (person, place): [code for code, mark in enumerate(row[CAUSE_CODES]) if mark]
        for person, place, _key, row in citations
    }
    causes = [link for link in sample.links if link.kind == "causes"]

    coded = [(link.person, link.to, code) for link in causes for code in codes[link.person, link.from_[-1]]]

    assert len(coded) == 784
    assert len({person for person, _problem, _cause in coded}) == 165
    assert len({(problem, cause) for _person, problem, cause in coded}) == 423
