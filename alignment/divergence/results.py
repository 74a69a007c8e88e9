"""What the engine hands back: plain values only, ready to be stored, compared and told in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .camps import Camps
    from .change import Change
    from .illusion import Illusion
    from .rank import RankOverlap

type Number = int | float | None
type Tier = Literal["likely", "possible"]
type FindingKind = Literal[
    "blind_spot",
    "split",
    "scattered",
    "role_gap",
    "lone_voice",
    "outlier_view",
    "rank",
    "structure",
    "contested",
    "untested",
    "evidence_clash",
    "consensus",
    "superficial",
    "violent_agreement",
    "opposite",
    "definition",
    "drift",
]
type Dimension = Literal["importance", "evidence", "same_meaning", "satisfaction"]
type Why = Literal["meaning", "cut", "disagreement"]


@dataclass(frozen=True, slots=True)
class Index:
    """Alignment with its interval: 1 = identical answers, 0 = like random answers, below 0 = camps."""

    value: float | None
    low: float | None
    high: float | None
    people: int
    items: int


@dataclass(frozen=True, slots=True)
class RolePair:
    """Alignment between the people of two roles, or inside one role when both keys are the same."""

    roles: tuple[str, str]
    index: Index


@dataclass(frozen=True, slots=True)
class Alignment:
    """Alignment of importance: overall, by kind of item, and by pair of roles that share an item.

    `by_dimension` is the same of other questions that were asked: satisfaction and evidence.
    """

    all: Index
    by_kind: Mapping[str, Index]
    by_role_pair: tuple[RolePair, ...]
    by_dimension: Mapping[str, Index] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoleView:
    """How one role answered about one item. `counts` holds the people at each level, lowest first."""

    role: str
    raters: int
    unknown: int
    not_real: int
    mean: float | None
    lowest: int | None
    highest: int | None
    distance: float | None
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """How everybody answered about one item.

    `distance` is the mean distance of two people as a share of the scale, `agreement` 1 minus its ratio to random
    answers, `coverage` raters among the people asked. `enough` says whether rules that need raters ran on it.
    """

    item: str
    kind: str
    asked: int
    raters: int
    unknown: int
    not_real: int
    held: int
    stars: int
    enough: bool
    mean: float | None
    distance: float | None
    agreement: float | None
    coverage: float | None
    counts: tuple[int, ...]
    by_role: tuple[RoleView, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One divergence, or one agreement.

    `groups` are role keys, or lens keys where `grouping` is "lens". Two keys mean that the two groups are all there
    is, so that each is the other's rest; numbers are then told from the first. `item` is None for whole-session
    findings. `people` are keys of people where a finding is about them, `dimension` is the question whose answers it
    rests on. `numbers` is enough for a sentence that a person can check by counting. A finding about a link leads
    from `item` to `to_item`, and its `variant` is the kind of the link.
    """

    kind: FindingKind
    item: str | None
    tier: Tier
    severity: float
    variant: str = ""
    grouping: Literal["role", "lens"] = "role"
    groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    dimension: Dimension = "importance"
    numbers: Mapping[str, Number] = field(default_factory=dict)
    to_item: str | None = None


@dataclass(frozen=True, slots=True)
class RoleShift:
    """How far a group rates everything above (or below) the rest, in points: a note, and no divergence on any item."""

    group: str
    grouping: Literal["role", "lens"]
    shift: float
    items: int


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One item worth talking about. `kinds` are the findings on it, the one to lead with first.

    `why` is "meaning" (an important item whose meaning or place in the world is in doubt, so numbers come later),
    "cut" (whether it is among the top items depends on who is right) or "disagreement" (importance x disagreement).
    """

    item: str
    value: float
    why: Why
    kinds: tuple[FindingKind, ...]
    mean: float | None
    cut: float | None
    spread: float | None
    distance: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one analysis says about one round, and about what changed when people were asked again."""

    people: int
    alignment: Alignment
    items: tuple[ItemView, ...]
    findings: tuple[Finding, ...]
    agenda: tuple[AgendaEntry, ...]
    role_shifts: tuple[RoleShift, ...]
    illusion: "Illusion"
    top_picks: "RankOverlap"
    item_illusions: "Mapping[str, Illusion]" = field(default_factory=dict)
    camps: "Camps | None" = None
    change: "Change | None" = None


def plain(value: float) -> float | None:
    """A Python float, or None where there is no number.

    Examples
    --------
    >>> plain(float("nan")) is None
    True
    """
    number = float(value)
    return None if number != number else number
