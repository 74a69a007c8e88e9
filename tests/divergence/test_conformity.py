from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from alignment.divergence import Thresholds
from alignment.divergence.conformity import Conformity, conformity
from tests.divergence.sessions import answers_from, answers_of, random_ratings

BEFORE = """
    eva exec  1
    a   eng   2
    b   eng   2
    c   eng   2
    d   eng   2
    e   sales 3
    f   sales 5
    g   sales 5
    h   sales 5
    i   sales 5
    j   sales 5
    k   sales 5
"""


def revote(ratings):
    """The second answers of a to k; eva says 1 again."""
    lines = [line.split() for line in BEFORE.strip().splitlines()]
    return answers_of("\n".join(f"{line[0]} {line[1]} {mark}" for line, mark in zip(lines, (1, *ratings), strict=True)))


def counted(*ratings, executives=("exec",)):
    return conformity(answers_of(BEFORE), revote(ratings), executives)


def test_those_between_the_executive_and_the_others_are_counted_by_where_they_went():
    # a to e stand between the executive's 1 and the others' median of 5 (of 3 or 4 for e: 2 2 2 2 5 5 5 5 5 5).
    # a to d go to 1, e goes to 4; f to k have both on the same side.
    assert counted(1, 1, 1, 1, 4, 4, 4, 4, 4, 4, 4) == Conformity(
        movers=5,
        to_executive=4,
        chance=6 / 32,  # 4 or 5 of 5 coins: (5 + 1) / 32
        moves=5,
        moves_to_executive=4,
        items=1,
        executives=1,
    )
    assert counted(1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5).chance == 1 / 32
    assert counted(5, 3, 3, 3, 4, 5, 5, 5, 5, 5, 5).to_executive == 0
    assert counted(5, 3, 3, 3, 4, 5, 5, 5, 5, 5, 5).chance == 1


def test_who_stood_where_the_others_do_counts_by_whether_they_went_to_the_executive():
    # All ten say 3, as do the others of each; the executive says 5.
    before = answers_of("\n".join(["eva exec 5", *(f"p{n} eng 3" for n in range(10))]))
    after = answers_of("\n".join(["eva exec 5", *(f"p{n} eng {mark}" for n, mark in enumerate("5544443332"))]))

    found = conformity(before, after, ["exec"])

    assert (found.movers, found.to_executive) == (7, 6)
    assert found.chance == 8 / 128  # 6 or 7 of 7 coins: (7 + 1) / 128


def test_who_said_the_same_as_the_executive_cannot_go_to_them():
    before = answers_of("\n".join(["eva exec 3", *(f"p{n} eng 3" for n in range(6))]))
    after = answers_of("\n".join(["eva exec 3", *(f"p{n} eng 4" for n in range(6))]))

    assert conformity(before, after, ["exec"]) is None


def test_fewer_than_five_movers_are_not_told():
    assert counted(1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1) is None
    assert counted(2, 2, 2, 2, 3, 5, 5, 5, 5, 5, 5) is None


def test_who_gave_no_second_answer_or_left_did_not_move():
    assert counted(1, 1, 1, 1, "?", 5, 5, 5, 5, 5, 5) is None
    assert counted(1, 1, 1, 1, "-", 5, 5, 5, 5, 5, 5) is None


@pytest.mark.parametrize("executives", [["exec"], {"decide"}, np.array([True] + [False] * 11)])
def test_executives_are_named_by_role_by_lens_or_person_by_person(executives):
    assert counted(1, 1, 1, 1, 4, 4, 4, 4, 4, 4, 4, executives=executives).to_executive == 4


def test_keys_of_no_role_or_lens_and_masks_of_another_length_are_refused():
    with pytest.raises(ValueError, match="keys of roles or lenses, got boss, chief"):
        counted(*[1] * 11, executives=["chief", "boss", "exec"])
    with pytest.raises(ValueError, match="12 flags"):
        counted(*[1] * 11, executives=np.array([True, False]))
    with pytest.raises(ValueError, match="12 flags"):
        counted(*[1] * 11, executives=np.zeros(12))


def test_without_an_executive_who_rated_there_is_nothing_to_conform_to():
    silent = answers_of(BEFORE.replace("exec  1", "exec  ?"))

    assert conformity(silent, revote([1] * 11), ["exec"]) is None
    assert counted(*[1] * 11, executives=[]) is None


def test_rounds_on_different_scales_are_refused():
    with pytest.raises(ValueError, match="5 levels before, 7 after"):
        conformity(answers_of(BEFORE), answers_of(BEFORE, levels=7), ["exec"])


def test_of_two_executives_the_middle_counts():
    # 1 and 5 have their middle at 3: only e stands there and has no side. With 1 and 1 it is as with one.
    both = BEFORE.replace("k   sales 5", "k   exec  5")
    again = revote([1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5])

    assert conformity(answers_of(both), again, ["exec"]) is None
    same = conformity(answers_of(BEFORE.replace("k   sales 5", "k   exec  1")), again, ["exec"])
    assert (same.movers, same.to_executive, same.executives) == (5, 5, 2)


