"""One round of answers in, everything the engine has to say about it out."""

from collections.abc import Callable, Sequence

import numpy as np

from .agenda import agenda
from .answers import Answers
from .blind_spot import blind_spot_findings
from .consensus import consensus_findings
from .index import Side, between_index, side_of, within_index
from .results import AgendaEntry, Alignment, Finding, Index, Result, RolePair
from .role_gap import role_gap_findings, role_shifts
from .scattered import scattered_findings
from .split import split_findings
from .tally import Tally
from .thresholds import Thresholds
from .views import item_views

DEFAULTS = Thresholds()
STEPS = ("alignment", "splits", "role gaps", "blind spots", "consensus", "agenda")

type OnStep = Callable[[int, int, str], None]


def analyse(answers: Answers, *, thresholds: Thresholds = DEFAULTS, on_step: OnStep | None = None) -> Result:
    """Find where people diverge on importance, how sure that is, and what to talk about first.

    Parameters
    ----------
    answers : Answers
        One round. The order of people and items changes nothing but the order of `Result.items`.
    thresholds : Thresholds, optional
        Limits of all rules.
    on_step : callable, optional
        Called as on_step(step, steps, name) when each step begins, with step from 1 to steps.

    Returns
    -------
    Result
        Findings are sorted: divergences by the place of their item on the agenda, within an item likely before
        possible, then by severity; then findings about no single item; then agreements by what their item is worth.
        Ties go by item key.
    """
    tally = Tally(answers.in_key_order(), thresholds)

    def begin(name: str) -> None:
        if on_step is not None:
            on_step(STEPS.index(name) + 1, len(STEPS), name)

    begin("alignment")
    alignment = alignment_of(tally)
    begin("splits")
    findings = split_findings(tally) + scattered_findings(tally)
    begin("role gaps")
    findings += role_gap_findings(tally)
    shifts = role_shifts(tally)
    begin("blind spots")
    findings += blind_spot_findings(tally)
    begin("consensus")
    apart = frozenset(f.item for f in findings if f.kind in ("role_gap", "blind_spot") and f.item is not None)
    findings += consensus_findings(tally, contradicted=apart)
    begin("agenda")
    ordered = agenda(tally, findings)
    views = {view.item: view for view in item_views(tally)}
    return Result(
        people=tally.people,
        alignment=alignment,
        items=tuple(views[item] for item in answers.items),
        findings=in_order(findings, ordered),
        agenda=ordered,
        role_shifts=shifts,
    )


def alignment_of(tally: Tally) -> Alignment:
    """The index of everybody on everything, on each kind, and of each pair of roles."""
    answers, limits = tally.answers, tally.thresholds
    everybody = side_of(answers.importance, levels=tally.levels)
    kinds = np.array(answers.kinds, dtype=object)
    return Alignment(
        all=within_index(everybody, counted=tally.enough, thresholds=limits),
        by_kind={
            kind: within_index(everybody, counted=tally.enough & (kinds == kind), thresholds=limits)
            for kind in sorted(set(answers.kinds))
        },
        by_role_pair=_role_pairs(tally),
    )


def _role_pairs(tally: Tally) -> tuple[RolePair, ...]:
    """Every pair of roles, a role with itself included, that shares an item."""
    sides = {role: side_of(tally.answers.importance[who], levels=tally.levels) for role, who in tally.roles.items()}
    pairs = [(first, second) for first in sides for second in sides if first <= second]
    indexes = [RolePair(pair, _pair_index(*(sides[role] for role in pair), tally=tally)) for pair in pairs]
    return tuple(pair for pair in indexes if pair.index.items)


def _pair_index(first: Side, second: Side, *, tally: Tally) -> Index:
    if first is second:
        return within_index(first, counted=tally.enough, thresholds=tally.thresholds)
    return between_index(first, second, counted=tally.enough, thresholds=tally.thresholds)


def in_order(findings: Sequence[Finding], ordered: Sequence[AgendaEntry]) -> tuple[Finding, ...]:
    """Findings as `analyse` promises them."""
    place = {entry.item: index for index, entry in enumerate(ordered)}

    def key(finding: Finding) -> tuple[object, ...]:
        where = len(place) if finding.item is None else place.get(finding.item, len(place) + 1)
        return (
            finding.kind == "consensus",
            where,
            finding.tier != "likely",
            -finding.severity,
            finding.item or "",
            finding.kind,
            finding.variant,
            finding.groups,
            finding.people,
        )

    return tuple(sorted(findings, key=key))
