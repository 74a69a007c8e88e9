"""Cuts a text into the word pieces that the model was trained on: BERT's, in lower case and without accents."""

import unicodedata
from functools import cache
from importlib.resources import files

# Special pieces of the vocabulary.
UNKNOWN, BEGIN, END = 100, 101, 102
LONGEST = 256  # pieces; the model was trained with as many, and a text of 600 characters has about 150
LONGEST_WORD = 100  # characters; a longer one is no word

# Chinese characters are words by themselves. Ranges as the model's own tokenizer has them.
IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@cache
def vocabulary() -> dict[str, int]:
    """Piece to number; a piece that continues a word begins with ##."""
    lines = files(__package__).joinpath("vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def pieces(text: str) -> list[int]:
    """The numbers of a text's pieces, with those that begin and end it.

    Parameters
    ----------
    text : str
        What is beyond the 254th piece is left out.

    Returns
    -------
    list of int
        2 to 256 numbers below 30,522.

    Notes
    -----
    Greedy longest match from the left: WordPiece of Schuster and Nakajima (2012), as BERT uses it.

    Examples
    --------
    >>> pieces("Paid on time!")
    [101, 3825, 2006, 2051, 999, 102]
    """
    found: list[int] = []
    for word in _words(text):
        found += _cut(word)
        if len(found) >= LONGEST - 2:
            break
    return [BEGIN, *found[: LONGEST - 2], END]


def _words(text: str) -> list[str]:
    # Letter by letter: the case of a Greek sigma must not depend on where it stands.
    plain = unicodedata.normalize("NFD", "".join(_kept(letter).lower() for letter in text))
    spaced = (
        f" {letter} " if _stands_alone(letter) else letter for letter in plain if unicodedata.category(letter) != "Mn"
    )
    return "".join(spaced).split()


def _kept(letter: str) -> str:
    if letter in "\t\n\r" or unicodedata.category(letter) == "Zs":
        return " "
    if letter in "\0\ufffd" or unicodedata.category(letter).startswith("C"):
        return ""
    return f" {letter} " if _is_ideograph(letter) else letter


def _stands_alone(letter: str) -> bool:
    """Punctuation, where every ASCII sign counts as such."""
    code = ord(letter)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(letter).startswith("P")


def _is_ideograph(letter: str) -> bool:
    code = ord(letter)
    return code >= 0x3400 and any(first <= code <= last for first, last in IDEOGRAPHS)


def _cut(word: str) -> list[int]:
    """The pieces of one word, or the unknown one where it cannot be cut."""
    known = vocabulary()
    if len(word) > LONGEST_WORD:
        return [UNKNOWN]
    found = []
    start = 0
    while start < len(word):
        end = next((end for end in range(len(word), start, -1) if _piece(word, start, end) in known), None)
        if end is None:
            return [UNKNOWN]
        found.append(known[_piece(word, start, end)])
        start = end
    return found


def _piece(word: str, start: int, end: int) -> str:
    return f"##{word[start:end]}" if start else word[:end]
