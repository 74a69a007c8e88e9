import numpy as np
import pytest

from alignment.meaning import Statement, opposed_items, text_findings


def at(*degrees):
    radians = np.deg2rad(degrees)
    return np.stack((np.cos(radians), np.sin(radians)), axis=1).astype(np.float32)


def said(author, label, meaning="", *, kind="goal"):
    return Statement(author, author, kind, label, meaning)


def found(statements, vectors, **options):
    return text_findings(statements, vectors, model="invented", **options)


def told(findings):
    return [(each.kind, each.variant, each.one, each.other, each.tier) for each in findings]


def test_equal_labels_explained_by_opposites_are_superficial():
    statements = [
        said("ana", "Payment terms", "Pay the subcontractors early"),
        said("ben", "payment terms!", "Pay the subcontractors late"),
    ]

    (finding,) = found(statements, at(0, 20))

    assert told([finding]) == [("superficial", "opposed", "ana", "ben", "possible")]
    assert finding.severity == pytest.approx(0.9397, abs=1e-4)
    assert finding.numbers == {"cosine": 0.9397, "label": 100.0}
    assert (finding.model, finding.rules) == ("invented", "1")
    texts = [statement.meant for statement in statements]
    opposing = [
        [text[mark.start : mark.end] for mark in marks if mark.sort == "opposes"]
        for text, marks in zip(texts, finding.marks, strict=True)
    ]
    assert opposing == [["early"], ["late"]]


@pytest.mark.parametrize(
    "degrees, expected",
    [
        (80, [("superficial", "explained_differently", "ana", "ben", "possible")]),  # cosine .17
        (65, [("superficial", "soft_question", "ana", "ben", "possible")]),  # .42
        (55, []),  # .57
        (0, []),
    ],
)
def test_equal_labels_with_meanings_far_apart_raise_a_question(degrees, expected):
    statements = [said("ana", "Quality", "Few defects"), said("ben", "Quality", "Fine materials")]

    assert told(found(statements, at(0, degrees))) == expected


def test_a_soft_question_weighs_less_than_any_other():
    statements = [said("ana", "Quality", "Few defects"), said("ben", "Quality", "Fine materials")]

    soft, firm = (found(statements, at(0, degrees))[0].severity for degrees in (69, 71))

    assert soft < firm / 1.8


def test_other_words_for_a_near_meaning_are_possibly_violent_agreement():
    statements = [
        said("ana", "Cash flow", "The money is there by the due date"),
        said("ben", "Punctual clients", "They pay when they have to"),
    ]

    (finding,) = found(statements, at(0, 30))

    assert told([finding]) == [("violent_agreement", "suggested", "ana", "ben", "possible")]
    assert finding.severity == pytest.approx(finding.numbers["cosine"] - finding.numbers["label"] / 100, abs=1e-3)


def test_what_a_person_put_together_under_other_words_is_likely_violent_agreement():
    statements = [said("ana", "Cash flow", "Money"), said("ben", "Punctual clients", "They pay")]

    assert told(found(statements, at(0, 60), confirmed=[("ben", "ana")])) == [
        ("violent_agreement", "confirmed", "ana", "ben", "likely")
    ]
    # Meanings no nearer than the labels agree on nothing that the labels hide.
    assert found(statements, at(0, 89), confirmed=[("ben", "ana")]) == ()
    alike = [said("ana", "Cash flow", "Money"), said("ben", "Cash flows", "They pay")]
    assert found(alike, at(0, 0), confirmed=[("ben", "ana")]) == ()


def test_what_a_person_put_together_may_still_contradict_itself_or_mean_two_things():
    terms = [said("ana", "Payment terms", "Pay early"), said("ben", "Payment terms", "Pay late")]
    quality = [said("ana", "Quality", "Few defects"), said("ben", "Quality", "Fine materials")]

    assert told(found(terms, at(0, 20), confirmed=[("ana", "ben")])) == [
        ("superficial", "opposed", "ana", "ben", "possible")
    ]
    assert told(found(quality, at(0, 80), confirmed=[("ana", "ben")])) == [
        ("superficial", "explained_differently", "ana", "ben", "possible")
    ]


@pytest.mark.parametrize(
    "one, other, trigger",
    [
        ("Raise the spending limit", "Lower the spending limit", "direction"),
        ("Pay suppliers early", "Pay suppliers late", "antonym"),
        ("Show the price", "Do not show the price", "negation"),
    ],
)
def test_statements_that_contradict_each_other_are_opposite_by_their_trigger(one, other, trigger):
    statements = [said("ana", one), said("ben", other)]

    assert told(found(statements, at(0, 10))) == [("opposite", trigger, "ana", "ben", "possible")]
    assert found(statements, at(0, 64)) == ()  # cosine .44: about another thing


def test_texts_alone_are_never_likely():
    labels = ["Raise prices", "Lower prices", "Quality", "Quality", "Speed of delivery", "Quick service"]
    meanings = ["Higher", "Lower", "Few defects", "Fine wood", "It is there soon", "No long wait"]
    statements = [said(f"p{n}", *pair) for n, pair in enumerate(zip(labels, meanings, strict=True))]

    findings = found(statements, at(0, 10, 90, 170, 200, 210))

    assert {each.kind for each in findings} == {"superficial", "violent_agreement", "opposite"}
    assert {each.tier for each in findings} == {"possible"}


def test_one_persons_statements_and_two_kinds_are_not_compared():
    one = Statement("s1", "ana", "goal", "Pay suppliers early")

    assert found([one, Statement("s2", "ana", "goal", "Pay suppliers late")], at(0, 0)) == ()
    assert found([one, Statement("s3", "ben", "pain", "Pay suppliers late")], at(0, 0)) == ()


def test_texts_in_another_language_contradict_nothing():
    statements = [said("ana", "Pay suppliers early"), said("ben", "Pay suppliers late")]

    assert found(statements, at(0, 10), opposites_known=False) == ()


def test_the_gravest_comes_first_and_no_kind_has_more_than_its_most():
    statements = [said(f"p{n}", "Quality", f"Meaning {n}") for n in range(30)]
    vectors = np.eye(30, dtype=np.float32)

    findings = found(statements, vectors)

    assert len(findings) == 200
    severities = [each.severity for each in findings]
    assert severities == sorted(severities, reverse=True)
    assert [(each.one, each.other) for each in findings[:2]] == [("p0", "p1"), ("p0", "p2")]


def test_items_that_hold_a_contradiction_are_named():
    statements = [
        said("ana", "Terms", "Pay the subcontractors early"),
        said("ben", "Terms", "Pay the subcontractors late"),
        said("cem", "Other", "Pay the subcontractors late"),
    ]
    findings = found(statements, at(0, 5, 5))

    assert opposed_items(findings, {"ana": "i1", "ben": "i1", "cem": "i2"}) == {"i1"}
    assert opposed_items(findings, {"ana": "i1", "ben": "i2"}) == frozenset()


def test_vectors_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="one vector for each of 1 statements"):
        found([said("ana", "Quality")], at(0, 1))


def test_a_key_twice_is_refused():
    with pytest.raises(ValueError, match="same key"):
        found([said("ana", "Quality"), said("ana", "Speed")], at(0, 1))
