"""Bytes that are not one JSON text which every program reads alike."""

import json

import pytest

from workshops.files.json_text import MOST_KEYS

WHOLE = "(file)"


def test_bytes_that_are_not_utf_8_are_refused(refusal):
    data = '{"format": "é"}'.encode("latin-1")

    assert refusal(data) == [(WHOLE, "is not UTF-8: byte 12 cannot be read")]


def test_utf_16_is_refused(refusal, whole_bytes):
    assert refusal(whole_bytes.decode().encode("utf-16")) == [(WHOLE, "is not UTF-8: byte 0 cannot be read")]


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"", 1, 1),
        (b"  \n ", 2, 2),
        (b'{"format": "parallax-workshop/1",\n "team": {', 2, 11),
        (b'{\n  "format": "paral', 2, 13),
        (b'{"people": [\n{"key": "ana"}', 2, 15),
    ],
)
def test_a_file_cut_off_is_refused_with_the_place(refusal, data, line, column):
    reason = f"is not valid JSON: it breaks off in what starts at line {line}, column {column}"

    assert refusal(data) == [(WHOLE, reason)]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b'{"a": 1,\n "b": }', "line 2, column 7: Expecting value"),
        (b"{'a': 1}", "line 1, column 2: Expecting property name enclosed in double quotes"),
        (b'{"a": 1} {"b": 2}', "line 1, column 10: Extra data"),
        (b'{"a": "tab\there"}', "line 1, column 11: Invalid control character at"),
    ],
)
def test_what_is_not_json_is_refused_with_the_place(refusal, data, place):
    assert refusal(data) == [(WHOLE, f"is not valid JSON at {place}")]


def test_a_key_that_stands_twice_is_refused_with_its_path(refusal, whole_bytes):
    data = whole_bytes.replace(b'"key": "ana",', b'"key": "ana", "key": "zoe",')

    assert refusal(data) == [("people[0].key", "this key stands here more than once")]


def test_a_repeated_key_at_the_top_is_named_although_it_hides_others(refusal):
    data = b'{"team": {"name": "A", "name": "B"}, "team": {"name": "C"}}'

    assert refusal(data) == [("team", "this key stands here more than once")]


@pytest.mark.parametrize(
    ("number", "shown"), [("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"), ("1e999", "Infinity")]
)
def test_what_is_no_number_is_refused_where_it_stands(refusal, whole_bytes, number, shown):
    data = whole_bytes.replace(b'"importance": 7,\n          "sat', f'"importance": {number},\n          "sat'.encode())

    assert refusal(data) == [("rounds[0].ratings[0].importance", f"must be a whole number, got {shown}")]


def test_a_number_of_thousands_of_digits_is_refused(refusal):
    assert refusal(b'{"format": ' + b"9" * 5000 + b"}") == [(WHOLE, "holds a number with too many digits")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\0b", "holds a NUL character, which is not text"),
        ("a\ud800b", "holds half of a character (a lone surrogate)"),
        ("c\udfffd", "holds half of a character (a lone surrogate)"),
    ],
)
def test_what_is_not_text_is_refused_wherever_it_stands(refusal, whole, text, reason):
    whole["rounds"][1]["restatements"][0]["outcome"] = text
    whole["people"][0]["key"] = text
    whole["workshop"]["revealed"] = [text]

    assert refusal(whole) == [
        ("workshop.revealed[0]", reason),
        ("people[0].key", reason),
        ("rounds[1].restatements[0].outcome", reason),
    ]


def test_a_key_that_is_not_text_is_refused(refusal, small):
    small["team"]["\ud800"] = 1

    assert refusal(small) == [('team["\\ud800"]', "holds half of a character (a lone surrogate)")]


@pytest.mark.parametrize("opening", [b"[", b'{"team":'])
def test_deep_nesting_is_refused(refusal, opening):
    assert refusal(opening * 100_000) == [(WHOLE, "is nested too deeply")]


def test_nesting_that_python_can_still_read_is_refused_in_its_place(refusal, small):
    small["team"]["roles"] = json.loads("[" * 500 + "]" * 500)

    assert refusal(small) == [("team.roles[0]", "must be an object, got a list")]


def test_nesting_with_a_hidden_surrogate_is_searched_to_the_bottom(refusal):
    data = b"[" * 500 + b'"\\ud800"' + b"]" * 500

    assert refusal(data) == [("[0]" * 500, "holds half of a character (a lone surrogate)")]


def test_an_object_of_too_many_keys_is_refused_before_each_becomes_a_problem(refusal, small):
    small["team"] |= {f"key{n}": n for n in range(MOST_KEYS)}

    assert refusal(small) == [(WHOLE, "holds an object with 66 keys, at most 64 are taken")]


def test_a_file_over_the_limit_is_refused_unread(refusal):
    assert refusal(b"{" * 1001, limit=1000) == [(WHOLE, "is too large: 1001 bytes, at most 1000 are taken")]


def test_operators_may_bring_48_megabytes(refusal):
    size = 48 * 1024 * 1024

    assert refusal(b" " * (size + 1)) == [(WHOLE, f"is too large: {size + 1} bytes, at most {size} are taken")]
