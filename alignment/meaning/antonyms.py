"""Words that turn each other round: antonyms, words for more and for less, and a syllable in front."""

from functools import cache, lru_cache
from typing import Literal

from .words import FUNCTION_WORDS, listed, table

UP = listed(
    "more increase raise grow growth expand extend enlarge strengthen boost rise gain higher larger bigger longer"
    " widen deepen maximise maximize add up much double improve"
)
DOWN = listed(
    "less fewer decrease reduce shrink lower cut drop weaken lessen narrow limit restrict fall minimise minimize"
    " remove down little few halve shorten smaller shorter decline worsen diminish"
)
# Opposites that WordNet does not have.
MORE = (
    ("manual", "automatic"),
    ("manually", "automatically"),
    ("automated", "manual"),
    ("online", "offline"),
    ("onsite", "remote"),
    ("mandatory", "optional"),
    ("compulsory", "voluntary"),
    ("cheap", "expensive"),
    ("flexible", "rigid"),
    ("flexible", "strict"),
    ("local", "central"),
    ("locally", "centrally"),
    ("standard", "custom"),
    ("simple", "complicated"),
    ("fast", "slowly"),
    ("quickly", "slowly"),
    ("free", "paid"),
    ("before", "after"),
    ("inside", "outside"),
    ("on", "off"),
    ("reveal", "hide"),
    ("share", "hide"),
    ("centralise", "decentralise"),
    ("centralize", "decentralize"),
    ("insource", "outsource"),
    ("buy", "build"),
)
TURNS = ("un", "in", "im", "ir", "il", "dis", "non", "mis")
SHORTEST_ROOT = 4  # letters: "in" before "put" turns nothing round


def trigger_of(one: frozenset[str], other: frozenset[str]) -> Literal["antonym", "direction"]:
    """In which way two words are opposite that are.

    Examples
    --------
    >>> trigger_of(frozenset({"raises", "raise"}), frozenset({"cut"}))
    'direction'
    """
    return "direction" if (one & UP and other & DOWN) or (one & DOWN and other & UP) else "antonym"


@lru_cache(maxsize=50_000)
def opposites(forms: frozenset[str]) -> frozenset[str]:
    """All words that turn round a word of these forms.

    Examples
    --------
    >>> "invisible" in opposites(frozenset({"visible"})), "visible" in opposites(frozenset({"invisible"}))
    (True, True)
    >>> "cut" in opposites(frozenset({"raises", "raise"}))
    True
    """
    found: set[str] = set()
    for word in forms:
        found |= table_of_antonyms().get(word, frozenset())
        found |= DOWN if word in UP else UP if word in DOWN else frozenset()
        if len(word) >= SHORTEST_ROOT:
            found |= {f"{turn}{word}" for turn in TURNS}
        found |= {
            word.removeprefix(turn)
            for turn in TURNS
            if word.startswith(turn) and len(word) >= len(turn) + SHORTEST_ROOT
        }
    return frozenset(found)


@cache
def table_of_antonyms() -> dict[str, frozenset[str]]:
    """Word to its opposites, both ways round: WordNet's, and those of work that it lacks."""
    found: dict[str, frozenset[str]] = {}
    for line in table("antonyms.txt"):
        word, *opposites = line.split()
        if word not in FUNCTION_WORDS:
            found[word] = frozenset(opposites)
    for one, other in (*MORE, *(pair[::-1] for pair in MORE)):
        found[one] = found.get(one, frozenset()) | {other}
    return found
