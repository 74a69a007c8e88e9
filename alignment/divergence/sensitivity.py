"""Sensitivity: which findings hang on where a limit happens to stand.

The same analysis runs twice more, with every limit a notch looser (more is found) and a notch tighter. What stays in
both was no matter of taste. Only limits that say *how sure*, *how many* as a share, or *how far* move, all together.

Left where they are: what words mean (who is high or low, which evidence counts, how few raters are too few), the
assumptions of the models (priors, slab), and counts of people, since one person more or less is no notch in a team of
six, and a single person is never a camp. So a finding that rests on counts of people alone always stays.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from .answers import Answers
from .results import Finding, Result, Tier
from .thresholds import Thresholds

type Direction = Literal["looser", "tighter"]
type Fate = Literal["stays", "changes_tier", "goes"]
type Identity = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Notch:
    """One limit: which way it moves when rules get looser (+1 up, -1 down), by how much, and as far as where."""

    limit: str
    looser: Literal[-1, 1]
    step: float
    lowest: float = 0.0
    highest: float = 1.0


# A twentieth is the grain in which people argue about shares and probabilities: ".8 or .75?". It is a fifth of a point
# for gaps between means on a scale of five. Limits on single answers need half a point, as nothing lies in between;
# agreement moves by a tenth, about half the standard error it has among eight people; a limit on chance moves by half
# of itself, to stay above 0.
NOTCHES = (
    # How sure
    Notch("likely", -1, 0.05),
    Notch("possible", -1, 0.05),
    Notch("untested_posterior", -1, 0.05),
    Notch("consensus_posterior", -1, 0.05),
    Notch("valley_p", +1, 0.05),
    Notch("link_chance_p", +1, 0.025),
    Notch("confidence", -1, 0.05, highest=0.99),
    Notch("drift_sure", -1, 0.01, highest=0.99),
    # How many, as a share
    Notch("camp_share_possible", -1, 0.05),
    Notch("camp_share_likely", -1, 0.05),
    Notch("blind_others", -1, 0.05),
    Notch("blind_group", +1, 0.05),
    Notch("lone_others", -1, 0.05),
    Notch("untested_important", -1, 0.05),
    Notch("untested_evident", +1, 0.05),
    Notch("contested_share", -1, 0.05),
    Notch("different_share", -1, 0.05),
    Notch("different_most", -1, 0.05),
    Notch("consensus_share", -1, 0.05),
    Notch("coverage", -1, 0.05),
    Notch("role_coverage", -1, 0.05),
    Notch("rank_low", -1, 0.05),
    Notch("rank_high", +1, 0.05),
    Notch("link_low", -1, 0.05),
    Notch("link_high", +1, 0.05),
    # How far
    Notch("gap", -1, 0.05),
    Notch("rank_gap", -1, 0.05),
    Notch("camps_apart", -1, 0.05),
    Notch("drift_mean", -1, 0.05),
    Notch("lone_apart", -1, 0.125),
    Notch("lone_near", +1, 0.125),
    Notch("split_agreement", +1, 0.1, lowest=-1.0),
    Notch("scattered_agreement", +1, 0.1, lowest=-1.0),
    Notch("consensus_agreement", -1, 0.1, lowest=-1.0),
    Notch("drift_agreement", -1, 0.1),
)


class Analyse(Protocol):
    """An analysis of one round, such as `analyse` with everything else bound by `functools.partial`."""

    def __call__(self, answers: Answers, *, thresholds: Thresholds) -> Result: ...


@dataclass(frozen=True, slots=True)
class Steadiness:
    """What becomes of one finding when all limits are a notch looser, and when they are a notch tighter."""

    finding: Finding
    looser: Fate
    tighter: Fate

    @property
    def steady(self) -> bool:
        return self.looser == self.tighter == "stays"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Each finding with its fate, in the order of the analysis, and those that come only when limits are looser."""

    findings: tuple[Steadiness, ...]
    newly: tuple[Finding, ...]


def sensitivity(
    answers: Answers, thresholds: Thresholds, analyse: Analyse, *, result: Result | None = None
) -> Sensitivity:
    """Run an analysis with looser and with tighter limits, and compare.

    Parameters
    ----------
    answers : Answers
    thresholds : Thresholds
        The limits in use.
    analyse : callable
        Called as analyse(answers, thresholds=...); it must draw the same random numbers each time, if any.
    result : Result, optional
        What `analyse` says with the limits in use, when it is known already: two runs then, else three.

    Returns
    -------
    Sensitivity
        A looser rule can also end a finding: what becomes a split is scattered no more, and what becomes a role gap is
        no consensus.
    """
    usual = analyse(answers, thresholds=thresholds) if result is None else result
    looser = analyse(answers, thresholds=notched(thresholds, "looser"))
    tighter = analyse(answers, thresholds=notched(thresholds, "tighter"))
    tiers, tiers_looser, tiers_tighter = (_tiers(each) for each in (usual, looser, tighter))
    return Sensitivity(
        findings=tuple(
            Steadiness(finding, looser=_fate(finding, tiers_looser), tighter=_fate(finding, tiers_tighter))
            for finding in usual.findings
        ),
        newly=tuple(finding for finding in looser.findings if identity(finding) not in tiers),
    )


def notched(thresholds: Thresholds, direction: Direction) -> Thresholds:
    """The same limits, each moved a notch.

    Examples
    --------
    >>> looser = notched(Thresholds(), "looser")
    >>> looser.likely, looser.blind_group, looser.lone_apart, looser.min_raters
    (0.75, 0.25, 0.625, 3)
    """
    sign = 1 if direction == "looser" else -1
    moved = {}
    for notch in NOTCHES:
        value = getattr(thresholds, notch.limit) + sign * notch.looser * notch.step
        # Rounding keeps .1 + .05 at .15, which a share of people may be exactly.
        moved[notch.limit] = round(min(max(value, notch.lowest), notch.highest), 12)
    return replace(thresholds, **moved)


def identity(finding: Finding) -> Identity:
    """What makes two findings of different analyses the same one: all but tier, severity and numbers."""
    where = (finding.item, finding.to_item)
    return (finding.kind, finding.variant, *where, finding.grouping, finding.groups, finding.people, finding.dimension)


def _tiers(result: Result) -> dict[Identity, set[Tier]]:
    tiers: dict[Identity, set[Tier]] = defaultdict(set)
    for finding in result.findings:
        tiers[identity(finding)].add(finding.tier)
    return dict(tiers)


def _fate(finding: Finding, tiers: dict[Identity, set[Tier]]) -> Fate:
    found = tiers.get(identity(finding), set())
    if not found:
        return "goes"
    return "stays" if finding.tier in found else "changes_tier"
