"""Labels that say nearly the same words. Words only: whether the same is meant, people say."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

# From here on two labels are suggested. Of 722 coded causes of NaPiRE 125 pairs reach it, 120 of which share a code.
# Below, at 82 and 86, stand "faster onboarding, slower onboarding" and "increase sales, decrease sales".
NEARLY = 88.0
MOST_PAIRS = 200
AT_ONCE = 1000  # rows of a comparison, so that its memory stays small

APOSTROPHES = re.compile(r"['’ʼ`´]")
NO_WORD = re.compile(r"[\W_]+")
# One word that turns a sentence round weighs more than all letters that agree.
NEGATIONS = frozenset(
    re.findall(
        r"\w+",
        "no not never none nothing nobody without cannot cant dont doesnt didnt isnt arent wasnt wont wouldnt couldnt"
        " shouldnt havent hasnt lack lacks lacking missing less fewer"
        " nicht nichts kein keine keinen keiner nie ohne weniger"
        " pas jamais aucun aucune sans moins sin nunca ningun ninguna menos nao sem nenhum nenhuma senza mai meno",
    )
)
TURNS = ("un", "in", "im", "ir", "il", "dis", "non", "mis")


@dataclass(frozen=True)
class Pair:
    """Two labels, as places in the list, and how much they agree in per cent; 100 also where only the order differs."""

    one: int
    other: int
    score: float


def normal(text):
    """The words of a text, without case, accents, punctuation and width of characters.

    >>> normal("  Get  PAID—on time! ")
    'get paid on time'
    >>> normal("Can’t pay") == normal("cant pay")
    True
    """
    plain = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NO_WORD.sub(" ", letters).strip() or text.strip().casefold()


def pairs(labels, groups=None, is_new=None, *, nearly=NEARLY, most=MOST_PAIRS):
    """Pairs of labels that say nearly the same words, the closest first; equal ones in the order of the list.

    Parameters
    ----------
    labels : sequence of str
    groups : sequence of int, optional
        For each label what holds it; pairs within one are not looked for.
    is_new : callable, optional
        Given the places of two labels, whether the pair is worth telling; asked from the closest on.
    nearly : float
        Per cent from which on two labels belong together.
    most : int
        How many pairs are looked for.

    Returns
    -------
    list of Pair
    """
    plain = [normal(label) for label in labels]
    sorted_ = [" ".join(sorted(text.split())) for text in plain]
    turns = _numbered([_turns(text) for text in plain])
    held_by = np.arange(len(plain)) if groups is None else np.asarray(groups)
    found = []
    for score, one, other in _scored(plain, sorted_, turns, held_by, nearly):
        if not _opposed(plain[one], plain[other]) and (is_new is None or is_new(one, other)):
            found.append(Pair(one, other, score))
            if len(found) == most:
                break
    return found


def nearness(texts):
    """How near each text is to the others together; the highest is the one that stands for them best."""
    plain = [normal(text) for text in texts]
    return process.cdist(plain, plain, scorer=fuzz.token_sort_ratio).sum(axis=1).tolist()


def _turns(text):
    """What makes two labels that share nearly all letters say different things: negations, and figures."""
    words = text.split()
    return sum(word in NEGATIONS for word in words) % 2, *sorted(word for word in words if any(map(str.isdigit, word)))


def _numbered(values):
    numbers = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values])


def _opposed(one, other):
    """Whether a syllable turns a word of one into its opposite in the other: visible, invisible."""
    here, there = set(one.split()), set(other.split())
    only = (here - there) | (there - here)
    return any(f"{turn}{word}" in only for word in only for turn in TURNS)


def _scored(plain, sorted_, turns, held_by, nearly):
    """(score, one, other) of the pairs from `nearly` on that turn alike and are held apart, the closest first."""
    scores, ones, others = [], [], []
    for begin in range(0, len(plain), AT_ONCE):
        rows = slice(begin, begin + AT_ONCE)
        block = process.cdist(plain[rows], plain[begin:], scorer=fuzz.ratio, score_cutoff=nearly)
        turned = process.cdist(sorted_[rows], sorted_[begin:], scorer=fuzz.ratio, score_cutoff=nearly)
        np.maximum(block, turned, out=block)
        block[turns[rows, None] != turns[begin:]] = 0
        block[held_by[rows, None] == held_by[begin:]] = 0
        here, there = np.nonzero(np.triu(block, k=1))
        scores.append(block[here, there])
        ones.append(here + begin)
        others.append(there + begin)
    if not scores:
        return
    scores, ones, others = (np.concatenate(each) for each in (scores, ones, others))
    for n in np.lexsort((others, ones, -scores)):
        yield float(scores[n]), int(ones[n]), int(others[n])
