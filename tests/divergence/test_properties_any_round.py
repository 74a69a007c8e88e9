"""Whatever a round looks like, everything said about it is sound, or the round is refused."""

import dataclasses
import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.divergence import Answers, Thresholds, analyse
from alignment.divergence.agenda import agenda
from alignment.divergence.camps import camps, consensus_of_groups
from alignment.divergence.change import drift, drift_findings, round_change
from alignment.divergence.conformity import conformity
from alignment.divergence.illusion import item_illusions
from alignment.divergence.opportunity import opportunity_by_role
from alignment.divergence.outlier_view import outlier_view_findings, outlier_views
from alignment.divergence.person_offset import person_offsets
from alignment.divergence.person_pair import person_pair_index
from alignment.divergence.plan import plan, topic_minutes
from alignment.divergence.results import Index
from alignment.divergence.sensitivity import identity, sensitivity
from alignment.divergence.structure import link_overlap
from tests.divergence.drawn import asked_again, lively, lively_rounds, part_of, points, rounds, steadily
from tests.divergence.sessions import tally_of

NUMBERS = (str, int, float, bool, type(None))
OF_RATINGS = {"split", "scattered", "role_gap", "lone_voice", "untested", "consensus", "contested", "evidence_clash"}
CAPPED = {"blind_spot", "role_gap", "lone_voice", "structure", "outlier_view", "drift"}
SHARES = {"p", "valley_p", "posterior", "posterior_important", "posterior_unsupported"}


