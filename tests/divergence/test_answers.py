import numpy as np
import pytest

from alignment.divergence import Answers, Links
from tests.divergence.sessions import answers_of


def given(**changed):
    """Two people over two items, with changes."""
    no = np.zeros((2, 2), dtype=bool)
    whole = {
        "people": ["ana", "ben"],
        "roles": ["eng", "sales"],
        "lenses": {"eng": "build", "sales": "sell"},
        "items": ["i1", "i2"],
        "kinds": ["goal", "pain"],
        "importance": [[5, np.nan], [1, 3]],
        "levels": 5,
        "asked": ~no,
        "unknown": no,
        "not_real": no,
        "star": no,
    }
    return Answers(**(whole | changed))


def test_answers_are_kept_read_only():
    answers = given()

    with pytest.raises(ValueError, match="read-only"):
        answers.importance[0, 0] = 1


def test_an_array_given_is_not_touched():
    importance = np.array([[5, np.nan], [1, 3]])

    given(importance=importance)
    importance[0, 0] = 2

    assert importance[0, 0] == 2


def test_to_hold_is_to_have_rated_or_written():
    answers = answers_of("""
        ana eng 5 ? ?w x xw - -w . .w
    """)

    assert answers.held[0].tolist() == [True, False, True, False, True, False, True, False, True]
    assert answers.not_held[0].tolist() == [False, True, False, True, False, False, False, False, False]
    assert answers.answered[0].tolist() == [True, True, True, True, True, False, True, False, True]


def test_without_word_of_statements_nobody_has_one():
    answers = given()

    assert answers.own is None
    assert answers.held.tolist() == [[True, False], [True, True]]


def test_key_order_moves_people_and_items_with_all_they_said():
    answers = given(people=["ben", "ana"], items=["i2", "i1"], star=[[True, False], [False, False]]).in_key_order()

    assert (answers.people, answers.roles) == (("ana", "ben"), ("sales", "eng"))
    assert (answers.items, answers.kinds) == (("i1", "i2"), ("pain", "goal"))
    np.testing.assert_array_equal(answers.importance, [[3, 1], [np.nan, 5]])
    assert answers.star.tolist() == [[False, False], [False, True]]


def test_evidence_and_meaning_move_with_their_people_and_items():
    answers = given(
        people=["ben", "ana"],
        items=["i2", "i1"],
        evidence=[[0, 1], [np.nan, 3]],
        same_meaning=[[2, np.nan], [0, 1]],
        evidence_levels=5,
        same_meaning_levels=4,
    ).in_key_order()

    np.testing.assert_array_equal(answers.evidence, [[3, np.nan], [1, 0]])
    np.testing.assert_array_equal(answers.same_meaning, [[1, 0], [np.nan, 2]])
    assert (answers.evidence_levels, answers.same_meaning_levels) == (5, 4)


def test_what_was_not_asked_of_anybody_stays_away():
    answers = given().in_key_order()

    assert (answers.evidence, answers.same_meaning) == (None, None)
    assert (answers.evidence_levels, answers.same_meaning_levels) == (4, 3)


def test_someone_who_cannot_rate_may_still_have_evidence():
    answers = given(unknown=[[False, True], [False, False]], evidence=[[3, 3], [0, 0]])

    assert answers.evidence[0, 1] == 3


YES, BLOCKS = np.ones((2, 2), dtype=bool), ("blocks", "i2", "i1")


@pytest.mark.parametrize("levels", [2, 10])
def test_every_scale_may_have_two_to_ten_levels(levels):
    first, last = [[1, 1], [1, 1]], [[levels, 1], [1, 1]]
    answers = given(
        importance=last,
        levels=levels,
        expected=last,
        satisfaction=last,
        satisfaction_levels=levels,
        evidence=np.subtract(last, 1),
        evidence_levels=levels,
        same_meaning=np.subtract(last, 1),
        same_meaning_levels=levels,
    )

    assert answers.importance[0, 0] == answers.satisfaction[0, 0] == answers.evidence[0, 0] + 1 == levels
    assert given(importance=first, expected=first, satisfaction=first).expected.min() == 1


def test_whole_numbers_and_flags_given_as_numbers_become_what_they_are_kept_as():
    answers = given(importance=[[5, 1], [1, 3]], asked=[[1, 1], [1, 1]], star=[[0, 1], [0, 0]])

    assert (answers.importance.dtype, answers.asked.dtype, answers.star.dtype) == (np.float64, np.bool_, np.bool_)
    assert answers.star.tolist() == [[False, True], [False, False]]


def test_links_move_with_their_people_and_are_sorted_by_key():
    links = Links([BLOCKS, ("blocks", "i1", "i2")], np.array([[1, np.nan], [0, 1]]))

    moved = given(people=["ben", "ana"], links=links).in_key_order().links

    assert moved.keys == (("blocks", "i1", "i2"), ("blocks", "i2", "i1"))
    np.testing.assert_array_equal(moved.drawn, [[1, 0], [np.nan, 1]])
    with pytest.raises(ValueError, match="read-only"):
        moved.drawn[0, 0] = 0


