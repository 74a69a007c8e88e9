"""The analysis of a round says what its rules say one by one, in the order it promises."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.divergence import AgendaEntry, Finding, Thresholds, alignment_index, analyse
from alignment.divergence.agenda import agenda
from alignment.divergence.analysis import DIVERGENCES, in_order
from alignment.divergence.camps import camps
from alignment.divergence.change import drift_findings, round_change
from alignment.divergence.consensus import consensus_findings
from alignment.divergence.illusion import illusion, item_illusions
from alignment.divergence.index import between_index, side_of
from alignment.divergence.outlier_view import outlier_view_findings
from alignment.divergence.rank import rank_overlap
from alignment.divergence.role_gap import role_shifts
from alignment.divergence.sensitivity import identity, notched
from alignment.divergence.tally import Tally
from tests.divergence.drawn import asked_again, lively, lively_rounds, rounds, steadily

ANY = rounds(people=(1, 8), items=(1, 5)) | lively_rounds(people=(4, 24))
LIMITS = st.sampled_from(
    [
        Thresholds(),
        notched(Thresholds(), "looser"),
        Thresholds(min_raters=2, confidence=0.8, camps_p=0.5, outlier_p=0.4, drift_mean=0.1, small_session=2),
    ]
)


def by_identity(findings):
    return sorted(findings, key=lambda finding: repr(identity(finding)))


@steadily(60)
@given(ANY, LIMITS, st.integers(0, 99))
def test_every_finding_is_that_of_a_rule_and_every_rule_is_heard(answers, limits, seed):
    tally, again = Tally(answers.in_key_order(), limits), asked_again(answers, seed)

    result = analyse(answers, thresholds=limits, again=again, rng=np.random.default_rng(seed))

    rng = np.random.default_rng(seed)
    ways, change = camps(tally, rng), round_change(answers, again, thresholds=limits)
    found = [finding for rules in DIVERGENCES.values() for rule in rules for finding in rule(tally)]
    importance = {(f.item, f.groups) for f in found if f.kind == "role_gap" and not f.variant}
    found = [f for f in found if f.variant != "opportunity" or (f.item, f.groups) not in importance]
    apart = {f.item for f in found if f.kind in ("role_gap", "blind_spot") and not f.variant}
    found += outlier_view_findings(tally, rng) + drift_findings(change, thresholds=limits)
    found += consensus_findings(tally, contradicted=frozenset(apart))
    assert by_identity(result.findings) == by_identity(found)
    assert (result.camps, result.change, result.agenda) == (ways, change, agenda(tally, found))
    assert (result.illusion, result.item_illusions) == (illusion(tally), item_illusions(tally))
    assert (result.top_picks, result.role_shifts) == (rank_overlap(tally), role_shifts(tally))


def close(index):
    return pytest.approx(dataclasses.astuple(index), abs=1e-12)


@steadily(60)
@given(ANY, LIMITS)
def test_alignment_is_told_of_everybody_of_kinds_of_pairs_of_roles_and_of_other_questions(answers, limits):
    answers = answers.in_key_order()
    scale = {"levels": answers.levels, "thresholds": limits}
    enough = np.count_nonzero(answers.rated, axis=0) >= limits.min_raters

    told = analyse(answers, thresholds=limits).alignment

    assert dataclasses.astuple(told.all) == close(alignment_index(answers.importance, **scale))
    kinds = np.array(answers.kinds)
    assert {kind: dataclasses.astuple(index) for kind, index in told.by_kind.items()} == {
        kind: close(alignment_index(answers.importance[:, kinds == kind], **scale)) for kind in set(answers.kinds)
    }
    roles = np.array(answers.roles)
    sides = {role: side_of(answers.importance[roles == role], levels=answers.levels) for role in sorted(set(roles))}
    pairs = {pair.roles: pair.index for pair in told.by_role_pair}
    for first, second in ((first, second) for first in sides for second in sides if first < second):
        index = between_index(sides[first], sides[second], counted=enough, thresholds=limits)
        assert pairs.get((first, second)) == (index if index.items else None)
    for role in sides:
        within = answers.importance[roles == role][:, enough]
        pairs_of_people = dataclasses.replace(limits, min_raters=2)
        index = alignment_index(within, levels=answers.levels, thresholds=pairs_of_people)
        assert pairs.get((role, role)) == (index if index.items else None)
    assert all(first <= second for first, second in pairs)
    asked = {
        "satisfaction": (answers.satisfaction, answers.satisfaction_levels),
        "evidence": (None if answers.evidence is None else answers.evidence + 1, answers.evidence_levels),
    }
    assert told.by_dimension == {
        name: alignment_index(points, levels=levels, thresholds=limits)
        for name, (points, levels) in asked.items()
        if points is not None
    }


@steadily(60)
@given(ANY, st.integers(0, 99))
def test_divergences_come_by_the_agenda_then_what_is_about_no_item_then_what_is_not_on_it_and_agreements_last(
    answers, seed
):
    result = analyse(answers, again=asked_again(answers, seed), rng=np.random.default_rng(seed))

    places = {entry.item: place for place, entry in enumerate(result.agenda)} | {None: 1000}
    order = [
        (
            *(f.kind == "consensus", places.get(f.item, 1001), f.tier == "possible", -f.severity, f.item or ""),
            *(f.kind, f.variant, f.groups, f.people, f.to_item or ""),
        )
        for f in result.findings
    ]
    assert all(first < second for first, second in pairwise(order))


def test_a_round_asked_once_without_a_generator_has_neither_camps_nor_changes_nor_outliers():
    answers = lively(3, people=20)

    result = analyse(answers)

    assert (result.camps, result.change) == (None, None)
    assert not {"outlier_view", "drift"} & {finding.kind for finding in result.findings}


def test_items_whose_texts_are_opposed_have_to_be_among_those_of_the_round():
    with pytest.raises(ValueError, match=r"^opposed must be keys of items, got x, y$"):
        analyse(lively(1), opposed={"y", "x", "i00"})


def test_findings_have_one_order():
    ordered = [
        Finding("split", "i2", "likely", 0.1),
        Finding("scattered", "i2", "possible", 0.9),
        Finding("split", "i1", "possible", 0.5),
        Finding("structure", "i1", "possible", 0.3, variant="blocks", to_item="i3"),
        Finding("structure", "i1", "possible", 0.3, variant="blocks", to_item="i4"),
        Finding("drift", None, "possible", 0.1),
        Finding("outlier_view", None, "possible", 0.1, people=("a",)),
        Finding("outlier_view", None, "possible", 0.1, people=("b",)),
        Finding("rank", "i5", "likely", 0.9),
        Finding("rank", "i4", "possible", 0.2),
        Finding("rank", "i5", "possible", 0.2),
        Finding("consensus", "i3", "likely", 0.8),
        Finding("consensus", "i6", "likely", 0.8),
        Finding("consensus", "i0", "possible", 0.9),
    ]
    agenda_of_two = [AgendaEntry(item, 1.0, "cut", ("split",), 3.0, 3.0, 1.0, 0.5) for item in ("i2", "i1")]

    assert list(in_order(ordered[::-1], agenda_of_two)) == ordered
