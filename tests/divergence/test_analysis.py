import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.divergence import STEPS, Answers, Index, Links, Thresholds, alignment_index, analyse
from tests.divergence.sessions import answers_from, answers_of

PLAIN = (str, int, float, bool, type(None))


def session(seed=5, people=14, items=25, levels=5):
    """A round with every kind of answer, in which sales sees some items its own way."""
    rng = np.random.default_rng(seed)
    roles = (["eng"] * 4 + ["sales"] * 4 + ["pm"] * 3 + ["exec", "design", "support"] * 2)[:people]
    importance = np.clip(np.rint(rng.normal(rng.uniform(1, levels, items), 0.7, (people, items))), 1, levels)
    importance[4:8, :3], importance[:4, :3] = 1, levels
    importance[: people // 2, 3], importance[people // 2 :, 3] = 1, levels
    said = rng.random((people, items))
    said[4:8, 4] = 0.05
    said[:4, 4] = 1
    importance[said < 0.2] = np.nan
    own = rng.random((people, items)) < 0.05
    own[4:8, 4] = False
    star = rng.random((people, items)) < 0.1
    further = rng.choice(4, (people, items), p=[0.4, 0.4, 0.1, 0.1]), rng.choice(3, (people, items), p=[0.1, 0.2, 0.7])
    evidence, same_meaning = (np.where(rng.random((people, items)) < 0.9, points, np.nan) for points in further)
    importance[:, 5], importance[0, 5], said[:, 5] = levels, 1, 1
    importance[4:, 6], importance[:4, 6], said[4:, 6], said[:4, 6] = levels, np.nan, 1, 0.11
    same_meaning[:4, 7], same_meaning[:10, 8], said[:10, 7:9] = 0, 0, 1
    evidence[said <= 0.02], same_meaning[said <= 0.02] = np.nan, np.nan
    evidence[:, 3], said[:, 3] = 3, 1
    return Answers(
        people=[f"p{person:02d}" for person in range(people)],
        roles=roles,
        lenses={
            "eng": "build",
            "design": "build",
            "sales": "sell",
            "pm": "decide",
            "exec": "decide",
            "support": "none",
        },
        items=[f"i{item:02d}" for item in range(items)],
        kinds=[("goal", "pain", "alternative")[item % 3] for item in range(items)],
        importance=importance,
        levels=levels,
        asked=said > 0.02,
        unknown=(said > 0.02) & (said < 0.1),
        not_real=(said >= 0.1) & (said < 0.13),
        star=star,
        own=own,
        evidence=evidence,
        same_meaning=same_meaning,
        satisfaction=np.where(said > 0.02, rng.integers(1, 6, (people, items)), np.nan),
        expected=np.where(said > 0.5, importance, np.nan),
        links=Links(
            [("blocks", f"i{item:02d}", "i03") for item in (9, 10, 11)], rng.integers(0, 2, (people, 3)).astype(float)
        ),
    )


def plain(result):
    return json.dumps(dataclasses.asdict(result), sort_keys=True, allow_nan=False)


def test_a_session_shows_every_rule_at_work():
    kinds = {finding.kind for finding in analyse(session()).findings}

    assert kinds == {
        *("split", "scattered", "role_gap", "blind_spot", "lone_voice"),
        *("untested", "contested", "superficial", "definition", "consensus", "rank", "structure", "evidence_clash"),
    }


def test_the_same_answers_give_the_same_bytes():
    assert plain(analyse(session())) == plain(analyse(session()))


def permuted(answers, people, items):
    """The same answers with people and items in another order."""
    block = np.ix_(people, items)
    names = ("importance", "asked", "unknown", "not_real", "star", "own", "evidence", "same_meaning")
    arrays = {name: getattr(answers, name)[block] for name in (*names, "satisfaction", "expected")}
    links = Links(answers.links.keys[::-1], answers.links.drawn[people][:, ::-1])
    return dataclasses.replace(
        answers,
        people=[answers.people[person] for person in people],
        roles=[answers.roles[person] for person in people],
        items=[answers.items[item] for item in items],
        kinds=[answers.kinds[item] for item in items],
        links=links,
        **arrays,
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_people_and_items_changes_nothing_but_the_order_of_items(seed):
    rng, answers = np.random.default_rng(seed), session(seed)
    items = rng.permutation(len(answers.items))

    there, back = analyse(answers), analyse(permuted(answers, rng.permutation(len(answers.people)), items))

    assert plain(dataclasses.replace(back, items=())) == plain(dataclasses.replace(there, items=()))
    assert back.items == tuple(there.items[item] for item in items)


def test_renaming_roles_renames_them_in_the_answer_and_nothing_else():
    answers = session()
    # Names that keep their order, so that ties between groups go the same way.
    new = {role: f"role {number}" for number, role in enumerate(sorted(set(answers.roles)))}

    there = analyse(answers)
    back = analyse(
        dataclasses.replace(
            answers,
            roles=[new[role] for role in answers.roles],
            lenses={new[role]: lens for role, lens in answers.lenses.items()},
        )
    )

    renamed = tuple(
        dataclasses.replace(f, groups=tuple(new[key] if f.grouping == "role" else key for key in f.groups))
        for f in there.findings
    )
    assert back.findings == renamed
    assert back.agenda == there.agenda
    assert back.alignment.all == there.alignment.all


@pytest.mark.parametrize("levels", [2, 3, 5, 10])
def test_turning_the_scale_round_leaves_alignment_splits_and_gaps_as_they_are(levels):
    answers = session(levels=levels)
    there = analyse(answers)
    turned = {name: levels + 1 - getattr(answers, name) for name in ("importance", "expected")}
    back = analyse(dataclasses.replace(answers, **turned))

    assert dataclasses.astuple(back.alignment.all) == pytest.approx(dataclasses.astuple(there.alignment.all))

    def divergences(result):
        kinds = ("split", "scattered", "role_gap", "lone_voice", "evidence_clash", "rank")
        found = [
            (f.kind, f.item, f.groups, f.people, f.tier, round(f.severity, 9))
            for f in result.findings
            if f.kind in kinds and f.variant != "opportunity"
        ]
        return sorted(found)

    assert divergences(back) == divergences(there) != []


def test_everything_handed_back_is_a_plain_value():
    def check(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                assert type(key) is str
                check(inner)
        elif isinstance(value, (tuple, list)):
            for inner in value:
                check(inner)
        else:
            assert type(value) in PLAIN

    result = dataclasses.asdict(analyse(session()))

    check(result)
    json.dumps(result, allow_nan=False)


def test_each_step_is_announced_as_it_begins():
    steps = []

    analyse(session(), on_step=lambda step, of, name: steps.append((step, of, name)))

    assert steps == [(number + 1, len(STEPS), name) for number, name in enumerate(STEPS)]
    assert [name for _, _, name in steps] == [
        *("alignment", "splits", "role gaps", "blind spots", "lone voices", "evidence", "ranks", "links", "meanings"),
        *("people", "rounds", "consensus", "agenda"),
    ]


def test_what_people_mean_and_how_they_know_changes_nothing_about_how_they_rate():
    answers = session()

    told = analyse(answers)
    silent = analyse(dataclasses.replace(answers, evidence=None, same_meaning=None, satisfaction=None))

    assert (told.items, told.role_shifts) == (silent.items, silent.role_shifts)
    assert dataclasses.replace(told.alignment, by_dimension={}) == silent.alignment
    assert set(told.alignment.by_dimension) == {"satisfaction", "evidence"}
    about_ratings = [finding for finding in told.findings if finding.dimension == "importance"]
    assert sorted(map(repr, about_ratings)) == sorted(map(repr, silent.findings))
    assert len(told.findings) > len(about_ratings)


def test_an_opposition_in_the_texts_counts_for_the_item_it_was_found_on():
    answers = answers_of("""
        a1 eng   5 5
        a2 eng   5 4
        b1 sales 4 5
        b2 sales 5 5
    """)
    different = np.array([[0, 0], [0, 0], [2, 2], [2, 2]])

    result = analyse(dataclasses.replace(answers, same_meaning=different), opposed=["i2"])

    found = {f.item: (f.tier, f.variant) for f in result.findings if f.kind == "superficial"}
    assert found == {"i1": ("possible", ""), "i2": ("likely", "opposed")}
    assert (result.agenda[0].item, result.agenda[0].why) == ("i2", "meaning")


def test_an_opposition_on_an_item_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="opposed must be keys of items, got i9"):
        analyse(answers_of("ana eng 5"), opposed={"i1", "i9"})


def test_findings_follow_the_agenda_and_agreements_come_last():
    result = analyse(session())

    place = {entry.item: number for number, entry in enumerate(result.agenda)}
    apart = [finding for finding in result.findings if finding.kind != "consensus"]
    assert list(result.findings[: len(apart)]) == apart
    order = [(place[finding.item], finding.tier != "likely", -finding.severity) for finding in apart]
    assert order == sorted(order)
    assert {entry.item for entry in result.agenda} == {finding.item for finding in apart}


def test_an_item_is_seen_by_everybody_and_by_each_role():
    answers = answers_of("""
        ana eng   5*
        ben eng   2w
        cem eng   4
        dee sales ?
        eva sales x
        fay pm    -
        gus pm    .
    """)

    (item,) = analyse(answers).items

    # 2 4 5: the pairs are 2, 3 and 1 points apart, 2 on average; D = .5 and a = 1 - .5/.4 = -.25
    assert (item.asked, item.raters, item.unknown, item.not_real, item.held, item.stars) == (6, 3, 1, 1, 3, 1)
    assert item.enough
    assert item.mean == pytest.approx(11 / 3)
    assert item.distance == pytest.approx(0.5)
    assert item.agreement == pytest.approx(-0.25)
    assert item.coverage == 3 / 6
    assert item.counts == (0, 1, 0, 1, 1)
    eng, pm, sales = item.by_role
    assert (eng.role, eng.raters, eng.lowest, eng.highest, eng.counts) == ("eng", 3, 2, 5, (0, 1, 0, 1, 1))
    assert (pm.role, pm.raters, pm.mean, pm.lowest, pm.distance) == ("pm", 0, None, None, None)
    assert (sales.role, sales.raters) == ("sales", 0)


def test_a_session_without_an_answer_has_nothing_to_say():
    answers = answers_of("""
        ana eng   - .
        ben sales . -
    """)

    result = analyse(answers)

    assert result.alignment.all == Index(None, None, None, people=0, items=0)
    assert (result.people, result.findings, result.agenda, result.role_shifts) == (0, (), (), ())
    assert [item.mean for item in result.items] == [None, None]


def test_other_thresholds_draw_other_lines():
    answers = session()

    strict = analyse(answers, thresholds=Thresholds(possible=0.999, likely=0.999))
    lenient = analyse(answers, thresholds=Thresholds(possible=0.2))

    gaps = [sum(finding.kind == "role_gap" for finding in result.findings) for result in (strict, lenient)]
    assert gaps[0] < gaps[1]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_round_can_be_analysed(data):
    levels, people, items = (data.draw(st.integers(*bounds)) for bounds in ((2, 10), (1, 7), (1, 5)))
    mark = st.sampled_from([*map(str, range(1, min(levels, 9) + 1)), "?", "x", "-", ".", "?w", ".w"])
    roles = st.sampled_from(["eng", "sales", "design", "pm", "support"])
    table = "\n".join(
        f"p{person} {data.draw(roles)} " + " ".join(data.draw(st.lists(mark, min_size=items, max_size=items)))
        for person in range(people)
    )

    rated = answers_of(table, levels=levels)
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    further = [np.where(rated.asked, rng.integers(0, points, rated.asked.shape), np.nan) for points in (4, 3)]

    result = analyse(dataclasses.replace(rated, evidence=further[0], same_meaning=further[1]))

    plain(result)
    for finding in result.findings:
        assert 0 <= finding.severity <= 1
    if result.alignment.all.value is not None:
        ratings = answers_of(table, levels=levels).importance
        assert result.alignment.all == alignment_index(ratings, levels=levels)


def test_two_thousand_people_over_nine_hundred_items_can_be_analysed():
    rng = np.random.default_rng(9)
    ratings = rng.integers(1, 4, (2031, 896)).astype(float)
    ratings[rng.random(ratings.shape) < 0.88] = np.nan

    result = analyse(answers_from(ratings, ["eng", "sales", "pm"] * 677, levels=3))

    assert result.alignment.all.people == 2031
    assert result.alignment.all.value == pytest.approx(0, abs=0.01)
