"""Whatever is done to the bytes of a file: it is read or refused, and nothing else happens."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.files.trees import steady
from workshops.files.workshop_file import FileRefused, WorkshopFile, read, write

WHOLE = (Path(__file__).parent / "whole.json").read_bytes()
SNIPPETS = [
    *(
        b"null",
        b"true",
        b"-1",
        b"0",
        b"1e400",
        b"-0",
        b"1E5",
        b"NaN",
        b'""',
        b'"ana"',
        b"[]",
        b"{}",
        b"[[[[",
        b"9" * 400,
    ),
    *(
        b'"\\ud800"',
        b'"\\u0000"',
        b"\xff",
        b"\xed\xa0\x80",
        b"\0",
        b"\xef\xbb\xbf",
        b",",
        b":",
        b'"',
        b"\\",
        b"}",
        b"]",
    ),
]

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
KEYS = st.sampled_from(["format", "team", "workshop", "people", "items", "rounds"])


def outcome(data):
    """The file, or None when it was refused with paths and reasons that can be shown."""
    try:
        return read(data)
    except FileRefused as refusal:
        told = [*refusal.problems, str(refusal)]
    assert len(told) > 1
    assert all(problem.path and problem.reason for problem in told[:-1])
    assert told[-1].encode()
    return None


def assert_read_or_refused(data):
    file = outcome(data)
    assert file is None or (isinstance(file, WorkshopFile) and read(write(file)) == file)


@steady
@given(st.integers(0, len(WHOLE) - 3))
def test_a_file_cut_short_is_refused(length):
    assert outcome(WHOLE[:length]) is None


@steady
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_byte_that_changed(position, byte):
    assert_read_or_refused(WHOLE[:position] + bytes([byte]) + WHOLE[position + 1 :])


@steady
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 30), st.sampled_from(SNIPPETS)), min_size=1, max_size=4
    )
)
def test_bytes_replaced_by_others(changes):
    data = WHOLE
    for position, length, snippet in changes:
        data = data[:position] + snippet + data[position + length :]

    assert_read_or_refused(data)


@steady
@given(st.data())
def test_a_value_replaced_by_another(data):
    places = [place for place in range(len(WHOLE)) if WHOLE[place : place + 2] == b": "]
    place = data.draw(st.sampled_from(places)) + 2
    end = WHOLE.index(b"\n", place)
    comma = b"," if WHOLE[end - 1 : end] == b"," else b""

    assert_read_or_refused(WHOLE[:place] + data.draw(st.sampled_from(SNIPPETS)) + comma + WHOLE[end:])


@steady
@given(st.binary(max_size=200))
def test_bytes_of_any_kind(data):
    assert outcome(data) is None


@steady
@given(st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner)))
def test_json_of_any_kind(tree):
    assert outcome(json.dumps(tree).encode()) is None
