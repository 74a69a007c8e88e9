"""Parts of a file that do not fit each other: keys taken twice, references to nothing, circles."""

import pytest

NO_ROLE = "names the role {}, which is not among the team’s roles"
NO_PERSON = "names the person {}, who is not among the people"
NO_ITEM = "names the item {}, which is not among the items"
NO_STATEMENT = "names the statement {}, which is not among the statements"
NO_ROUND = "names the round {}, which is not among the rounds"
NEITHER = "names {}, which is neither a statement nor an item"


@pytest.mark.parametrize(
    ("location", "path", "reason"),
    [
        (("people", 0, "role"), "people[0].role", NO_ROLE),
        (("items", 1, "parent"), "items[1].parent", NO_ITEM),
        (("statements", 0, "person"), "statements[0].person", NO_PERSON),
        (("statements", 0, "item"), "statements[0].item", NO_ITEM),
        (("links", 0, "person"), "links[0].person", NO_PERSON),
        (("links", 0, "from"), "links[0].from", NEITHER),
        (("links", 0, "to"), "links[0].to", NEITHER),
        (("readiness", 0, "person"), "readiness[0].person", NO_PERSON),
        (("workshop", "revealed", 0), "workshop.revealed[0]", NO_ITEM),
        (("rounds", 0, "ratings", 0, "person"), "rounds[0].ratings[0].person", NO_PERSON),
        (("rounds", 0, "ratings", 0, "item"), "rounds[0].ratings[0].item", NO_ITEM),
        (
            ("rounds", 1, "restatements", 0, "judgements", 0, "person"),
            "rounds[1].restatements[0].judgements[0].person",
            NO_PERSON,
        ),
        (("topics", 0, "item"), "topics[0].item", NO_ITEM),
        (("merges", 0, "statements", 1), "merges[0].statements[1]", NO_STATEMENT),
        (("glossary", 0, "item"), "glossary[0].item", NO_ITEM),
        (("outcomes", 0, "item"), "outcomes[0].item", NO_ITEM),
        (("outcomes", 0, "round"), "outcomes[0].round", NO_ROUND),
        (("outcomes", 0, "owner"), "outcomes[0].owner", NO_PERSON),
    ],
)
@pytest.mark.parametrize(("key", "shown"), [("zoe", '"zoe"'), ("", '""'), ("z" * 100_000, f'"{"z" * 40}"…')])
def test_a_reference_to_nothing_is_refused(refusal, whole, change, location, path, reason, key, shown):
    change(whole, location, key)

    assert refusal(whole) == [(path, reason.format(shown))]


def test_the_people_and_items_of_a_round_must_exist_and_stand_there_once(refusal, whole):
    whole["rounds"][0] |= {"items": ["i1", "i2", "i9", "i1"], "people": ["ana", "zoe", "ben", "cleo", "ana"]}

    assert refusal(whole) == [
        ("rounds[0].items[2]", NO_ITEM.format('"i9"')),
        ("rounds[0].items[3]", "stands in this list already"),
        ("rounds[0].people[1]", NO_PERSON.format('"zoe"')),
        ("rounds[0].people[4]", "stands in this list already"),
    ]


@pytest.mark.parametrize(
    ("location", "value", "path", "first"),
    [
        (("team", "roles", 1), {"key": "eng", "name": "Design"}, "team.roles[1].key", "team.roles[0].key"),
        (("people", 2, "key"), "ana", "people[2].key", "people[0].key"),
        (("items", 3, "key"), "i2", "items[3].key", "items[1].key"),
        (("statements", 1, "key"), "s1", "statements[1].key", "statements[0].key"),
        (("rounds", 2, "key"), "r1", "rounds[2].key", "rounds[0].key"),
    ],
)
def test_a_key_that_is_taken_is_refused(refusal, whole, change, location, value, path, first):
    change(whole, location, value)

    assert (path, f"is the same key as {first}") in refusal(whole)


def test_keys_differ_by_capitals(refusal, whole):
    whole["people"][0]["role"] = "Eng"

    assert refusal(whole) == [("people[0].role", NO_ROLE.format('"Eng"'))]


def test_a_statement_with_the_key_of_an_item_is_refused(refusal, whole):
    whole["statements"][2]["key"] = "i3"
    del whole["links"][2]

    assert refusal(whole) == [("statements[2].key", "is also the key of an item; a link could mean either")]


