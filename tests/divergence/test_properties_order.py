"""Neither the order of people and items nor what they and roles are called decides anything."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.divergence import analyse
from alignment.divergence.change import drift, round_change
from alignment.divergence.conformity import conformity
from alignment.divergence.person_offset import person_offsets
from alignment.divergence.person_pair import person_pair_index
from tests.divergence.drawn import asked_again, lively_rounds, part_of, rounds, steadily
from tests.divergence.sessions import tally_of

ANY = rounds(people=(1, 8), items=(1, 5)) | lively_rounds()


def as_bytes(value):
    return json.dumps(dataclasses.asdict(value), sort_keys=True, allow_nan=False)


def mixed(data, answers):
    """The same answers with people and items in another order."""
    return part_of(
        answers,
        np.array(data.draw(st.permutations(range(len(answers.people)))), dtype=int),
        np.array(data.draw(st.permutations(range(len(answers.items)))), dtype=int),
    )


def renamed(answers, people, items):
    """The same answers of people and about items that have other keys."""
    links = answers.links
    if links is not None:
        keys = [(kind, items[start], items[end]) for kind, start, end in links.keys]
        links = dataclasses.replace(links, keys=keys)
    return dataclasses.replace(
        answers,
        people=[people[key] for key in answers.people],
        items=[items[key] for key in answers.items],
        links=links,
    )


def names(data, keys, prefix):
    """Other keys, in another order."""
    places = data.draw(st.permutations(range(len(keys))))
    return {key: f"{prefix}{place:02d}" for key, place in zip(keys, places, strict=True)}


def rounded(numbers):
    return {name: value if value is None else round(value, 6) + 0 for name, value in numbers.items()}


def told(result, *, people=None, items=None, roles=None):
    """What is found on what, under these names and in no order."""
    people, items, roles = people or {}, items or {}, roles or {}
    facts = []
    for f in result.findings:
        groups = f.groups if f.grouping == "lens" else tuple(roles.get(key, key) for key in f.groups)
        facts.append(
            (
                (f.kind, f.variant, f.tier, f.grouping, f.dimension, tuple(sorted(groups))),
                (items.get(f.item, f.item), items.get(f.to_item, f.to_item)),
                tuple(people.get(key, key) for key in f.people),
                round(f.severity, 6),
            )
        )
    return sorted(facts, key=repr)


def numbers_of(result, items):
    """The numbers of all findings about no groups."""
    by = [
        (f.kind, f.variant, items.get(f.item, f.item), items.get(f.to_item, f.to_item), rounded(f.numbers))
        for f in result.findings
        if not f.groups
    ]
    return sorted(by, key=repr)


def values(index):
    return dataclasses.astuple(index)


@steadily(50)
@given(ANY, st.integers(0, 99), st.data())
def test_the_order_in_which_people_and_items_are_given_changes_no_byte(answers, seed, data):
    again = asked_again(answers, seed)
    other, again_other = mixed(data, answers), mixed(data, again)

    there = analyse(answers, again=again, rng=np.random.default_rng(seed))
    back = analyse(other, again=again_other, rng=np.random.default_rng(seed))

    assert as_bytes(dataclasses.replace(back, items=())) == as_bytes(dataclasses.replace(there, items=()))
    views = {view.item: view for view in there.items}
    assert back.items == tuple(views[item] for item in other.items)


@steadily(50)
@given(ANY, st.integers(0, 99))
def test_the_same_answers_give_the_same_bytes(answers, seed):
    again = asked_again(answers, seed)

    first, second = (analyse(answers, again=again, rng=np.random.default_rng(seed)) for _ in range(2))

    assert as_bytes(first) == as_bytes(second)


# Up to ten items: of the items that are as important as the tenth, the first by key are among the ten.
@steadily(60)
@given(rounds(people=(1, 8), items=(1, 5)) | lively_rounds(items=(3, 10)), st.data())
def test_other_keys_for_people_and_items_rename_them_in_the_answer_and_change_nothing_else(answers, data):
    people, items = names(data, answers.people, "q"), names(data, answers.items, "j")

    there, back = analyse(answers), analyse(renamed(answers, people, items))

    assert told(back) == told(there, people=people, items=items)
    assert numbers_of(back, {}) == numbers_of(there, items)
    assert values(back.alignment.all) == pytest.approx(values(there.alignment.all))
    assert {entry.item: (entry.why, entry.kinds) for entry in back.agenda} == {
        items[entry.item]: (entry.why, entry.kinds) for entry in there.agenda
    }
    assert {entry.item: entry.value for entry in back.agenda} == pytest.approx(
        {items[entry.item]: entry.value for entry in there.agenda}
    )


ANALYSE = """
import dataclasses, json
import numpy as np
from alignment.divergence import analyse
from tests.divergence.drawn import asked_again, lively
for seed in range(4):
    answers = lively(seed, people=16)
    result = analyse(answers, again=asked_again(answers, seed), rng=np.random.default_rng(1), opposed={"i01", "i02"})
    print(json.dumps(dataclasses.asdict(result)))
"""


def test_another_process_gives_the_same_bytes_however_it_orders_sets():
    said = [
        subprocess.run(
            [sys.executable, "-c", ANALYSE],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert said[0] == said[1] != b""


@steadily(60)
@given(ANY, st.data())
def test_other_names_for_roles_change_nothing_but_these_names(answers, data):
    roles = names(data, sorted(set(answers.roles)), "role ")
    other = dataclasses.replace(
        answers,
        roles=[roles[role] for role in answers.roles],
        lenses={new: answers.lenses[role] for role, new in roles.items()},
    )

    there, back = analyse(answers), analyse(other)

    assert told(back) == told(there, roles=roles)
    assert numbers_of(back, {}) == numbers_of(there, {})
    assert values(back.alignment.all) == values(there.alignment.all)
    pairs = {frozenset(roles[role] for role in pair.roles): pair.index for pair in there.alignment.by_role_pair}
    assert {frozenset(pair.roles): values(pair.index) for pair in back.alignment.by_role_pair} == {
        pair: pytest.approx(values(index)) for pair, index in pairs.items()
    }
    shifts = {(roles.get(s.group, s.group), s.grouping): (s.shift, s.items) for s in there.role_shifts}
    assert {(s.group, s.grouping): (s.shift, s.items) for s in back.role_shifts} == {
        key: pytest.approx(shift) for key, shift in shifts.items()
    }


@steadily(40)
@given(ANY, st.integers(0, 99), st.data())
def test_two_rounds_in_any_order_of_people_and_items_show_the_same_change(answers, seed, data):
    later = asked_again(answers, seed)
    rounds_there, rounds_back = (answers, later), (mixed(data, answers), mixed(data, later))
    continued = {item: answers.items[place // 2] for place, item in enumerate(later.items)}

    for compare in (
        round_change,
        lambda before, after: drift(before, after, continued),
        lambda before, after: conformity(before, after, ["exec", "sales"]),
    ):
        assert compare(*rounds_back) == compare(*rounds_there)


@steadily(40)
@given(lively_rounds())
def test_two_people_agree_as_much_whoever_is_named_first(answers):
    tally = tally_of(answers)
    first, second = answers.people[:2]

    assert person_pair_index(tally, first, second) == person_pair_index(tally, second, first)


@steadily(40)
@given(lively_rounds(), st.data())
def test_nobodys_offset_depends_on_the_order_of_people(answers, data):
    def offsets(of):
        return {offset.person: offset for offset in person_offsets(tally_of(of))}

    assert offsets(mixed(data, answers)) == offsets(answers)
