import pytest

from alignment.meaning import corner


@pytest.mark.parametrize(
    "label, cosine, opposed, expected",
    [
        (100, 1.0, False, "deep"),
        (60, 0.6, False, "deep"),
        (100, 1.0, True, "superficial"),
        (60, 0.59, False, "superficial"),
        (59.9, 0.6, False, "violent_agreement"),
        (59.9, 0.59, False, "open"),
        (0, 1.0, True, "open"),
    ],
)
def test_a_pair_stands_in_the_corner_of_its_words_and_meanings(label, cosine, opposed, expected):
    assert corner(label, cosine, opposed=opposed) == expected