def test_an_array_of_links_is_not_touched():
    drawn = np.array([[1.0], [0.0]])

    answers = given(links=Links([BLOCKS], drawn))
    drawn[0, 0] = 0

    assert answers.links.drawn[0, 0] == 1


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"importance": [[5, 4, 3], [1, 2, 3]]}, "importance must be 2 people x 2 items, got \\(2, 3\\)"),
        ({"star": [[True], [False]]}, "star must be 2 people x 2 items"),
        ({"own": [True, False]}, "own must be 2 people x 2 items"),
        ({"roles": ["eng"]}, "2 people need as many roles, got 1"),
        ({"kinds": ["goal"]}, "2 items need as many kinds, got 1"),
        ({"kinds": ["goal", "wish"]}, "kinds must be among goal, pain, alternative, got wish"),
        ({"kinds": ["wish", "dream"]}, "kinds must be among goal, pain, alternative, got dream, wish$"),
        ({"people": ["ana", "ana"]}, "^keys of people and of items must be unique$"),
        ({"items": ["i1", "i1"]}, "must be unique"),
        ({"lenses": {"eng": "build"}}, "every role needs a lens, none given for sales"),
        ({"lenses": {}}, "every role needs a lens, none given for eng, sales$"),
        ({"levels": 1}, "levels must be 2 to 10, got 1"),
        ({"levels": 11}, "levels must be 2 to 10, got 11"),
        ({"levels": 4}, "whole points 1..4"),
        ({"importance": [[0, 1], [1, 1]]}, "whole points 1..5"),
        ({"importance": [[1.5, 1], [1, 1]]}, "whole points 1..5"),
        ({"importance": [[np.inf, 1], [1, 1]]}, "whole points 1..5"),
        ({"evidence": [[-np.inf, 1], [1, 1]]}, "whole points 0..3"),
        ({"unknown": [[True, False], [False, False]]}, "^a person rates an item, .*: never two of these$"),
        ({"unknown": YES, "not_real": YES, "importance": np.full((2, 2), np.nan)}, "never two of these"),
        ({"asked": [[False, True], [True, True]]}, "^nobody can answer about an item they were not asked about$"),
        ({"asked": [[True, False], [True, True]], "not_real": [[False, True], [False, False]]}, "were not asked"),
        ({"asked": [[True, False], [True, True]], "evidence": [[0, 0], [0, 0]]}, "were not asked"),
        ({"asked": [[True, False], [True, True]], "same_meaning": [[0, 2], [0, 0]]}, "were not asked"),
        ({"evidence": [[0, 1]]}, "evidence must be 2 people x 2 items"),
        ({"same_meaning": [[0], [1]]}, "same_meaning must be 2 people x 2 items"),
        ({"evidence": [[0, 4], [0, 0]]}, "evidence must be whole points 0..3, or NaN"),
        ({"evidence": [[0, -1], [0, 0]]}, "evidence must be whole points 0..3, or NaN"),
        ({"same_meaning": [[0, 3], [0, 0]]}, "same_meaning must be whole points 0..2, or NaN"),
        ({"same_meaning": [[0, 0.5], [0, 0]]}, "same_meaning must be whole points 0..2, or NaN"),
        ({"evidence_levels": 1}, "evidence_levels must be 2 to 10, got 1"),
        ({"same_meaning_levels": 11}, "same_meaning_levels must be 2 to 10, got 11"),
        ({"satisfaction": [[0, 1], [1, 1]]}, "satisfaction must be whole points 1..5, or NaN"),
        ({"satisfaction": [[6, 1], [1, 1]]}, "satisfaction must be whole points 1..5, or NaN"),
        ({"satisfaction_levels": 1}, "^satisfaction_levels must be 2 to 10, got 1"),
        ({"expected": [[0, 1], [1, 1]]}, "expected must be whole points 1..5, or NaN"),
        ({"expected": [[6, 1], [1, 1]]}, "expected must be whole points 1..5, or NaN"),
        ({"asked": [[True, False], [True, True]], "satisfaction": [[1, 1], [1, 1]]}, "were not asked"),
        ({"asked": [[True, False], [True, True]], "expected": [[1, 1], [1, 1]]}, "were not asked"),
        ({"links": Links([BLOCKS], [[1]])}, "drawn must be 2 people x 1 links, got \\(1, 1\\)"),
        ({"links": Links([BLOCKS], [[1, 0], [1, 0]])}, "drawn must be 2 people x 1 links, got \\(2, 2\\)"),
        ({"links": Links([BLOCKS, BLOCKS], [[1, 0], [1, 0]])}, "^links must be unique$"),
        ({"links": Links([("blocks", "x", "y")], [[1], [0]])}, "^links must lead between items, got x, y$"),
        ({"links": Links([("causes", "i2", "i2")], [[1], [0]])}, "^an item cannot lead to itself, got i2$"),
        ({"links": Links([BLOCKS], [[2], [0]])}, "^drawn must be 0, 1 or NaN$"),
        ({"links": Links([BLOCKS], [[0.5], [0]])}, "^drawn must be 0, 1 or NaN$"),
    ],
)
def test_answers_that_do_not_fit_together_are_refused(changed, complaint):
    with pytest.raises(ValueError, match=complaint):
        given(**changed)