def test_a_person_counts_once_by_where_most_of_their_moves_went():
    first = [[1, 1, 1]] + [[2, 2, 2]] * 5 + [[5, 5, 5]] * 8
    again = [[1, 1, 1], [1, 1, 3], [1, 3, 2], [1, 1, 1], [3, 3, 1], [1, 2, 2]] + [[5, 5, 5]] * 8
    roles = ["exec"] + ["eng"] * 13

    # Two ways of three; one each way, which counts for neither; all three; one of three; the only one.
    assert conformity(answers_from(first, roles), answers_from(again, roles), ["exec"]) is None
    again[2] = [1, 3, 1]
    found = conformity(answers_from(first, roles), answers_from(again, roles), ["exec"])
    assert (found.movers, found.to_executive, found.moves, found.moves_to_executive) == (5, 4, 13, 9)
    assert (found.items, found.chance) == (3, 6 / 32)


def by_hand(before, after, executives):
    """Moves to and away from the executive of each person, by loops."""
    to, away = np.zeros(len(before), dtype=int), np.zeros(len(before), dtype=int)
    for item in range(before.shape[1]):
        lead = before[executives, item]
        lead = lead[~np.isnan(lead)]
        if not lead.size or np.count_nonzero(~np.isnan(before[:, item])) < 3:
            continue
        for person in np.flatnonzero(~executives):
            others = before[~executives & (np.arange(len(before)) != person), item]
            own, then = before[person, item], after[person, item]
            if np.isnan([own, then]).any() or np.isnan(others).all() or own == then:
                continue
            median, goal = np.nanmedian(others), np.median(lead)
            if goal < own <= median or median <= own < goal:
                towards = (then < own) == (goal < own)
                to[person] += towards
                away[person] += not towards
    return to, away


@pytest.mark.parametrize("levels", [2, 3, 5, 10])
def test_counts_are_those_of_a_search_person_by_person(levels):
    rng = np.random.default_rng(levels)
    told = 0
    for _ in range(10):
        before, again = (random_ratings(rng, 14, 12, levels=levels, missing=0.25) for _ in range(2))
        roles = ["exec"] * 3 + ["eng"] * 11
        to, away = by_hand(before, again, np.arange(14) < 3)

        both = (answers_from(each, roles, levels=levels) for each in (before, again))
        found = conformity(*both, ["exec"])

        movers = to != away
        if found is None:
            assert np.count_nonzero(movers) < 5
            continue
        told += 1
        assert (found.movers, found.to_executive) == (np.count_nonzero(movers), np.count_nonzero(to > away))
        assert (found.moves, found.moves_to_executive) == ((to + away)[movers].sum(), to[movers].sum())
        test = stats.binomtest(found.to_executive, found.movers, 0.5, alternative="greater")
        assert found.chance == pytest.approx(test.pvalue)
    assert told > 0


def test_turning_the_scale_round_or_mixing_people_and_items_changes_nothing():
    rng = np.random.default_rng(7)
    before, again = (random_ratings(rng, 14, 20, missing=0.1) for _ in range(2))
    roles = ["exec"] * 2 + ["eng"] * 12
    there = conformity(answers_from(before, roles), answers_from(again, roles), ["exec"])

    assert there is not None
    assert conformity(answers_from(6 - before, roles), answers_from(6 - again, roles), ["exec"]) == there
    mixed = answers_from(before, roles)
    rows, columns = rng.permutation(14), rng.permutation(20)
    mixed = replace(
        mixed,
        people=[mixed.people[row] for row in rows],
        roles=[mixed.roles[row] for row in rows],
        items=[mixed.items[column] for column in columns],
        **{name: getattr(mixed, name)[np.ix_(rows, columns)] for name in ("importance", "asked")},
    )
    assert conformity(mixed, answers_from(again, roles), ["exec"]) == there


def session(rng, people, *, leaning=0.0, pull=0.0):
    """Twenty items on which one executive stands apart, re-rated with fresh noise or with a new leaning."""
    item, person = rng.normal(3.7, 0.5, 20), rng.normal(0, 0.4, (people, 1))
    view, fresh = rng.normal(0, 0.8, (2, people, 20))
    before = np.clip(np.rint(item + person + view), 1, 5)
    before[0] = rng.integers(1, 3, 20)
    kept = view if leaning else 0.7 * view + np.sqrt(0.51) * fresh
    latent = item + person + rng.normal(0, 1, (people, 1)) * leaning + kept
    again = np.clip(np.rint((1 - pull) * latent + pull * before[0]), 1, 5)
    again[0] = before[0]
    roles = ["exec"] + ["eng"] * (people - 1)
    return conformity(answers_from(before, roles), answers_from(again, roles), ["exec"])


@pytest.mark.parametrize(
    ("world", "rate"), [({}, 0), ({"leaning": 0.6}, 0.01), ({"pull": 0.5}, 1)], ids=["noise", "leaning", "pull"]
)
def test_only_people_drawn_to_the_executive_are_beyond_chance(world, rate):
    rng = np.random.default_rng(9)

    found = [session(rng, 8, **world) for _ in range(200)]

    told = [each.chance <= 0.05 for each in found if each is not None]
    assert len(told) >= 150
    assert np.mean(told) == pytest.approx(rate, abs=0.025)


def test_each_item_needs_enough_raters_of_its_own():
    # On each of five items the executive says 1, another person 5, and one of five people 3, who then says 2.
    def round_of(mark):
        rows = [[np.nan] * item + [mark] + [np.nan] * (4 - item) for item in range(5)]
        return answers_from([[1] * 5, [5] * 5, *rows], ["exec", "pm", *["eng"] * 5])

    def movers(least):
        found = conformity(round_of(3.0), round_of(2.0), ["exec"], thresholds=Thresholds(min_raters=least))
        return found and (found.movers, found.to_executive)

    assert (movers(3), movers(4)) == ((5, 5), None)
