from alignment.meaning.antonyms import table_of_antonyms
from alignment.meaning.wordnet import antonyms, irregular, senses_of
from alignment.meaning.words import FUNCTION_WORDS, irregular_forms

# In WordNet's own form: offset, file, type, words, pointers, gloss.
DATA = [
    "  1 This software and database is being provided to you",
    "00000001 00 a 02 fast 0 speedy 1 002 ! 00000002 a 0101 & 00000003 a 0000 | quick",
    "00000002 00 a 01 slow(p) 0 001 ! 00000001 a 0101 | not quick",
    "00000003 00 s 01 quick 0 001 & 00000001 a 0000 | like fast",
]
INDEX = [
    "  1 This software and database is being provided to you",
    "fast a 1 2 ! & 1 1 00000001",
    "slow a 1 1 ! 1 1 00000002",
    "quick a 1 1 & 1 1 00000003",
    "speedy a 3 1 ! 3 0 00000008 00000009 00000001",
]


def test_antonyms_are_read_with_words_that_usually_mean_the_same():
    senses = senses_of(INDEX)

    found = antonyms(DATA, senses)

    assert senses["speedy"] == ["00000008", "00000009", "00000001"]
    # Speedy means fast only third, so that it is left out.
    assert found == {("fast", "slow"), ("slow", "fast"), ("quick", "slow"), ("slow", "quick")}


def test_irregular_forms_are_read_as_single_words():
    assert irregular(["better good well", "a_b c", "found find", "same same"]) == {"better": "good", "found": "find"}


def test_the_table_of_antonyms_goes_both_ways():
    table = table_of_antonyms()

    pairs = {(word, other) for word, others in table.items() for other in others if other not in FUNCTION_WORDS}
    assert len(table) > 10_000
    assert pairs == {(other, word) for word, other in pairs}
    assert "slow" in table["quick"]
    assert irregular_forms()["worse"] == "bad"
