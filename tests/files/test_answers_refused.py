"""Answers that a round cannot hold."""

import pytest

RATED = {"person": "ben", "item": "i2", "answer": "rated", "importance": 1}


@pytest.fixture
def one_round(whole):
    """The whole file with a single round, and the function that fills it with ratings."""

    def filled(*ratings, **round_):
        whole["outcomes"] = []
        whole["rounds"] = [{"key": "r1", "kind": "rate", "ratings": list(ratings)} | round_]
        return whole

    return filled


@pytest.mark.parametrize(
    ("scales", "field", "low", "high"),
    [
        ({}, "importance", 1, 5),
        ({}, "satisfaction", 1, 5),
        ({}, "evidence", 0, 3),
        ({}, "expected", 1, 5),
        ({}, "same_meaning", 0, 2),
        ({"importance": 3}, "importance", 1, 3),
        ({"importance": 3}, "expected", 1, 3),
        ({"satisfaction": 10}, "satisfaction", 1, 10),
        ({"evidence": 2}, "evidence", 0, 1),
        ({"same_meaning": 2}, "same_meaning", 0, 1),
    ],
)
@pytest.mark.parametrize("place", ["round", "top"])
def test_an_answer_off_its_scale_is_refused(refusal, one_round, scales, field, low, high, place):
    file = one_round(
        RATED | {field: low},
        RATED | {"item": "i1", field: high},
        RATED | {"item": "i3", field: low - 1},
        RATED | {"item": "i4", field: high + 1},
        **({"scales": scales} if place == "round" else {}),
    )
    if place == "top":
        file["scales"] = scales

    reason = f"must be between {low} and {high} on this round’s scale, got "
    assert refusal(file) == [
        (f"rounds[0].ratings[2].{field}", f"{reason}{low - 1}"),
        (f"rounds[0].ratings[3].{field}", f"{reason}{high + 1}"),
    ]


@pytest.mark.parametrize("huge", [2**31, 2**63, -(2**64)])
def test_a_number_larger_than_any_column_is_refused(refusal, one_round, huge):
    file = one_round(RATED | {"importance": huge})

    reason = f"must be between 1 and 5 on this round’s scale, got {huge}"
    assert refusal(file) == [("rounds[0].ratings[0].importance", reason)]


@pytest.mark.parametrize("field", ["satisfaction", "evidence", "same_meaning"])
def test_an_answer_to_what_was_not_asked_is_refused(refusal, one_round, field):
    file = one_round(RATED | {field: 1}, scales={field: None})

    assert refusal(file) == [(f"rounds[0].ratings[0].{field}", "was not asked in this round, got 1")]


def test_without_importance_nobody_can_say_what_the_team_will_say(refusal, one_round):
    rating = {"person": "ben", "item": "i2", "answer": "rated", "expected": 2}
    file = one_round(rating, scales={"importance": None})

    assert refusal(file) == [("rounds[0].ratings[0].expected", "was not asked in this round, got 2")]


def test_a_fist_outside_a_fist_round_is_refused(refusal, one_round):
    file = one_round(RATED | {"fist": 3})

    assert refusal(file) == [("rounds[0].ratings[0].fist", "was not asked in this round, got 3")]


@pytest.mark.parametrize("fist", [-1, 6])
def test_a_fist_has_no_to_five_fingers(refusal, one_round, fist):
    file = one_round({"person": "ben", "item": "i1", "answer": "rated", "fist": fist}, kind="fist")

    reason = f"must be between 0 and 5 on this round’s scale, got {fist}"
    assert refusal(file) == [("rounds[0].ratings[0].fist", reason)]


@pytest.mark.parametrize(
    ("kind", "field"), [("rate", "importance"), ("revote", "importance"), ("pulse", "importance"), ("fist", "fist")]
)
def test_rated_without_the_rating_is_refused(refusal, one_round, kind, field):
    file = one_round({"person": "ben", "item": "i2", "answer": "rated"}, kind=kind)

    assert refusal(file) == [(f"rounds[0].ratings[0].{field}", "is missing, although the answer is “rated”")]


@pytest.mark.parametrize("answer", ["unknown", "not_real", "asked"])
def test_importance_goes_only_with_rated(refusal, one_round, answer):
    file = one_round(RATED | {"answer": answer})

    reason = f"goes only with the answer “rated”, and the answer is “{answer}”"
    assert refusal(file) == [("rounds[0].ratings[0].importance", reason)]


def test_a_second_rating_of_an_item_by_a_person_is_refused(refusal, one_round):
    file = one_round(RATED, RATED | {"item": "i1"}, RATED | {"person": "ana"}, RATED | {"importance": 2})

    assert refusal(file) == [("rounds[0].ratings[3]", "is a second rating of this item by this person")]


def test_the_same_person_may_rate_the_item_again_in_another_round(refusal, one_round):
    file = one_round(RATED)
    file["rounds"].append({"key": "r2", "kind": "revote", "ratings": [RATED, RATED]})

    assert refusal(file) == [("rounds[1].ratings[1]", "is a second rating of this item by this person")]


def test_an_answer_by_somebody_who_was_not_asked_is_refused(refusal, one_round):
    file = one_round(RATED, people=["ana"])

    assert refusal(file) == [("rounds[0].ratings[0].person", "was not asked in this round")]


def test_an_answer_on_an_item_that_was_not_asked_about_is_refused(refusal, one_round):
    file = one_round(RATED, items=[])

    assert refusal(file) == [("rounds[0].ratings[0].item", "was not asked about in this round")]


def test_a_second_restatement_of_an_item_by_a_person_is_refused(refusal, whole):
    restatements = whole["rounds"][1]["restatements"]
    restatements.append(restatements[0])

    assert refusal(whole) == [("rounds[1].restatements[1]", "is a second restatement of this item by this person")]


def test_a_restatement_by_somebody_who_was_not_asked_is_refused(refusal, whole):
    whole["rounds"][1]["restatements"][0]["person"] = "cleo"

    assert refusal(whole) == [("rounds[1].restatements[0].person", "was not asked in this round")]


def test_judging_ones_own_restatement_is_refused(refusal, whole):
    whole["rounds"][1]["restatements"][0]["judgements"][0]["person"] = "ana"

    path = "rounds[1].restatements[0].judgements[0].person"
    assert refusal(whole) == [(path, "judges a restatement of their own")]


def test_a_second_judgement_by_a_person_is_refused(refusal, whole):
    whole["rounds"][1]["restatements"][0]["judgements"].append({"person": "ben", "same": 0})

    path = "rounds[1].restatements[0].judgements[1].person"
    assert refusal(whole) == [(path, "is a second judgement by this person")]
