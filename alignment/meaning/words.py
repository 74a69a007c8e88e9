"""The words of a text: where they stand, what they are forms of, and which of them carry no meaning of their own."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
APOSTROPHES = str.maketrans("’ʼ`´", "''''")
CONTRACTED = "n't"


def listed(words: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(words.split())


# Words that hold a sentence together. Words that can turn it round, such as "off" or "after", are not among them.
FUNCTION_WORDS = listed(
    "a an the this that these those it its i me my we us our you your he him his she her they them their one ones"
    " who whom whose which what where when how why"
    " be is am are was were been being do does did done doing have has had having will would shall should can could"
    " may might must ought let's there here"
    " and or but so if then than as of at by for from into to in with about over per via"
    " very really just also too only even still already quite rather please"
    " want wants wanted need needs needed"
)
# They say how much of a thing is meant; a negation reaches through them.
AMOUNTS = listed("enough any every all always some much many more most less few fewer ever each both other single yet")
ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ier", "y"),
    ("iest", "y"),
    ("ily", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("est", ""),
    ("est", "e"),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("er", ""),
    ("er", "e"),
    ("ly", ""),
    ("bly", "ble"),
    ("ally", ""),
    ("s", ""),
)
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, at text[start:end]."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in lower case, with their places.

    Examples
    --------
    >>> words("Can't pay")
    [Word(text="can't", start=0, end=5), Word(text='pay', start=6, end=9)]
    """
    return [Word(_folded(match[0]), match.start(), match.end()) for match in WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def forms(word: str) -> frozenset[str]:
    """The word and all that it may be a form of: a word is known by sharing one of these with another.

    Examples
    --------
    >>> sorted(forms("faster"))
    ['fast', 'faste', 'faster']
    >>> bool(forms("paid") & forms("pays")), bool(forms("stopping") & forms("stops"))
    (True, True)
    """
    found = {word}
    if word in irregular_forms():
        found.add(irregular_forms()[word])
    for ending, instead in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM - (instead == "y"):
            found.add(stem + instead)
            if not instead and stem[-1] == stem[-2]:  # stopping: stop
                found.add(stem[:-1])
    return frozenset(found)


@cache
def irregular_forms() -> dict[str, str]:
    """Inflected form to word, from WordNet, where no rule about endings gives it."""
    return dict(line.split() for line in table("irregular.txt"))


def table(name: str) -> list[str]:
    """The lines of a table beside this module, without its notice."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).lower().translate(APOSTROPHES)
