import numpy as np
import pytest

from alignment.meaning import Limits, Statement, suggest

# Cosines of the invented vectors below are read off their angles.


def at(*degrees):
    radians = np.deg2rad(degrees)
    return np.stack((np.cos(radians), np.sin(radians)), axis=1).astype(np.float32)


def said(label, author, *, kind="goal", meaning="", key=None):
    return Statement(key or f"{author}:{label}", author, kind, label, meaning)


def keys(pairs):
    return [(pair.one, pair.other) for pair in pairs]


def test_statements_are_suggested_by_bands():
    # Cosines with the first: cos 20 = .94, cos 45 = .71, cos 60 = .50, cos 90 = 0.
    statements = [said(word, person) for person, word in zip("abcde", ["one", "two", "six", "ten", "red"], strict=True)]
    vectors = at(0, 20, -45, 60, 180)

    found = suggest(statements, vectors)

    assert (found.mode, found.rules) == ("vectors", "1")
    assert [(group.keys, group.band, group.reason, group.central) for group in found.groups] == [
        (("a:one", "b:two"), "same", "meaning", "a:one")
    ]
    assert found.groups[0].score == pytest.approx(0.9397, abs=1e-4)
    # two and ten: cos 40 = .77; one and six: cos 45 = .71, but the group and six only (.71 + .42) / 2.
    assert [(pair.one, pair.other, pair.band, pair.cosine) for pair in found.pairs] == [
        ("b:two", "d:ten", "possible", 0.766),
        ("a:one", "c:six", "possible", 0.7071),
    ]
    assert [(pair.one, pair.other, pair.band) for pair in found.related] == [("a:one", "d:ten", "related")]
    assert found.opposite == ()


def test_two_statements_of_one_author_or_of_two_kinds_are_never_suggested():
    statements = [said("one", "a"), said("two", "a"), said("three", "b", kind="pain")]

    found = suggest(statements, at(0, 0, 0))

    assert (found.groups, found.pairs, found.related, found.opposite) == ((), (), (), ())


def test_an_author_is_not_brought_in_twice_by_a_third_person():
    statements = [said("one", "a"), said("two", "b"), said("three", "a")]

    found = suggest(statements, at(0, 10, 15))

    assert [group.keys for group in found.groups] == [("b:two", "a:three")]
    assert keys(found.pairs) == [("a:one", "b:two")]


def test_opposites_are_shown_as_such_and_never_suggested_as_one():
    statements = [said("Pay suppliers early", "a"), said("Pay suppliers late", "b"), said("Pay suppliers", "c")]

    found = suggest(statements, at(0, 5, 30))

    assert keys(found.opposite) == [("a:Pay suppliers early", "b:Pay suppliers late")]
    opposite = found.opposite[0]
    assert (opposite.band, opposite.reason, opposite.cosine) == ("opposite", "opposite", 0.9962)
    assert opposite.opposition.turns[0].words == ("early", "late")
    together = [set(group.keys) for group in found.groups]
    assert together == [{"b:Pay suppliers late", "c:Pay suppliers"}]


def test_what_a_person_rejected_is_not_suggested_again():
    statements = [said("one", "a"), said("two", "b"), said("three", "c"), said("four", "d")]
    rejected = [("b:two", "a:one"), ("c:three", "d:four"), ("gone", "a:one")]

    found = suggest(statements, at(0, 5, 50, 105), apart=rejected)

    assert found.groups[0].keys == ("b:two", "c:three")
    assert not {frozenset(pair) for pair in keys((*found.pairs, *found.related))} & {
        frozenset(pair) for pair in rejected
    }
    assert not any(set(pair) <= set(group.keys) for group in found.groups for pair in rejected)


def test_each_statement_has_its_nearest_three_beside_it():
    statements = [said("middle", "m"), *(said(f"s{place}", f"p{place}") for place in range(6))]
    # All six between .45 and .60 from the middle, and apart from each other.
    vectors = np.zeros((7, 7), dtype=np.float32)
    vectors[0, 0] = 1
    for place, cosine in enumerate((0.50, 0.51, 0.52, 0.53, 0.54, 0.55)):
        vectors[place + 1, [0, place + 1]] = cosine, np.sqrt(1 - cosine**2)

    found = suggest(statements, vectors)

    # Each of the six has the middle as its only one, so that all are told, the nearest first.
    assert [pair.other for pair in found.related] == [f"p{place}:s{place}" for place in (5, 4, 3, 2, 1, 0)]
    crowd = suggest(statements, vectors, limits=Limits(related=0.1))
    middle = [pair for pair in crowd.related if pair.one == "m:middle"]
    assert len(middle) >= 3
    counts = [sum(statement.key in (pair.one, pair.other) for pair in crowd.related) for statement in statements]
    assert min(counts) >= 3


def test_without_vectors_only_labels_of_nearly_the_same_letters_are_suggested():
    statements = [
        said("Get paid on time", "a"),
        said("get paid, on time", "b"),
        said("Get paid on times", "c"),
        said("Receive the money by the due date", "d"),
    ]

    found = suggest(statements)

    assert found.mode == "labels"
    assert [(group.keys, group.band, group.reason) for group in found.groups] == [
        (("a:Get paid on time", "b:get paid, on time", "c:Get paid on times"), "possible", "labels")
    ]
    assert suggest(statements[:2]).groups[0].band == "same"
    assert suggest(statements[:2]).groups[0].reason == "equal_labels"


def test_without_vectors_one_word_that_turns_a_label_keeps_it_apart():
    found = suggest([said("Increase the number of sales", "a"), said("Decrease the number of sales", "b")])

    assert found.groups == ()
    assert [pair.cosine for pair in found.opposite] == [None]


def test_in_another_language_nothing_looks_the_same_but_equal_words():
    statements = [said("Lieferanten früh bezahlen", "a"), said("Lieferanten spät bezahlen", "b")]
    equal = [said("Früh bezahlen", "a"), said("früh bezahlen!", "b")]

    assert suggest(statements, at(0, 1), opposites_known=False).groups[0].band == "possible"
    assert suggest(equal, at(0, 0), opposites_known=False).groups[0].band == "same"


def test_the_same_comes_out_whatever_the_threads_and_blocks(monkeypatch):
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(120, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    statements = [said(f"word{place}", f"p{place % 50}") for place in range(120)]

    whole = suggest(statements, vectors)

    for at_once in (7, 50):
        monkeypatch.setattr("alignment.meaning.nearness.AT_ONCE", at_once)
        assert suggest(statements, vectors) == whole


def test_statements_in_another_order_give_the_same_groups():
    rng = np.random.default_rng(6)
    vectors = rng.normal(size=(60, 6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    statements = [said(f"word{place}", f"p{place}") for place in range(60)]
    order = rng.permutation(60)

    there = suggest(statements, vectors)
    back = suggest([statements[place] for place in order], vectors[order])

    assert {frozenset(group.keys) for group in there.groups} == {frozenset(group.keys) for group in back.groups}


@pytest.mark.parametrize("vectors", [np.zeros((1, 3), np.float32), np.zeros(2, np.float32)])
def test_vectors_that_do_not_fit_are_refused(vectors):
    with pytest.raises(ValueError, match="one vector for each of 2 statements"):
        suggest([said("one", "a"), said("two", "b")], vectors)


def test_a_key_twice_is_refused():
    with pytest.raises(ValueError, match="same key"):
        suggest([said("one", "a", key="k"), said("two", "b", key="k")])


def test_nothing_gives_nothing():
    assert suggest([]).groups == ()
    assert suggest([], np.zeros((0, 384), np.float32)).groups == ()
