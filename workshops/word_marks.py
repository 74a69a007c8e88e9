"""Two texts side by side: which words of one the other has not."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
TELLING = 4  # letters; a shorter word tells little by itself, and is marked only between two that do


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `differs`: the other side does not say it."""

    text: str
    differs: bool = False


def marked(left, right):
    """The texts of two sides in pieces: for each text of each side a list of Piece.

    Parameters
    ----------
    left, right : sequence of str

    Returns
    -------
    (list of list of Piece, list of list of Piece)
        Joined, the pieces of a text are the text. Words are compared folded: case, width and form do not count.

    Examples
    --------
    >>> one, other = marked(["Paid by Friday."], ["Paid by the client"])
    >>> [piece.text for piece in one[0] if piece.differs], [piece.text for piece in other[0] if piece.differs]
    (['Friday'], ['client'])
    """
    found = [[list(WORD.finditer(text)) for text in side] for side in (left, right)]
    words = [[_folded(match[0]) for matches in side for match in matches] for side in found]
    blocks = SequenceMatcher(None, *words, autojunk=False).get_matching_blocks()
    common = set(words[0]) & set(words[1])
    sides = []
    for n, texts in enumerate((left, right)):
        alike = {block[n] + step for block in blocks for step in range(block.size)}
        differs = iter([place not in alike and word not in common for place, word in enumerate(words[n])])
        sides.append(
            [
                _pieces(text, matches, [next(differs) for _match in matches])
                for text, matches in zip(texts, found[n], strict=True)
            ]
        )
    return tuple(sides)


def _folded(word):
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def _pieces(text, matches, differs):
    pieces, end = [], 0
    for first, last in _runs(matches, differs):
        begin, stop = matches[first].start(), matches[last].end()
        pieces += [Piece(text[end:begin]), Piece(text[begin:stop], differs=True)]
        end = stop
    return [piece for piece in [*pieces, Piece(text[end:])] if piece.text]


def _runs(matches, differs):
    """First and last word of each stretch that differs, without short words at its ends."""
    tells = [differ and len(match[0]) >= TELLING for match, differ in zip(matches, differs, strict=True)]
    runs = []
    for place in range(len(matches)):
        if tells[place]:
            if runs and place - runs[-1][1] <= 2 and differs[place - 1]:
                runs[-1][1] = place
            else:
                runs.append([place, place])
    return runs
