import pytest

from alignment.meaning import label_score
from alignment.meaning.labels import alike, normal

LABELS = ["Get paid on time", "get PAID on time!", "On time, get paid", "Get paid late", "Nobody answers", ""]


@pytest.mark.parametrize(
    "one, other, score",
    [
        ("Get paid on time", "get  PAID—on time!", 100),
        ("Paid on time", "On time paid", 100),
        ("Ça coûte", "ca coute", 100),
        ("abc", "xyz", 0),
        # Longest common subsequence "ab" of "abc" and "abd": 2 * 2 / 6.
        ("abc", "abd", 100 * 4 / 6),
    ],
)
def test_labels_are_compared_by_their_letters(one, other, score):
    assert label_score(one, other) == pytest.approx(score)
    assert label_score(other, one) == label_score(one, other)


def test_labels_that_are_alike_are_found_once_each_in_any_block(monkeypatch):
    expected = [(0, 1, 100.0), (0, 2, 100.0), (1, 2, 100.0)]

    for at_once in (500, 2, 1):
        monkeypatch.setattr("alignment.meaning.labels.AT_ONCE", at_once)
        found = [
            tuple(each)
            for ones, others, scores in alike(LABELS, least=90)
            for each in zip(ones.tolist(), others.tolist(), scores.tolist(), strict=True)
        ]
        assert found == expected


def test_what_has_no_letters_keeps_its_signs():
    assert normal(" ?! ") == "?!"