def test_an_item_that_is_its_own_parent_is_refused(refusal, whole):
    whole["items"][1]["parent"] = "i2"

    assert refusal(whole) == [("items[1].parent", "leads back to where it starts: i2 → i2")]


def test_a_circle_of_parents_is_refused_once(refusal, whole):
    for position, parent in enumerate(["i4", "i1", "i2", "i3"]):
        whole["items"][position]["parent"] = parent

    assert refusal(whole) == [("items[0].parent", "leads back to where it starts: i1 → i4 → i3 → i2 → i1")]


def test_a_way_into_a_circle_is_not_the_circle(refusal, whole):
    for position, parent in enumerate(["i2", "i3", "i2", "i1"]):
        whole["items"][position]["parent"] = parent

    assert refusal(whole) == [("items[1].parent", "leads back to where it starts: i2 → i3 → i2")]


def test_a_circle_of_five_thousand_parents_is_found(refusal, small):
    small["items"] = [
        {"key": f"i{n}", "kind": "goal", "title": "On time", "parent": f"i{(n + 1) % 5000}"} for n in range(5000)
    ]

    reason = "leads back to where it starts: i0 → i1 → i2 → i3 → i4 → …"
    assert refusal(small) == [("items[0].parent", reason)]


def test_an_item_cannot_continue_itself(refusal, whole):
    whole["items"][1]["lineage"] = "i3"
    whole["items"][2]["lineage"] = "i2"

    assert refusal(whole) == [("items[1].lineage", "leads back to where it starts: i2 → i3 → i2")]


@pytest.mark.parametrize(
    ("kind", "from_", "to", "problems"),
    [
        ("blocks", "i1", "i2", [("links[0].from", "must be of kind pain in a link that says “blocks”, got goal")]),
        ("blocks", "i3", "i4", [("links[0].to", "must be of kind goal in a link that says “blocks”, got alternative")]),
        ("serves", "i4", "i4", [
            ("links[0].to", "must be of kind goal, pain in a link that says “serves”, got alternative"),
            ("links[0].to", "is the same as “from”"),
        ]),
        ("causes", "s3", "s1", [("links[0].to", "must be of kind pain in a link that says “causes”, got goal")]),
        ("causes", "i3", "i3", [("links[0].to", "is the same as “from”")]),
    ],
)  # fmt: skip
def test_a_link_runs_between_the_kinds_its_word_says(refusal, whole, kind, from_, to, problems):
    whole["links"] = [{"person": "ana", "kind": kind, "from": from_, "to": to}]

    assert refusal(whole) == problems


def test_a_link_said_twice_is_refused_even_if_drawn_once_only(refusal, whole):
    whole["links"].append(whole["links"][0] | {"drawn": False})

    assert refusal(whole) == [("links[3]", "says again what an earlier link says")]


def test_a_second_readiness_of_one_person_is_refused(refusal, whole):
    whole["readiness"][1]["person"] = "ana"

    assert refusal(whole) == [("readiness[1].person", "is a second entry of this person")]


def test_a_merge_of_a_statement_with_itself_is_refused(refusal, whole):
    whole["merges"][0]["statements"] = ["s1", "s1"]

    assert refusal(whole) == [("merges[0].statements[1]", "stands in this list already")]


def test_a_second_answer_about_the_same_two_statements_is_refused(refusal, whole):
    whole["merges"].append({"statements": ["s2", "s1"], "answer": "accepted"})

    assert refusal(whole) == [("merges[1]", "is a second answer about the same two statements")]


def test_a_topic_about_nothing_is_refused(refusal, whole):
    whole["topics"][1] = {"text": " ", "minutes": 3}

    assert refusal(whole) == [("topics[1]", "needs an item, a kind or a text")]


@pytest.mark.parametrize(("most", "options"), [(5000, {}), (500, {"people": 500})])
def test_more_people_than_are_taken_are_refused(refusal, small, most, options):
    small["team"]["roles"] = [{"key": "eng", "name": "Engineering"}]
    small["people"] = [{"key": f"p{n}", "name": "Ana", "role": "eng"} for n in range(most + 1)]

    assert refusal(small, **options) == [("people", f"must have at most {most} entries, got {most + 1}")]
