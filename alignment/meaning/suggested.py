"""What is suggested in consolidation: plain values, by the keys of statements."""

from dataclasses import dataclass
from typing import Literal

from .opposition import Opposition

type Band = Literal["same", "possible", "related", "opposite"]
type Reason = Literal["equal_labels", "labels", "meaning", "opposite"]
type Mode = Literal["vectors", "labels"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that are worth a look, by their keys.

    `cosine` is None where no vectors were given, `label` is the per cent of letters that their labels share. Where
    the band is "opposite", `opposition` says which words of `Statement.text` make it so.
    """

    one: str
    other: str
    band: Band
    reason: Reason
    cosine: float | None
    label: float
    opposition: Opposition | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that may mean the same, as keys in the order they were given in.

    `score` is the lowest average at which any of them were put together: a cosine, or where no vectors were given the
    share of equal letters. `central` is the member nearest to all others, the first where several are.
    """

    keys: tuple[str, ...]
    band: Band
    reason: Reason
    score: float
    central: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to show in consolidation. Groups and pairs: those of the highest score first, then in the order given.

    `groups` may become one item each. `pairs` are possibly the same as well, and in no group together. `related` are
    worth comparing. Of both there are the nearest three for each statement. `opposite` say contrary things about the
    same subject and are never suggested as one item. `mode` says what they rest on.
    """

    mode: Mode
    rules: str
    groups: tuple[Group, ...]
    pairs: tuple[Pair, ...]
    related: tuple[Pair, ...]
    opposite: tuple[Pair, ...]
