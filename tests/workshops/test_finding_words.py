"""What findings say, word by word, with numbers that a person can count on the picture beside it."""

from dataclasses import replace
from typing import get_args

import pytest

from alignment.divergence import Finding
from alignment.divergence.results import FindingKind
from workshops.headlines import placed
from workshops.kinds import KINDS, MOVES
from workshops.sentences import Names, sentence

NAMES = Names(
    items={"i1": "Chasing invoices", "i2": "Get paid"}, roles={"sales": "Sales", "eng": "Engineering"}, levels=5
)


def said(kind, *, variant="", groups=(), to_item=None, **numbers):
    found = Finding(kind, "i1", "likely", 0.5, variant=variant, groups=groups, numbers=numbers, to_item=to_item)
    return sentence(found, "i1", NAMES)


def test_every_kind_that_a_rule_finds_has_a_name_and_something_to_do_about_it():
    assert set(KINDS) == set(MOVES) == set(get_args(FindingKind.__value__))


@pytest.mark.parametrize("high, low, words", [(3, 2, "3 say high and 2 say low"), (2, 1, "2 say high and 1 says low")])
def test_an_evidence_clash_counts_those_with_evidence_on_either_side(high, low, words):
    assert said("evidence_clash", high_with_evidence=high, low_with_evidence=low, high=5, low=4, raters=11) == (
        f"‘Chasing invoices’: {words}, and all of these have seen it with several customers or more."
    )


def test_a_rank_counts_who_put_it_first():
    assert said("rank", people=11, picked=5, not_picked=6) == (
        "5 of 11 put ‘Chasing invoices’ among what matters most; 6 do not."
    )
    assert said("rank", variant="role", groups=("sales",), people=4, picked=1, people_rest=7, picked_rest=5) == (
        "Sales: 1 of 4 puts ‘Chasing invoices’ among what matters most; of the other 7, 5 do."
    )


@pytest.mark.parametrize(
    "link, words",
    [
        ("blocks", "‘Chasing invoices’ blocks ‘Get paid’"),
        ("causes", "‘Chasing invoices’ causes ‘Get paid’"),
        ("serves", "‘Chasing invoices’ serves ‘Get paid’"),
    ],
)
def test_a_structure_says_which_link_divides_whom(link, words):
    assert said("structure", variant=link, to_item="i2", people=6, drew=3, did_not=3) == (
        f"Of 6 who know both, 3 say that {words}, and 3 do not."
    )
    numbers = {"group": 4, "drew": 0, "others": 7, "others_drew": 6}
    assert said("structure", variant=link, to_item="i2", groups=("eng",), **numbers) == (
        f"Engineering: 0 of 4 say that {words}; of the other 7, 6 do."
    )


@pytest.mark.parametrize("gap, word", [(8.9, "bigger"), (-8.9, "smaller")])
def test_an_opening_is_told_by_the_answers_behind_it(gap, word):
    means = {"mean_importance": 5.0, "mean_satisfaction": 1.5, "mean_importance_rest": 3.2}
    told = said(
        "role_gap", variant="opportunity", groups=("sales",), believed_gap=gap, mean_satisfaction_rest=3.0, **means
    )

    assert told == (
        f"Sales: ‘Chasing invoices’ is the {word} opening. They say it matters 5.0 and is served 1.5; "
        "the rest say 3.2 and 3.0."
    )


@pytest.mark.parametrize(
    "value, words",
    [
        (0.64, "You place the team 0.6 points nearer to your own answers than it is."),
        (-0.3, "You place the team 0.3 points further from your own answers than it is."),
        (0.02, "You place the team where it is."),
    ],
)
def test_the_illusion_is_told_in_points(value, words):
    assert placed(value) == words


def outlier(tier, **people):
    numbers = {"distance": 0.368, "distance_others": 0.2, "items": 29, "offset": -0.3, "ratio": 1.84, "p": 0.01}
    found = Finding("outlier_view", None, tier, 0.8, people=("hel",), numbers=numbers)
    return sentence(found, None, replace(NAMES, people=people))


