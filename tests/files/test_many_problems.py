"""A file with many problems names the first twenty and counts the others."""

import json

import pytest

from workshops.files.fields import MOST_WRONG_PARTS
from workshops.files.workshop_file import FileRefused, Problem, read


def refused(tree):
    with pytest.raises(FileRefused) as caught:
        read(json.dumps(tree).encode())
    return caught.value


def test_problems_in_different_places_are_told_together(refusal, whole):
    whole["people"][0]["role"] = "nobody"
    whole["rounds"][0]["ratings"][0]["importance"] = 8

    assert refusal(whole) == [
        ("people[0].role", "names the role \"nobody\", which is not among the team’s roles"),
        ("rounds[0].ratings[0].importance", "must be between 1 and 7 on this round’s scale, got 8"),
    ]  # fmt: skip


def test_the_first_twenty_are_named_and_the_others_counted(small):
    small["items"] = [{"key": f"i{n}", "kind": "goal", "title": "On time", "parent": "none"} for n in range(25)]

    refusal = refused(small)

    assert [problem.path for problem in refusal.problems] == [f"items[{n}].parent" for n in range(20)]
    assert refusal.more == 5
    assert str(refusal).splitlines()[19:] == [
        'items[19].parent: names the item "none", which is not among the items',
        "and 5 more",
    ]


def test_exactly_twenty_are_all_named(small):
    small["items"] = [{"key": f"i{n}", "kind": "goal", "title": ""} for n in range(20)]

    refusal = refused(small)

    assert (len(refusal.problems), refusal.more) == (20, 0)
    assert str(refusal).splitlines()[-1] == "items[19].title: must not be blank"


def test_reading_stops_looking_after_so_many_wrong_entries(small):
    small["links"] = [1] * 1_000_000

    refusal = refused(small)

    assert refusal.problems[0] == Problem("links[0]", "must be an object, got 1")
    assert len(refusal.problems) + refusal.more == MOST_WRONG_PARTS
    assert str(refusal).endswith("\nand at least 180 more")


def test_a_problem_reads_as_path_and_reason():
    assert str(Problem("people[0].name", "is missing")) == "people[0].name: is missing"
