import numpy as np
import pytest

from alignment.meaning import RuleJudge


class Angles:
    """An encoder of invented vectors: texts end in the angle of theirs."""

    model = "invented"
    dimensions = 2

    def encode(self, texts):
        radians = np.deg2rad([float(text.split()[-1]) for text in texts])
        return np.stack((np.cos(radians), np.sin(radians)), axis=1).astype(np.float32)


@pytest.mark.parametrize(
    "other, relation",
    [
        ("Write bills 30", "same"),  # cosine .87
        ("Write bills 50", "related"),  # .64
        ("Write bills 70", "unrelated"),  # .34
        ("Write no invoices, 30", "opposite"),
        ("Write no invoices, 70", "unrelated"),  # too far apart to contradict
    ],
)
def test_opposition_comes_first_and_then_the_cosine(other, relation):
    (verdict,) = RuleJudge(Angles()).judge([("Write invoices, 0", other)])

    assert verdict.relation == relation
    assert verdict.by == "invented, rules 1"
    assert (verdict.opposition is not None) == (relation == "opposite")
    assert verdict.label is None


def test_in_another_language_the_rules_say_neither_same_nor_opposite():
    judge = RuleJudge(Angles(), opposites_known=False)

    verdicts = judge.judge([("a 0", "b 1"), ("Pay early 0", "Pay late 0")])

    assert [verdict.relation for verdict in verdicts] == ["related", "related"]


def test_without_a_model_letters_decide():
    pairs = [("Paid on time", "On time, paid"), ("Pay early", "Pay late"), ("Cats", "Invoices")]

    verdicts = RuleJudge().judge(pairs)

    assert [verdict.relation for verdict in verdicts] == ["same", "opposite", "unrelated"]
    assert [verdict.cosine for verdict in verdicts] == [None] * 3
    assert verdicts[0].label == 100


def test_no_pairs_give_no_verdicts():
    assert RuleJudge(Angles()).judge([]) == []
