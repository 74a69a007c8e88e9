"""Lengths, words and numbers out of their bounds, each refused with its path and the reason."""

import pytest

KINDS = '"goal", "pain", "alternative"'


@pytest.mark.parametrize(
    ("location", "most"),
    [
        (("team", "name"), 120),
        (("team", "roles", 0, "key"), 64),
        (("team", "roles", 0, "name"), 120),
        (("workshop", "title"), 200),
        (("workshop", "question"), 600),
        (("workshop", "segment"), 200),
        (("workshop", "strategy"), 2000),
        (("people", 0, "key"), 64),
        (("people", 0, "name"), 120),
        (("items", 0, "title"), 200),
        (("items", 0, "meaning"), 600),
        (("items", 0, "lineage"), 64),
        (("statements", 0, "label"), 120),
        (("statements", 0, "meaning"), 600),
        (("statements", 0, "example"), 600),
        (("readiness", 0, "strategy"), 600),
        (("rounds", 1, "restatements", 0, "outcome"), 600),
        (("rounds", 1, "restatements", 0, "action"), 600),
        (("rounds", 1, "restatements", 0, "tradeoff"), 600),
        (("topics", 0, "text"), 200),
        (("glossary", 0, "term"), 120),
        (("glossary", 0, "meaning"), 600),
        (("outcomes", 0, "wording"), 600),
        (("outcomes", 0, "dissent"), 600),
    ],
)
@pytest.mark.parametrize("length", [None, 100_000])
def test_a_text_over_its_cap_is_refused(refusal, whole, change, location, most, length):
    length = length or most + 1
    change(whole, location, "é" * length)

    [(_path, reason)] = refusal(whole)

    assert reason == f"must be at most {most} characters long, got {length}"


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (("team", "name"), "team.name"),
        (("team", "roles", 0, "name"), "team.roles[0].name"),
        (("workshop", "title"), "workshop.title"),
        (("people", 0, "name"), "people[0].name"),
        (("items", 0, "title"), "items[0].title"),
        (("glossary", 0, "term"), "glossary[0].term"),
        (("statements", 0, "label"), "statements[0].label"),
    ],
)
@pytest.mark.parametrize("blank", ["", " \n\t", "\u00a0\u2003"])
def test_a_name_that_is_blank_is_refused(refusal, whole, change, location, path, blank):
    change(whole, location, blank)

    [(refused, reason)] = refusal(whole)

    assert (refused, reason[:17]) == (path, "must not be blank")


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("", "must not be empty"),
        (" ana", "must be printable characters without spaces at either end"),
        ("ana\n", "must be printable characters without spaces at either end"),
        ("a\u200bna", "must be printable characters without spaces at either end"),
    ],
)
def test_a_key_nobody_could_type_is_refused(refusal, small, key, reason):
    small["team"]["roles"] = [{"key": key, "name": "Engineering"}]

    assert refusal(small) == [("team.roles[0].key", reason)]


@pytest.mark.parametrize(
    ("location", "path", "words"),
    [
        (("team", "roles", 0, "lens"), "team.roles[0].lens", '"decide", "build", "sell", "none"'),
        (("workshop", "candour"), "workshop.candour", '"open", "roles", "team"'),
        (
            ("workshop", "stage"),
            "workshop.stage",
            '"setup", "write", "consolidate", "rate", "live", "closed"',
        ),
        (("items", 0, "kind"), "items[0].kind", KINDS),
        (("statements", 0, "kind"), "statements[0].kind", KINDS),
        (("links", 0, "kind"), "links[0].kind", '"blocks", "serves", "causes"'),
        (
            ("rounds", 0, "kind"),
            "rounds[0].kind",
            '"write", "rate", "revote", "restate", "judge", "fist", "pulse"',
        ),
        (
            ("rounds", 0, "ratings", 0, "answer"),
            "rounds[0].ratings[0].answer",
            '"rated", "unknown", "not_real", "asked"',
        ),
        (("merges", 0, "answer"), "merges[0].answer", '"accepted", "rejected"'),
        (
            ("outcomes", 0, "verdict"),
            "outcomes[0].verdict",
            '"agreed", "agree_to_differ", "needs_evidence", "parked"',
        ),
    ],
)
def test_a_word_the_format_does_not_have_is_refused(refusal, whole, change, location, path, words):
    change(whole, location, "Open")

    assert refusal(whole) == [(path, f'must be one of {words}, got "Open"')]


