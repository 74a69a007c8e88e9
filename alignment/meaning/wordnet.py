"""Reads antonyms and irregular forms out of WordNet's own files, to make the two tables that lie beside this module.

`python -m alignment.meaning.wordnet FOLDER` writes them; FOLDER is where Debian's wordnet-base 3.0 puts its files. It
is run when the tables change, and never by the product.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

PARTS = ("noun", "verb", "adj", "adv")
# A sense that its word has third or later is seldom what people mean by it.
USUAL_SENSES = 2
NOTICE = "# From WordNet 3.0, copyright 2006 by Princeton University; all rights reserved. Licence: LICENSE-WordNet.\n"

type Pairs = set[tuple[str, str]]


def antonyms(data: Iterable[str], senses: Mapping[str, list[str]]) -> Pairs:
    """Pairs of single words that one file of WordNet calls opposite, both ways round.

    Parameters
    ----------
    data : iterable of str
        Lines of data.noun, data.verb, data.adj or data.adv.
    senses : mapping of str to list of str
        Word to the offsets of its senses, the most usual first, as in the index of the same part of speech.

    Returns
    -------
    set of (str, str)
        The words themselves, and those that share a sense with them which is among their most usual ones. For an
        adjective also those that first of all mean something similar: "quick" is opposed to "slow" by way of "fast".
    """
    words: dict[str, list[str]] = {}
    opposed: list[tuple[str, int, str, int]] = []
    similar: defaultdict[str, list[str]] = defaultdict(list)
    for line in data:
        if line.startswith("  "):  # the licence
            continue
        offset, names, links = _synset(line)
        words[offset] = names
        opposed += [(offset, mine, other, theirs) for sign, other, mine, theirs in links if sign == "!"]
        similar[offset] += [other for sign, other, _mine, _theirs in links if sign == "&"]

    def mates(offset: str, *, usual: int = USUAL_SENSES) -> list[str]:
        """Words of a sense that is among their first."""
        return [name for name in words[offset] if offset in senses.get(name, [])[:usual]]

    found: Pairs = set()
    for one, mine, other, theirs in opposed:
        left = [words[one][mine - 1], *mates(one)]
        right = [words[other][theirs - 1], *mates(other)]
        found |= {(here, there) for here in left for there in right}
        kin = [word for offset in similar[one] for word in mates(offset, usual=1)]
        found |= {(here, there) for here in kin for there in right}
    found = {(here, there) for here, there in found if here.isalpha() and there.isalpha() and here != there}
    return found | {(there, here) for here, there in found}


def senses_of(index: Iterable[str]) -> dict[str, list[str]]:
    """Each word's senses as offsets, the most usual first, from the lines of an index file."""
    found = {}
    for line in index:
        if not line.startswith("  "):
            fields = line.split()
            found[fields[0]] = fields[-int(fields[2]) :]
    return found


def irregular(lines: Iterable[str]) -> dict[str, str]:
    """Inflected form to word, from the lines of an exception file."""
    found = {}
    for line in lines:
        form, word, *_ = line.split()
        if form.isalpha() and word.isalpha() and form != word:
            found[form] = word
    return found


def _synset(line: str) -> tuple[str, list[str], list[tuple[str, str, int, int]]]:
    """Offset, words, and links inside the file as (sign, offset, number of my word, number of theirs), from 1."""
    fields = line.partition("|")[0].split()
    count = int(fields[3], 16)
    names = [name.partition("(")[0].lower() for name in fields[4 : 4 + 2 * count : 2]]
    start = 5 + 2 * count
    links = []
    for place in range(int(fields[4 + 2 * count])):
        symbol, offset, _part, ends = fields[start + 4 * place : start + 4 * place + 4]
        if symbol in "!&":
            links.append((symbol, offset, int(ends[:2], 16), int(ends[2:], 16)))
    return fields[0], names, links


def main(folder: Path, here: Path) -> None:
    """Write `antonyms.txt` and `irregular.txt` into `here`."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for part in PARTS:
        senses = senses_of((folder / f"index.{part}").read_text().splitlines())
        for one, other in antonyms((folder / f"data.{part}").read_text().splitlines(), senses):
            table[one].add(other)
    forms: dict[str, str] = {}
    for part in PARTS:
        forms |= irregular((folder / f"{part}.exc").read_text().splitlines())
    antonym_lines = [f"{word} {' '.join(sorted(table[word]))}\n" for word in sorted(table)]
    (here / "antonyms.txt").write_text(NOTICE + "".join(antonym_lines))
    (here / "irregular.txt").write_text(NOTICE + "".join(f"{form} {forms[form]}\n" for form in sorted(forms)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
