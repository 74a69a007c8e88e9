"""How much two labels say in the same letters, whatever is meant by them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from .arrays import Floats, Ids

APOSTROPHES = re.compile(r"['’ʼ`´]")
NO_WORD = re.compile(r"[\W_]+")
AT_ONCE = 500  # rows of a comparison, so that its memory stays small


def normal(text: str) -> str:
    """The words of a text, without case, accents, punctuation and width of characters.

    Examples
    --------
    >>> normal("  Get  PAID—on time! ")
    'get paid on time'
    >>> normal("?!")
    '?!'
    """
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NO_WORD.sub(" ", letters).strip() or text.strip().casefold()


def in_order(plain: str) -> str:
    """A normalised text with its words in the order of the alphabet, so that their order does not count."""
    return " ".join(sorted(plain.split()))


def label_score(one: str, other: str) -> float:
    """Per cent of letters that two labels share, in the order they stand in or with their words sorted.

    Parameters
    ----------
    one, other : str

    Returns
    -------
    float
        In [0, 100]; 100 when the labels are equal after normalisation, or but for the order of their words.

    Notes
    -----
    The normalised Indel similarity (rapidfuzz's ratio): twice the longest common subsequence over both lengths.

    Examples
    --------
    >>> label_score("Paid on time", "On time, paid!")
    100.0
    """
    return plain_score(normal(one), normal(other))


def plain_score(here: str, there: str) -> float:
    """`label_score` of two labels that are normalised already."""
    return max(fuzz.ratio(here, there), fuzz.ratio(in_order(here), in_order(there)))


def alike(labels: Sequence[str], *, least: float) -> Iterator[tuple[Ids, Ids, Floats]]:
    """Pairs of labels from `least` per cent on, block by block: places of the first, of the second, and scores."""
    plain = [normal(label) for label in labels]
    ordered = [in_order(text) for text in plain]
    for begin in range(0, len(plain), AT_ONCE):
        rows = slice(begin, begin + AT_ONCE)
        block = process.cdist(plain[rows], plain[begin:], scorer=fuzz.ratio, score_cutoff=least)
        turned = process.cdist(ordered[rows], ordered[begin:], scorer=fuzz.ratio, score_cutoff=least)
        np.maximum(block, turned, out=block)
        here, there = np.nonzero(np.triu(block, k=1))
        yield here + begin, there + begin, block[here, there].astype(np.float64)
