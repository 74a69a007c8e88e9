"""Keys and types that the format does not have, each refused with its path and the reason."""

import pytest


@pytest.mark.parametrize("content", [b"[]", b"null", b'"parallax-workshop/1"', b"1"])
def test_a_file_that_is_no_object_is_refused(refusal, content):
    shown = {b"[]": "a list"}.get(content, content.decode())

    assert refusal(content) == [("(file)", f"must be an object, got {shown}")]


@pytest.mark.parametrize("other", ["parallax-workshop/2", "parallax-findings/1", 1, None, ["parallax-workshop/1"]])
def test_another_format_is_refused_and_nothing_else_is_said(refusal, other):
    [(path, reason)] = refusal({"format": other, "what": "ever"})

    assert path == "format"
    assert reason.startswith("must be “parallax-workshop/1”, got ")


def test_a_file_without_a_format_is_refused(refusal):
    assert refusal({"people": []}) == [("format", "is missing; a workshop file has “parallax-workshop/1” here")]


@pytest.mark.parametrize("key", ["team", "workshop", "people", "items"])
def test_the_first_four_parts_may_not_be_missing(refusal, small, key):
    del small[key]

    assert refusal(small) == [(key, "is missing")]


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (("team", "name"), "team.name"),
        (("team", "roles"), "team.roles"),
        (("team", "roles", 0, "key"), "team.roles[0].key"),
        (("team", "roles", 0, "name"), "team.roles[0].name"),
        (("workshop", "title"), "workshop.title"),
        (("workshop", "candour"), "workshop.candour"),
        (("workshop", "stage"), "workshop.stage"),
        (("people", 0, "role"), "people[0].role"),
        (("items", 0, "kind"), "items[0].kind"),
        (("statements", 0, "label"), "statements[0].label"),
        (("links", 0, "from"), "links[0].from"),
        (("readiness", 0, "person"), "readiness[0].person"),
        (("rounds", 0, "kind"), "rounds[0].kind"),
        (("rounds", 0, "ratings", 0, "answer"), "rounds[0].ratings[0].answer"),
        (("rounds", 1, "restatements", 0, "judgements", 0, "same"), "rounds[1].restatements[0].judgements[0].same"),
        (("merges", 0, "answer"), "merges[0].answer"),
        (("glossary", 0, "term"), "glossary[0].term"),
        (("outcomes", 0, "verdict"), "outcomes[0].verdict"),
    ],
)
def test_a_key_that_says_what_an_entry_is_may_not_be_missing(refusal, whole, change, location, path):
    *way, last = location
    part = whole
    for step in way:
        part = part[step]
    del part[last]

    assert refusal(whole) == [(path, "is missing")]


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (("notes",), "notes"),
        (("team", "colour"), "team.colour"),
        (("team", "roles", 0, "lense"), "team.roles[0].lense"),
        (("workshop", "horizon"), "workshop.horizon"),
        (("people", 2, "e-mail"), "people[2].e-mail"),
        (("items", 0, "votes"), "items[0].votes"),
        (("statements", 0, "kudos"), "statements[0].kudos"),
        (("links", 0, "source"), "links[0].source"),
        (("links", 0, "from_"), "links[0].from_"),
        (("readiness", 0, "mood"), "readiness[0].mood"),
        (("rounds", 0, "scales", "expected"), "rounds[0].scales.expected"),
        (("rounds", 0, "ratings", 3, "weight"), "rounds[0].ratings[3].weight"),
        (("topics", 0, "a key\nof lines"), 'topics[0]["a key\\nof lines"]'),
        (("merges", 0, "by"), "merges[0].by"),
        (("glossary", 0, "x" * 100_000), f'glossary[0]["{"x" * 40}"…]'),
        (("outcomes", 0, ""), 'outcomes[0][""]'),
    ],
)
def test_an_unknown_key_is_refused(refusal, whole, change, location, path):
    change(whole, location, 1)

    assert refusal(whole) == [(path, "is not a key of this format")]


@pytest.mark.parametrize(
    ("location", "value", "path", "reason"),
    [
        (("people",), {}, "people", "must be a list, got an object"),
        (("people",), None, "people", "must be a list, got null"),
        (("people",), "ana", "people", 'must be a list, got "ana"'),
        (("people", 0), ["ana"], "people[0]", "must be an object, got a list"),
        (("people", 0, "name"), 7, "people[0].name", "must be text, got 7"),
        (("people", 0, "key"), None, "people[0].key", "must be text, got null"),
        (("team",), [], "team", "must be an object, got a list"),
        (("workshop", "question"), None, "workshop.question", "must be text, got null"),
        (("workshop", "k"), "4", "workshop.k", 'must be a whole number, got "4"'),
        (("statements", 0, "draft"), 1, "statements[0].draft", "must be true or false, got 1"),
        (("statements", 0, "item"), ["i1"], "statements[0].item", "must be text, got a list"),
        (("links", 0, "drawn"), "false", "links[0].drawn", 'must be true or false, got "false"'),
        (("readiness", 0, "vision"), True, "readiness[0].vision", "must be a whole number, got true"),
        (("rounds", 0, "closed"), None, "rounds[0].closed", "must be true or false, got null"),
        (("rounds", 0, "scales"), None, "rounds[0].scales", "must be an object, got null"),
        (("rounds", 0, "scales", "importance"), 5.0, "rounds[0].scales.importance", "must be a whole number, got 5.0"),
        (("rounds", 1, "people", 1), 2, "rounds[1].people[1]", "must be text, got 2"),
        (
            ("workshop", "revealed"),
            "all",
            "workshop.revealed",
            "must be true, false or a list of item keys",
        ),
        (("workshop", "revealed"), [["i1"]], "workshop.revealed", "must be true, false or a list of item keys"),
        (("workshop", "revealed"), 1, "workshop.revealed", "must be true, false or a list of item keys"),
    ],
)
def test_a_value_of_another_type_is_refused(refusal, whole, change, location, value, path, reason):
    change(whole, location, value)

    assert refusal(whole) == [(path, reason)]


@pytest.mark.parametrize("field", ["importance", "satisfaction", "evidence", "expected", "same_meaning", "fist"])
@pytest.mark.parametrize(
    ("value", "shown"), [(True, "true"), ("3", '"3"'), (3.0, "3.0"), (2.5, "2.5"), ([3], "a list"), ({}, "an object")]
)
def test_an_answer_is_a_whole_number_and_nothing_like_it(refusal, whole, field, value, shown):
    whole["rounds"][0]["ratings"][0][field] = value

    assert refusal(whole) == [(f"rounds[0].ratings[0].{field}", f"must be a whole number, got {shown}")]
