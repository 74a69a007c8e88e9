"""The map of words and meanings: four corners by two halves, superficial alignment first."""

from workshops.charts.square import Spot
from workshops.charts.words_meanings import words_meanings


def corner(words, meanings):
    [number] = words_meanings([Spot("Get paid", words, meanings)]).numbers
    return number.quadrant


def test_each_corner_has_its_name():
    assert [corner(words, meanings) for words in (0.3, 0.95) for meanings in (0.2, 0.7)] == [
        "Open difference",
        "Violent agreement",
        "Superficial alignment",
        "Deep alignment",
    ]


def test_the_halves_meet_where_the_rules_about_texts_begin():
    assert corner(0.6, 0.6) == "Deep alignment"
    assert corner(0.599, 0.599) == "Open difference"


def test_superficial_alignment_comes_first_and_there_what_is_farthest_apart():
    spots = [
        Spot("deep", 1, 0.9),
        Spot("open", 0.2, 0.3),
        Spot("violent", 0.2, 0.8),
        Spot("near", 0.9, 0.5),
        Spot("far", 1, 0.1),
    ]

    found = words_meanings(spots)

    assert [number.title for number in found.numbers] == ["far", "near", "violent", "open", "deep"]
    assert [number.strong for number in found.numbers] == [True, True, False, False, False]
    assert "5 pairs of texts" in found.sentence


def test_a_meaning_below_zero_stands_at_the_end_of_the_scale():
    [number] = words_meanings([Spot("Get paid", 1, -0.1)]).numbers

    assert number.quadrant == "Superficial alignment"
