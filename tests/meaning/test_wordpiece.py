import pytest

from alignment.meaning.wordpiece import pieces, vocabulary


def test_the_vocabulary_is_the_one_the_model_was_trained_with():
    known = vocabulary()

    assert len(known) == 30_522
    assert [known[piece] for piece in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "##s")] == [
        0,
        100,
        101,
        102,
        1996,
        2015,
    ]


# Numbers as the published tokenizer of the model gives them.
@pytest.mark.parametrize(
    "text, expected",
    [
        ("", [101, 102]),
        ("unaffable", [101, 14477, 20961, 3468, 102]),
        ("Naïve CAFÉ", [101, 15743, 7668, 102]),
        ("can't", [101, 2064, 1005, 1056, 102]),
        ("a_b-c", [101, 1037, 1035, 1038, 1011, 1039, 102]),
        ("a\u200bb\x07\u00a0c", [101, 11113, 1039, 102]),
        ("ΑΣ ς", [101, 1155, 29733, 1172, 102]),
        ("漢字", [101, 1904, 100, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_a_text_is_cut_as_the_model_expects(text, expected):
    assert pieces(text) == expected


def test_a_text_that_is_too_long_keeps_its_beginning_and_its_end_sign():
    found = pieces("paid on time " * 200)

    assert len(found) == 256
    assert found[:4] == [101, 3825, 2006, 2051]
    assert found[-1] == 102