def check_plain(value):
    """Nothing but plain values, all of them finite."""
    if dataclasses.is_dataclass(value):
        value = dataclasses.asdict(value)
    if isinstance(value, dict):
        for key, inner in value.items():
            assert type(key) is str
            check_plain(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            check_plain(inner)
    else:
        assert type(value) in NUMBERS, type(value)
        json.dumps(value, allow_nan=False)


def check_interval(told):
    """An interval is there or is not, and holds its value."""
    assert (told.low is None) == (told.high is None)
    if told.low is not None:
        assert told.low <= told.value + 1e-9
        assert told.value <= told.high + 1e-9


def check_index(index, people):
    check_interval(index)
    assert 0 <= index.people <= people
    assert (index.value is None) == (index.items == 0)
    assert index.value is None or index.value <= 1


def check_finding(finding, answers, result):
    items = {view.item: view for view in result.items}
    assert 0 <= finding.severity <= 1
    assert finding.tier in ("likely", "possible")
    assert {finding.item, finding.to_item} <= {None, *answers.items}
    assert set(finding.people) <= set(answers.people)
    grouped = answers.roles if finding.grouping == "role" else answers.lenses.values()
    assert set(finding.groups) <= set(grouped)
    for name in SHARES & set(finding.numbers):
        assert 0 <= finding.numbers[name] <= 1
    if finding.kind in OF_RATINGS and finding.item is not None:
        assert items[finding.item].raters >= 3
    if finding.kind in CAPPED and result.people <= 5:
        assert finding.tier == "possible"


def check_result(result, answers):
    check_plain(result)
    assert tuple(view.item for view in result.items) == answers.items
    for index in (result.alignment.all, *result.alignment.by_kind.values(), *result.alignment.by_dimension.values()):
        check_index(index, len(answers.people))
    for pair in result.alignment.by_role_pair:
        check_index(pair.index, len(answers.people))
    for told in (result.illusion, result.top_picks):
        check_interval(told)
    for finding in result.findings:
        check_finding(finding, answers, result)
    told = [identity(finding) for finding in result.findings]
    assert len(told) == len(set(told))
    assert sorted(finding.kind == "consensus" for finding in result.findings) == [
        finding.kind == "consensus" for finding in result.findings
    ]
    by_value = [entry for entry in result.agenda if entry.why != "meaning"]
    assert all(first.value >= second.value for first, second in pairwise(by_value))
    assert {entry.item for entry in result.agenda} <= {finding.item for finding in result.findings}
    for left in (0, 15, 10_000):
        chosen = plan(result.agenda, left)
        check_plain(chosen)
        assert sum(topic_minutes(entry) for entry in chosen.fits) == chosen.minutes <= left
        assert sorted((*chosen.fits, *chosen.left_out), key=result.agenda.index) == list(result.agenda)


def test_lively_rounds_show_every_rule_at_work():
    results = []
    for seed in range(40):
        answers = lively(seed, people=6 + seed % 20, items=10 + seed % 8, levels=2 + seed % 9)
        results.append(analyse(answers, again=asked_again(answers, seed), rng=np.random.default_rng(1)))

    assert {finding.kind for result in results for finding in result.findings} == {
        *("split", "scattered", "role_gap", "blind_spot", "lone_voice", "outlier_view", "drift"),
        *("untested", "contested", "superficial", "definition", "consensus", "rank", "structure", "evidence_clash"),
    }
    assert any(result.camps is not None for result in results)


@steadily(150)
@given(rounds(), st.booleans(), st.data())
def test_any_round_is_analysed_in_plain_finite_numbers(answers, twice, data):
    again = data.draw(rounds(levels=(answers.levels,) * 2)) if twice else None
    opposed = data.draw(st.sets(st.sampled_from(answers.items))) if answers.items else ()

    result = analyse(answers, again=again, rng=np.random.default_rng(1), opposed=opposed)

    check_result(result, answers)


@steadily(40)
@given(lively_rounds(people=(2, 30), items=(2, 20)), st.integers(0, 99))
def test_a_round_in_which_much_is_found_is_analysed_in_plain_finite_numbers(answers, seed):
    result = analyse(answers, again=asked_again(answers, seed), rng=np.random.default_rng(1))

    check_result(result, answers)


@steadily(100)
@given(rounds(people=(0, 3)))
def test_up_to_three_people_are_analysed(answers):
    result = analyse(answers, rng=np.random.default_rng(1))

    check_result(result, answers)
    assert result.camps is None
    assert not {"split", "role_gap", "lone_voice", "outlier_view"} & {finding.kind for finding in result.findings}


@steadily(40)
@given(rounds(people=(1, 8), items=(1, 5)) | lively_rounds())
def test_people_of_one_role_are_compared_with_no_other(answers):
    alone = dataclasses.replace(answers, roles=["eng"] * len(answers.people))

    result = analyse(alone, rng=np.random.default_rng(1))

    check_result(result, alone)
    assert {finding.groups for finding in result.findings} <= {()}
    assert result.role_shifts == ()
    assert {pair.roles for pair in result.alignment.by_role_pair} <= {("eng", "eng")}


@pytest.mark.parametrize("levels", range(2, 11))
@pytest.mark.parametrize("people", [1, 2, 3, 12])
def test_people_who_all_say_the_same_agree_on_everything_and_on_nothing_else(levels, people):
    items = 12
    everything = np.ones((people, items), dtype=bool)
    for level in (1, levels):
        answers = Answers(
            people=[f"p{person:02d}" for person in range(people)],
            roles=(["eng", "sales"] * people)[:people],
            lenses={"eng": "build", "sales": "sell"},
            items=[f"i{item:02d}" for item in range(items)],
            kinds=["goal"] * items,
            importance=np.full((people, items), level),
            levels=levels,
            asked=everything,
            unknown=~everything,
            not_real=~everything,
            star=~everything,
        )

        result = analyse(answers, again=answers, rng=np.random.default_rng(1))

        check_result(result, answers)
        assert {finding.kind for finding in result.findings} <= {"consensus"}
        assert len(result.findings) == (items if people >= 3 else 0)
        assert result.alignment.all.value == (1 if people >= 3 else None)
        assert result.camps is None


@steadily(60)
@given(lively_rounds(), st.data())
def test_an_item_that_everybody_skips_is_no_consensus_and_nothing_that_takes_ratings(answers, data):
    skip = data.draw(st.sampled_from(answers.items))
    column = answers.items.index(skip)
    marks = data.draw(points(len(answers.people), -3, 0))
    importance, asked, unknown, not_real = (
        np.array(array) for array in (answers.importance, answers.asked, answers.unknown, answers.not_real)
    )
    importance[:, column], asked[:, column] = np.nan, True
    unknown[:, column], not_real[:, column] = marks == -1, marks == 0
    answers = dataclasses.replace(answers, importance=importance, asked=asked, unknown=unknown, not_real=not_real)

    result = analyse(answers, rng=np.random.default_rng(1))

    assert not {finding.kind for finding in result.findings if finding.item == skip} & OF_RATINGS
    (view,) = (view for view in result.items if view.item == skip)
    assert (view.raters, view.mean, view.distance, view.agreement, view.coverage) == (0, None, None, None, 0)


@steadily(60)
@given(rounds(people=(0, 7)) | lively_rounds(people=(2, 14), items=(2, 14)), st.integers(0, 99))
def test_every_rule_beside_the_analysis_speaks_in_plain_finite_numbers_too(answers, seed):
    tally, later = tally_of(answers), asked_again(answers, seed)
    rng = np.random.default_rng(1)

    check_plain([camps(tally, rng), link_overlap(tally, rng=rng)])
    check_plain([item_illusions(tally), person_offsets(tally), opportunity_by_role(tally), agenda(tally, [])])
    check_plain(outlier_view_findings(tally, rng))
    assert len(outlier_views(tally, rng).people) <= len(answers.people)
    agreed = consensus_of_groups(tally, [answers.people[::2], answers.people[1::2]])
    assert ((agreed > 0) & (agreed < 1)).all()
    check_plain(conformity(answers, later, ["exec", "sales"]))
    continued = dict.fromkeys(later.items, next(iter(answers.items), ""))
    for change in (round_change(answers, later), drift(answers, later, continued)):
        check_plain([change, drift_findings(change)])
        for moved in (change.all, *change.by_kind.values()):
            check_interval(moved.delta)
        for item in change.items:
            check_interval(item.mean)
            check_interval(item.agreement)
    for first in answers.people[:2]:
        for second in answers.people[2:4]:
            index = person_pair_index(tally, first, second)
            check_plain(index)
            assert (index.value is None) == (index == Index(None, None, None, 0, 0))


@steadily(25)
@given(lively_rounds())
def test_what_hangs_on_a_limit_is_told_of_each_finding_once(answers):
    told = sensitivity(answers, Thresholds(), analyse)

    check_plain(told)
    assert tuple(each.finding for each in told.findings) == analyse(answers).findings
    assert not {identity(finding) for finding in told.newly} & {identity(each.finding) for each in told.findings}
    for each in told.findings:
        assert {each.looser, each.tighter} <= {"stays", "changes_tier", "goes"}


ODD = st.sampled_from([np.nan, np.inf, -np.inf, 0.0, -1.0, 1.5, 11.0, 1e300, 5e-324])


@steadily(150)
@given(rounds(people=(1, 5), items=(1, 4)), st.data())
def test_a_round_with_one_odd_value_is_refused_in_words_or_analysed(answers, data):
    fields = {field.name: getattr(answers, field.name) for field in dataclasses.fields(answers)}
    name = data.draw(st.sampled_from(sorted(name for name, value in fields.items() if isinstance(value, np.ndarray))))
    array = np.array(fields[name])
    place = tuple(data.draw(st.integers(0, size - 1)) for size in array.shape)
    array[place] = (not array[place]) if array.dtype == bool else data.draw(ODD)

    try:
        odd, refusal = dataclasses.replace(answers, **{name: array}), ""
    except ValueError as refused:
        odd, refusal = None, str(refused)

    if odd is None:
        assert refusal.partition(" ")[2]
    else:
        check_result(analyse(odd, rng=np.random.default_rng(1)), odd)


@steadily(30)
@given(rounds(people=(1, 6), items=(1, 5)))
def test_a_round_without_people_or_without_items_is_a_round(answers):
    everybody, everything = range(len(answers.people)), range(len(answers.items))
    for people, items in (([], everything), (everybody, []), ([], [])):
        empty = part_of(answers, np.array(people, dtype=int), np.array(items, dtype=int))

        result = analyse(empty, again=empty, rng=np.random.default_rng(1))

        check_result(result, empty)
        assert (result.findings, result.agenda, result.alignment.all.value) == ((), (), None)
