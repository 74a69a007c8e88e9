import datetime
import json

import pytest
from pydantic import ValidationError

from workshops.files.workshop_file import points, read


def file_of(tree):
    return read(json.dumps(tree).encode())


def test_what_is_left_out_has_its_default(small):
    file = file_of(small)

    assert (file.workshop.language, file.workshop.k, file.workshop.revealed) == ("en", 3, False)
    assert (file.workshop.question, file.workshop.segment, file.workshop.strategy) == ("", "", "")
    parts = (file.statements, file.links, file.readiness, file.rounds, file.topics, file.merges, file.glossary)
    assert parts == ((), (), (), (), (), (), ())
    assert file.outcomes == ()


@pytest.mark.parametrize(("candour", "k"), [("open", 3), ("roles", 3), ("team", 5)])
def test_the_smallest_group_follows_the_candour_mode(small, candour, k):
    small["workshop"]["candour"] = candour

    assert file_of(small).workshop.k == k


def test_every_part_of_a_whole_file_is_read(whole_bytes):
    file = read(whole_bytes)

    assert file.people[1].name == "Ben “Ünal” 🙂"
    assert (file.items[1].parent, file.items[1].revision, file.items[1].lineage) == ("i1", 2, "spring-i7")
    assert (file.links[1].from_, file.links[1].to, file.links[1].drawn) == ("i4", "i1", False)
    assert file.readiness[1].vision is None
    assert file.rounds[1].restatements[0].judgements[0].same == 2
    assert file.rounds[2].ratings[0].fist == 0
    assert file.workshop.revealed == ("i1",)
    assert file.outcomes[0].due == datetime.date(2027, 1, 31)


def test_what_was_read_cannot_be_changed(whole_bytes):
    file = read(whole_bytes)

    with pytest.raises(ValidationError):
        file.workshop.k = 1


def test_a_byte_order_mark_is_skipped(whole_bytes):
    assert read(b"\xef\xbb\xbf" + whole_bytes) == read(whole_bytes)


def test_a_round_without_scales_has_the_default_ones(small):
    small["rounds"] = [{"key": "r1", "kind": "rate"}]

    scales = file_of(small).rounds[0].scales

    assert scales.model_dump() == {"importance": 5, "satisfaction": 5, "evidence": 4, "same_meaning": 3}


def test_scales_on_top_are_those_of_every_round(small):
    small |= {
        "scales": {"importance": 3, "evidence": None},
        "rounds": [{"key": "r1", "kind": "rate"}, {"key": "r2", "kind": "pulse"}],
    }

    first, second = file_of(small).rounds

    assert first.scales.model_dump() == {"importance": 3, "satisfaction": 5, "evidence": None, "same_meaning": 3}
    assert second.scales == first.scales


def test_a_rounds_own_scale_goes_before_the_one_on_top(small):
    small |= {
        "scales": {"importance": 3, "satisfaction": None},
        "rounds": [{"key": "r1", "kind": "rate", "scales": {"importance": 5, "evidence": 2}}],
    }

    scales = file_of(small).rounds[0].scales

    assert scales.model_dump() == {"importance": 5, "satisfaction": None, "evidence": 2, "same_meaning": 3}


def test_points_say_what_each_answer_may_be(small):
    small["rounds"] = [{"key": "r1", "kind": "rate", "scales": {"importance": 3, "satisfaction": None}}]

    assert points(file_of(small).rounds[0]) == {
        "importance": range(1, 4),
        "satisfaction": None,
        "evidence": range(4),
        "same_meaning": range(3),
        "expected": range(1, 4),
        "fist": None,
    }


def test_an_item_that_was_asked_about_and_not_answered_may_carry_a_star(whole_bytes):
    rating = read(whole_bytes).rounds[0].ratings[2]

    assert (rating.answer, rating.importance, rating.star) == ("asked", None, True)


def test_rated_needs_no_importance_where_importance_was_not_asked(small):
    small["team"]["roles"] = [{"key": "eng", "name": "Engineering"}]
    small["people"] = [{"key": "ana", "name": "Ana", "role": "eng"}]
    small["items"] = [{"key": "i1", "kind": "goal", "title": "On time"}]
    rating = {"person": "ana", "item": "i1", "answer": "rated", "satisfaction": 2}
    small["rounds"] = [{"key": "r1", "kind": "rate", "scales": {"importance": None}, "ratings": [rating]}]

    assert file_of(small).rounds[0].ratings[0].satisfaction == 2


def test_texts_may_be_as_long_as_their_caps(whole):
    whole["items"][0] |= {"title": "t" * 200, "meaning": "m" * 600}
    whole["statements"][0] |= {"label": "🙂" * 120, "meaning": "m" * 600, "example": "e" * 600}
    whole["people"][0]["name"] = "n" * 120

    file = file_of(whole)

    assert len(file.statements[0].label) == 120
