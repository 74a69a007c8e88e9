"""The sample about invoices, whose story says what is hidden in it: read by the real model."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from alignment.meaning import Statement, suggest, text_findings

SAMPLE = Path(__file__).resolve().parents[2] / "samples/invoicing.json"


@pytest.fixture(scope="module")
def workshop():
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def statements(workshop):
    return [
        Statement(each["key"], each["person"], each["kind"], each["label"], each.get("meaning", ""))
        for each in workshop["statements"]
    ]


@pytest.fixture(scope="module")
def item_of(workshop):
    return {each["key"]: each.get("item") for each in workshop["statements"]}


def test_suggested_groups_are_those_that_a_facilitator_made_but_for_one(statements, item_of, minilm):
    found = suggest(statements, minilm.encode([statement.text for statement in statements]))

    mixed = [group for group in found.groups if len({item_of[key] for key in group.keys}) > 1]
    assert len(found.groups) >= 6
    assert len(mixed) <= 1


def test_the_goal_that_everybody_shares_is_explained_differently(statements, item_of, minilm):
    together = [pair for pair in combinations(item_of, 2) if item_of[pair[0]] == item_of[pair[1]]]
    vectors = minilm.encode([statement.meant for statement in statements])

    findings = text_findings(statements, vectors, model=minilm.model, confirmed=together)

    labels = {statement.key: statement.label for statement in statements}
    superficial = [labels[each.one] for each in findings if each.kind == "superficial"]
    assert superficial[0] == "Get paid on time"
    assert superficial.count("Get paid on time") >= 5
    assert {each.tier for each in findings if each.variant != "confirmed"} == {"possible"}


def test_two_people_who_want_more_and_fewer_invoices_are_opposite(statements, minilm):
    vectors = minilm.encode([statement.meant for statement in statements])

    findings = text_findings(statements, vectors, model=minilm.model)

    gravest = next(each for each in findings if each.kind == "opposite")
    assert (gravest.variant, gravest.opposition.turns[0].words) == ("direction", ("more", "fewer"))
    assert len([each for each in findings if each.kind == "opposite"]) == 1
