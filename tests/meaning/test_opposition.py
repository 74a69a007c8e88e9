import pytest

from alignment.meaning import Limits, RuleJudge, opposition
from alignment.meaning.opposition import between, read

from .product_pairs import auc, rows

PAIRS = rows("pairs.tsv")


def turned(one, other):
    found = opposition(one, other)
    return found and [(turn.trigger, turn.words) for turn in found.turns]


@pytest.mark.parametrize(
    "one, other, trigger, words",
    [
        ("We need more reminders", "We need fewer reminders", "direction", ("more", "fewer")),
        ("Raise the limit", "Lower the limit", "direction", ("raise", "lower")),
        ("The search is quick", "The search is slow", "antonym", ("quick", "slow")),
        ("Paying late", "Paying early", "antonym", ("late", "early")),
        ("The list is visible", "The list is invisible", "antonym", ("visible", "invisible")),
        ("Customers trust it", "Customers distrust it", "antonym", ("trust", "distrust")),
        ("On by default", "Off by default", "antonym", ("on", "off")),
        ("The price is visible", "The price isn't visible", "negation", ("visible", "visible")),
        ("We have time", "We do not have enough time", "negation", ("time", "time")),
        ("Support for the tool", "Lack of support for the tool", "negation", ("support", "support")),
    ],
)
def test_opposites_are_found_with_the_words_that_make_them_so(one, other, trigger, words):
    assert turned(one, other) == [(trigger, words)]
    assert turned(other, one) == [(trigger, words[::-1])]


@pytest.mark.parametrize(
    "one, other",
    [
        ("Get paid on time", "Get paid on time"),
        ("It is not slow", "It is fast"),
        ("Lack of time", "Not enough time"),
        ("Do not lose orders", "Keep every order"),
        ("Not without a signature", "With a signature"),
        ("Wages go out whether or not the client paid", "Wages go out when the client paid"),
        ("Not only the price counts", "The price counts"),
        ("Drivers do not use the app", "Drivers want the app in their language"),
        ("Not enough customer involvement", "Customers change their mind"),
        ("Reduce the waiting time at the counter", "Serve people faster at the desk"),
        ("", ""),
        ("?!", "No"),
    ],
)
def test_two_turns_or_none_contradict_nothing(one, other):
    assert opposition(one, other) is None


def test_the_places_of_the_words_are_those_in_the_texts():
    one, other = "Pay the subcontractors EARLY!", "Do pay subcontractors late."

    found = opposition(one, other)

    (turn,) = found.turns
    assert [text[start:end] for text, (start, end) in zip((one, other), turn.spans, strict=True)] == ["EARLY", "late"]


def test_a_negation_is_shown_by_the_word_that_negates():
    one, other = "The price should be visible", "The price should never be visible"

    (turn,) = opposition(one, other).turns

    assert one[slice(*turn.spans[0])] == "visible"
    assert other[slice(*turn.spans[1])] == "never"


def test_words_that_are_said_of_other_things_weigh_less():
    same = opposition("Fast delivery in the city", "Slow delivery in the city")
    other = opposition("Fast delivery in the city", "Slow payment by the city council")

    assert same.strength == 1
    assert other.strength < Limits().opposite_strength


def test_opposites_are_told_apart_on_pairs_of_our_own(minilm):
    """As found: the ten that name no opposite word are not recognised, nor is any other that the rule does not know."""
    limits = Limits()
    scores = {relation: [] for relation, _one, _other in PAIRS}
    for (relation, *pair), verdict in zip(
        PAIRS, RuleJudge(minilm).judge([(one, other) for _relation, one, other in PAIRS]), strict=True
    ):
        found = verdict.opposition
        scores[relation].append(verdict.cosine * found.strength if found else 0)
        assert (found is None) or (verdict.cosine >= limits.opposite_cosine), pair

    halves = [{name: values[half::2] for name, values in scores.items()} for half in (0, 1)]
    assert {name: len(values) for name, values in scores.items()} == dict.fromkeys(scores, 54)
    for part in (scores, *halves):
        assert auc(part["opposite"], part["paraphrase"] + part["related"]) >= 0.90
    fired = {name: sum(value > 0 for value in values) for name, values in scores.items()}
    assert fired == {"opposite": 44, "paraphrase": 0, "related": 4}


def test_a_cosine_puts_opposites_above_paraphrases(minilm):
    vectors = minilm.encode([text for _relation, *pair in PAIRS for text in pair])
    near = (vectors[::2] * vectors[1::2]).sum(axis=1)

    by = {
        kind: [value for row, value in zip(PAIRS, near, strict=True) if row[0] == kind]
        for kind in ("opposite", "paraphrase")
    }

    assert auc(by["paraphrase"], by["opposite"]) < 0.10


def test_texts_that_were_read_before_are_compared_the_same():
    readings = {text: read(text) for _relation, *pair in PAIRS for text in pair}

    assert [between(readings[one], readings[other]) for _relation, one, other in PAIRS] == [
        opposition(one, other) for _relation, one, other in PAIRS
    ]


def test_the_order_of_two_texts_does_not_count():
    for _relation, one, other in PAIRS:
        there, back = opposition(one, other), opposition(other, one)

        assert (there is None) == (back is None), (one, other)
        assert there is None or there.strength == back.strength