def test_an_outlier_view_is_named_only_when_it_is_likely_and_people_have_names():
    apart = (
        "the whole otherwise, not one item only: over 29 items 1.5 points from the others, who are 0.8 from each other."
    )

    assert outlier("likely", hel="Helena") == f"Helena sees {apart}"
    assert outlier("possible", hel="Helena") == f"Somebody may see {apart}"
    assert outlier("likely") == f"Somebody may see {apart}"


def drifted(item, variant="round", **numbers):
    found = Finding("drift", item, "likely", 0.5, variant=variant, numbers=numbers)
    return sentence(found, item, NAMES)


@pytest.mark.parametrize(
    "delta, words",
    [(0.6, ", and they are nearer to each other."), (-0.6, ", and they are further apart."), (0.01, ".")],
)
def test_drift_on_an_item_counts_who_changed_their_answer(delta, words):
    numbers = {"moved": 5, "people": 10, "mean_before": 3.5, "mean_after": 4.1, "agreement_delta": delta}

    assert drifted("i1", **numbers) == (
        f"‘Chasing invoices’: asked again, 5 of 10 changed their answer. The mean went from 3.5 to 4.1{words}"
    )
    assert drifted("i1", "workshop", **numbers).startswith(
        "‘Chasing invoices’: since the last workshop 5 of 10 changed their answer."
    )


@pytest.mark.parametrize(
    "variant, delta, words",
    [
        ("round", 0.29, "Asked again, you are nearer to each other: alignment .20 before, .49 after."),
        ("round", -0.29, "Asked again, you are further apart: alignment .20 before, .49 after."),
        ("workshop", 0.29, "Since the last workshop you came nearer: alignment .20 then, .49 now."),
        ("workshop", -0.29, "Since the last workshop you drifted apart: alignment .20 then, .49 now."),
    ],
)
def test_drift_of_the_whole_is_told_with_both_alignments(variant, delta, words):
    told = drifted(None, variant, delta=delta, before=0.2, after=0.49, people=10, items=3)

    assert told == f"{words} (10 people, 3 items)"


ONE, OTHER = "‘Chasing invoices’", "‘Get paid’"


@pytest.mark.parametrize(
    "kind, variant, in_one, in_two",
    [
        (
            "opposite",
            "direction",
            f"Two of you may say the contrary about {ONE}.",
            f"{ONE} and {OTHER} may say the contrary of each other.",
        ),
        (
            "superficial",
            "opposed",
            f"Two of you say {ONE} and may mean the contrary by it.",
            f"{ONE} and {OTHER}: nearly the same words, and they may mean the contrary.",
        ),
        (
            "superficial",
            "explained_differently",
            f"Two of you say {ONE} and explain it differently.",
            f"{ONE} and {OTHER}: nearly the same words, explained differently.",
        ),
        (
            "superficial",
            "soft_question",
            f"Two of you say {ONE}: is it the same?",
            f"{ONE} and {OTHER}: nearly the same words. Is it the same?",
        ),
        (
            "violent_agreement",
            "confirmed",
            f"You fight over words: two of you say {ONE} so differently that it sounds like two things.",
            f"{ONE} and {OTHER} are the same in other words.",
        ),
        (
            "violent_agreement",
            "suggested",
            f"{ONE} and {OTHER} may be the same in other words.",
            f"{ONE} and {OTHER} may be the same in other words.",
        ),
    ],
)
def test_what_two_texts_say_is_worded_as_a_question_to_people(kind, variant, in_one, in_two):
    assert said(kind, variant=variant, to_item="i2", cosine=0.7, label=40.0) == in_two
    if variant != "suggested":
        assert said(kind, variant=variant, cosine=0.7, label=40.0) == in_one


def test_what_people_declared_is_told_by_counting_also_where_texts_contradict_each_other():
    assert (
        said("superficial", variant="opposed", different=4, answered=11)
        == "4 of 11 mean something else by ‘Chasing invoices’."
    )
