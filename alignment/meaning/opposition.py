"""Whether two texts contradict each other, and by which words.

A cosine puts a sentence and its opposite nearer together than a sentence and its paraphrase. So words are looked at:
those that one text has and the other has not, paired where they are each other's opposite; and words that both have,
where one of them is negated. An even number of turns leaves the meaning as it is ("not slow", "fast").

What it finds can be shown. What it does not find may still be an opposite: it knows about half of what people would
call one, so nothing here ever says that two texts agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .antonyms import opposites, trigger_of
from .words import AMOUNTS, FUNCTION_WORDS, Word, forms, listed, words

NEGATIONS = listed(
    "no not never none nothing nobody nowhere neither nor without cannot cant dont doesnt didnt isnt arent wasnt wont"
    " wouldnt couldnt shouldnt havent hasnt hardly scarcely"
    " lack lacks lacked lacking missing insufficient insufficiently little"
)
STOP = re.compile(r"[.,;:!?()\n]")
DETERMINERS = listed("a an the this that these those my our your his her its their one")
OUT_OF_PLACE = 0.5

type Trigger = Literal["negation", "antonym", "direction"]
type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """Two places, one in each text, where the texts part. For a negation, the words that one of them negates."""

    trigger: Trigger
    words: tuple[str, str]
    spans: tuple[Span, Span]
    in_place: bool


@dataclass(frozen=True, slots=True)
class Opposition:
    """Why two texts may be opposites.

    `strength` is in [0, 1]: how much of the rest both texts share, by words (Dice's coefficient, with the words that
    part them left out), and half of it where no turn stands beside a shared word and may be said of another thing.
    `turns` are in the order of the first text.
    """

    turns: tuple[Turn, ...]
    strength: float

    @property
    def trigger(self) -> Trigger:
        """What the first turn, one in place before any other, is."""
        return max(self.turns, key=lambda turn: turn.in_place).trigger


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word that means something, with its neighbours of that sort; `negated` when the text says it is not so."""

    word: Word
    forms: frozenset[str]
    opposites: frozenset[str]
    negated: Span | None
    before: frozenset[str]
    after: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text as the rule reads it. Reading takes longer than comparing: a text that meets many is read once.

    `opposites` are all words that would turn one of its words round.
    """

    tokens: tuple[Token, ...]
    opposites: frozenset[str]
    forms: frozenset[str]
    negates: bool


def read(text: str) -> Reading:
    """The words of a text that mean something, each with what negates it and what stands beside it."""
    found = list(_meant(text))
    shapes = [forms(word.text) for word, _negation in found]
    nothing: frozenset[str] = frozenset()
    tokens = tuple(
        Token(word, shape, opposites(shape), negated, before, after)
        for (word, negated), shape, before, after in zip(
            found, shapes, [nothing, *shapes][:-1], [*shapes, nothing][1:], strict=True
        )
    )
    return Reading(
        tokens=tokens,
        opposites=nothing.union(*(token.opposites for token in tokens)),
        forms=nothing.union(*shapes),
        negates=any(token.negated for token in tokens),
    )


def _meant(text: str) -> Iterator[tuple[Word, Span | None]]:
    """Words that mean something, each with the place of what negates it.

    A negation holds for the words behind it up to the next one that only holds the sentence together, or a sign:
    "not enough | customer involvement | in planning".
    """
    told = words(text)
    negation: Span | None = None
    reached = False
    for place, word in enumerate(told):
        if place and STOP.search(text, told[place - 1].end, word.start):
            negation = None
        if _is_negation(told, place):
            # "not without" is a double negation.
            negation, reached = (None if negation and not reached else (word.start, word.end)), False
        elif (
            word.text == "not"
            or word.text in FUNCTION_WORDS
            or (word.text == "on" and not _is_particle(told[place + 1 :]))
        ):
            negation = None if reached else negation
        else:
            yield word, negation
            reached = reached or word.text not in AMOUNTS


def opposition(one: str, other: str) -> Opposition | None:
    """The words that turn one text into the opposite of the other, or None where none were found.

    Parameters
    ----------
    one, other : str
        English texts. That they are about the same subject is for the caller to see, by their cosine.

    Returns
    -------
    Opposition or None
        The same for the two texts in either order, with the turns' sides swapped.

    Examples
    --------
    >>> found = opposition("We need more reminders", "We need fewer reminders")
    >>> found.trigger, found.turns[0].words, found.strength
    ('direction', ('more', 'fewer'), 1.0)
    >>> opposition("It is not slow", "It is fast") is None
    True
    """
    return between(read(one), read(other))


def between(one: Reading, other: Reading) -> Opposition | None:
    """`opposition` of two texts that were read before."""
    if not (one.negates or other.negates) and one.opposites.isdisjoint(other.forms):
        return None
    shared = _shared(one.tokens, other.tokens)
    turns = [*_negated(one, other, shared), *_antonyms(one, other, shared)]
    if len(turns) % 2 == 0:
        return None
    turns.sort(key=lambda turn: turn.spans)
    rest = _rest_in_common(one.tokens, other.tokens, turns)
    return Opposition(tuple(turns), rest * (1 if any(turn.in_place for turn in turns) else OUT_OF_PLACE))


def _is_particle(following: list[Word]) -> bool:
    """Whether an "on" is the opposite of "off", and not the beginning of a place or a time."""
    return not following or (following[0].text in FUNCTION_WORDS and following[0].text not in DETERMINERS)


def _is_negation(told: list[Word], place: int) -> bool:
    """Whether a word denies what follows: not so in "whether or not", "not only"."""
    word = told[place].text
    before = told[place - 1].text if place else ""
    after = told[place + 1].text if place + 1 < len(told) else ""
    if word == "not" and (before == "or" or after in ("only", "just")):
        return False
    return word in NEGATIONS or word.endswith("n't")


def _negated(one: Reading, other: Reading, shared: list[tuple[Token, Token]]) -> Iterator[Turn]:
    """The first word that one text negates and the other says, if the other says all that is negated with it."""
    for here, there in shared:
        if bool(here.negated) != bool(there.negated) and here.word.text not in AMOUNTS:
            whole = _all_said(here, one, other) if here.negated else _all_said(there, other, one)
            if whole:
                spans = (here.negated or _span(here), there.negated or _span(there))
                yield Turn("negation", (here.word.text, there.word.text), spans, True)
                return


def _all_said(token: Token, mine: Reading, theirs: Reading) -> bool:
    """Whether the other text has each word that is negated together with this one."""
    phrase = [each for each in mine.tokens if each.negated == token.negated and each.word.text not in AMOUNTS]
    return all(not each.forms.isdisjoint(theirs.forms) for each in phrase)


def _antonyms(one: Reading, other: Reading, shared: list[tuple[Token, Token]]) -> Iterator[Turn]:
    """Pairs of opposite words, one from each text, that the texts do not share; each word once."""
    if one.opposites.isdisjoint(other.forms):
        return
    paired = {token for pair in shared for token in pair}
    theirs = [token for token in other.tokens if token not in paired]
    for here in one.tokens:
        if here in paired or here.opposites.isdisjoint(other.forms):
            continue
        there = next((token for token in theirs if not here.opposites.isdisjoint(token.forms)), None)
        if there is None:
            continue
        theirs.remove(there)
        if bool(here.negated) == bool(there.negated):
            trigger = trigger_of(here.forms, there.forms)
            spans = (_span(here), _span(there))
            yield Turn(trigger, (here.word.text, there.word.text), spans, _beside_the_same(here, there))


def _shared(left: Sequence[Token], right: Sequence[Token]) -> list[tuple[Token, Token]]:
    """Words that both texts have, in the order of the first, each once."""
    rest, found = list(right), []
    for here in left:
        for there in rest:
            if not here.forms.isdisjoint(there.forms):
                rest.remove(there)
                found.append((here, there))
                break
    return found


def _rest_in_common(left: Sequence[Token], right: Sequence[Token], turns: list[Turn]) -> float:
    """Dice's coefficient of the words besides amounts and opposite words; 1 where there are no others."""
    paired = [{turn.spans[side] for turn in turns if turn.trigger != "negation"} for side in (0, 1)]
    mine, theirs = (
        [token for token in text if token.word.text not in AMOUNTS and _span(token) not in spans]
        for text, spans in zip((left, right), paired, strict=True)
    )
    return 2 * len(_shared(mine, theirs)) / (len(mine) + len(theirs)) if mine or theirs else 1.0


def _beside_the_same(here: Token, there: Token) -> bool:
    return bool(here.before & there.before) or bool(here.after & there.after)


def _span(token: Token) -> Span:
    return token.word.start, token.word.end