def test_a_topic_of_an_unknown_finding_kind_is_refused(refusal, whole):
    whole["topics"][0]["kind"] = "quarrel"

    [(path, reason)] = refusal(whole)

    assert path == "topics[0].kind"
    assert reason.startswith('must be one of "blind_spot", "split", ')
    assert reason.endswith(', "definition", "drift", got "quarrel"')


@pytest.mark.parametrize(
    ("location", "value", "path", "reason"),
    [
        (("readiness", 0, "vision"), 0, "readiness[0].vision", "must be at least 1, got 0"),
        (("readiness", 0, "help"), 6, "readiness[0].help", "must be at most 5, got 6"),
        (("statements", 0, "evidence"), 4, "statements[0].evidence", "must be at most 3, got 4"),
        (("items", 0, "revision"), 0, "items[0].revision", "must be at least 1, got 0"),
        (("items", 0, "revision"), 32_768, "items[0].revision", "must be at most 32767, got 32768"),
        (("topics", 0, "minutes"), 0, "topics[0].minutes", "must be at least 1, got 0"),
        (("workshop", "k"), 10**50, "workshop.k", "must be at most 1000, got a very large number"),
        (("rounds", 0, "scales", "importance"), 1, "rounds[0].scales.importance", "must be at least 2, got 1"),
        (("rounds", 0, "scales", "evidence"), 11, "rounds[0].scales.evidence", "must be at most 10, got 11"),
        (("scales",), {"same_meaning": 0}, "scales.same_meaning", "must be at least 2, got 0"),
        (
            ("rounds", 1, "restatements", 0, "judgements", 0, "same"),
            3,
            "rounds[1].restatements[0].judgements[0].same",
            "must be at most 2, got 3",
        ),
    ],
)
def test_a_number_out_of_its_bounds_is_refused(refusal, whole, change, location, value, path, reason):
    change(whole, location, value)

    assert refusal(whole) == [(path, reason)]


@pytest.mark.parametrize(("candour", "smallest"), [("open", 3), ("roles", 3), ("team", 5)])
def test_a_group_smaller_than_the_candour_mode_promises_is_refused(refusal, small, candour, smallest):
    small["workshop"] |= {"candour": candour, "k": smallest - 1}

    assert refusal(small) == [("workshop.k", f"must be at least {smallest}, got {smallest - 1}")]


@pytest.mark.parametrize("language", ["", "english", "e", "en_GB", "en-", "EN", "en-GB-x", "ıt", "en\n"])
def test_what_is_no_language_code_is_refused(refusal, small, language):
    small["workshop"]["language"] = language

    assert refusal(small) == [("workshop.language", "must be a language code such as en or pt-BR")]


@pytest.mark.parametrize(
    "due",
    ["2027-02-30", "2027-1-31", "20270131", "31.01.2027", "2027-W04-7", "2027-01-31T10:00", "", 20270131, True, []],
)
def test_what_is_no_day_is_refused(refusal, whole, due):
    whole["outcomes"][0]["due"] = due

    assert refusal(whole) == [("outcomes[0].due", "must be a day written as in 2027-01-31")]


@pytest.mark.parametrize("statements", [["s1"], ["s1", "s2", "s3"]])
def test_a_merge_is_about_two_statements(refusal, whole, statements):
    whole["merges"][0]["statements"] = statements

    [(path, reason)] = refusal(whole)

    few = "must have at least 2 entries, got 1"
    assert (path, reason) == (
        "merges[0].statements",
        few if len(statements) < 2 else "must have at most 2 entries, got 3",
    )


@pytest.mark.parametrize(
    ("part", "most", "entry"),
    [
        ("items", 5000, {"kind": "goal", "title": "On time"}),
        ("statements", 5000, {"person": "ana", "kind": "goal", "label": "On time"}),
        ("rounds", 1000, {"kind": "rate"}),
    ],
)
def test_more_entries_than_a_workshop_may_have_are_refused(refusal, small, part, most, entry):
    small[part] = [entry | {"key": f"k{n}"} for n in range(most + 1)]

    assert refusal(small)[0] == (part, f"must have at most {most} entries, got {most + 1}")
