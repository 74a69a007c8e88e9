"""Names that people give, where a file tells people and items apart by them: keys from names, and names apart."""

import re
import unicodedata
from collections import Counter

_LONGEST_KEY = 48


def same(name):
    """What two spellings of one name have in common: no space around it, one form of each accented letter."""
    return unicodedata.normalize("NFC", name.strip())


def same_in_any_case(name):
    """As `same`, and capital letters read like small ones."""
    return same(name).casefold()


class Keys:
    """Makes a key of each name, such as ``late-invoices`` of “Late invoices”; each once."""

    def __init__(self, taken=(), *, otherwise):
        self._taken = set(taken)
        self._made = Counter()
        self._otherwise = otherwise

    def make(self, name):
        """A key that is not taken, with a number behind where another name reads the same."""
        stem = re.sub(r"[\W_]+", "-", same(name).casefold())[:_LONGEST_KEY].strip("-") or self._otherwise
        key = next(key for key in self._numbered(stem) if key not in self._taken)
        self._taken.add(key)
        return key

    def _numbered(self, stem):
        while True:
            self._made[stem] += 1
            yield stem if self._made[stem] == 1 else f"{stem}-{self._made[stem]}"


def told_apart(names, *, longest, reads_as=same):
    """The names without space around them, each that reads like an earlier one with a number: “Ana”, “Ana (2)”.

    Parameters
    ----------
    names : list of str
    longest : int
        Characters a name may have; one that is numbered is cut to fit.
    reads_as : callable
        What is the same for two names that are taken for one.
    """
    taken = {reads_as(name) for name in names}
    seen, numbers, apart = set(), Counter(), []
    for name in map(str.strip, names):
        told, base = name, reads_as(name)
        while reads_as(told) in seen or (told != name and reads_as(told) in taken):
            numbers[base] += 1
            behind = f" ({numbers[base] + 1})"
            told = name[: longest - len(behind)] + behind
        seen.add(reads_as(told))
        apart.append(told)
    return apart
