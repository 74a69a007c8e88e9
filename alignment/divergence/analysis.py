"""One round of answers in, everything the engine has to say about it out."""

from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.random import Generator

from .agenda import agenda
from .answers import Answers
from .blind_spot import blind_spot_findings
from .camps import camps
from .change import drift_findings, round_change
from .consensus import consensus_findings
from .contested import contested_findings
from .evidence_clash import evidence_clash_findings
from .illusion import illusion, item_illusions
from .index import Side, alignment_index, between_index, side_of, within_index
from .lone_voice import lone_voice_findings
from .opportunity import opportunity_findings
from .outlier_view import outlier_view_findings
from .rank import rank_findings, rank_overlap
from .results import AgendaEntry, Alignment, Finding, Index, Result, RolePair
from .role_gap import role_gap_findings, role_shifts
from .same_meaning import definition_findings, superficial_findings
from .scattered import scattered_findings
from .split import split_findings
from .structure import structure_findings
from .tally import Tally
from .thresholds import Thresholds
from .untested import untested_findings
from .views import item_views

DEFAULTS = Thresholds()

type Rule = Callable[[Tally], list[Finding]]
type OnStep = Callable[[int, int, str], None]

DIVERGENCES: dict[str, tuple[Rule, ...]] = {
    "splits": (split_findings, scattered_findings),
    "role gaps": (role_gap_findings, opportunity_findings),
    "blind spots": (blind_spot_findings,),
    "lone voices": (lone_voice_findings,),
    "evidence": (untested_findings, evidence_clash_findings),
    "ranks": (rank_findings,),
    "links": (structure_findings,),
    "meanings": (contested_findings, superficial_findings, definition_findings),
}
APART = ("role_gap", "blind_spot")  # of importance: these contradict a consensus on it
STEPS = ("alignment", *DIVERGENCES, "people", "rounds", "consensus", "agenda")


def analyse(
    answers: Answers,
    *,
    thresholds: Thresholds = DEFAULTS,
    again: Answers | None = None,
    rng: Generator | None = None,
    opposed: Collection[str] = frozenset(),
    on_step: OnStep | None = None,
) -> Result:
    """Find where people diverge, how sure that is, and what to talk about first.

    Parameters
    ----------
    answers : Answers
        One round. The order of people and items changes nothing but the order of `Result.items`.
    thresholds : Thresholds, optional
        Limits of all rules.
    again : Answers, optional
        What people answered when they were asked once more, about some of the items: adds `Result.change` and drift.
    rng : Generator, optional
        Shuffles answers to ask what chance would do. Without it nobody looks for outlier views and camps.
    opposed : collection of str, optional
        Keys of the items on which people's own texts were found to contradict each other.
    on_step : callable, optional
        Called as on_step(step, steps, name) when each step begins, with step from 1 to steps.

    Returns
    -------
    Result
        Findings are sorted: divergences by the place of their item on the agenda, within an item likely before
        possible, then by severity; then findings about no single item; then agreements by what their item is worth.
        Ties go by item key.

    Raises
    ------
    ValueError
        If `opposed` names an item that is not among those of the answers, or `again` has another scale.
    """
    if unknown := sorted(set(opposed) - set(answers.items)):
        raise ValueError(f"opposed must be keys of items, got {', '.join(unknown)}")
    tally = Tally(answers.in_key_order(), thresholds, frozenset(opposed))

    def begin(name: str) -> None:
        if on_step is not None:
            on_step(STEPS.index(name) + 1, len(STEPS), name)

    begin("alignment")
    alignment = alignment_of(tally)
    findings: list[Finding] = []
    for step, rules in DIVERGENCES.items():
        begin(step)
        for rule in rules:
            findings += rule(tally)
    begin("people")
    ways = None if rng is None else camps(tally, rng)
    findings += [] if rng is None else outlier_view_findings(tally, rng)
    begin("rounds")
    change = None if again is None else round_change(tally.answers, again.in_key_order(), thresholds=thresholds)
    findings += [] if change is None else drift_findings(change, thresholds=thresholds)
    begin("consensus")
    findings = _each_gap_once(findings)
    apart = frozenset(f.item for f in findings if f.kind in APART and not f.variant and f.item is not None)
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
        role_shifts=role_shifts(tally),
        illusion=illusion(tally),
        item_illusions=item_illusions(tally),
        top_picks=rank_overlap(tally),
        camps=ways,
        change=change,
    )


def _each_gap_once(findings: Sequence[Finding]) -> list[Finding]:
    """Without gaps of opportunity where the same group is apart on importance already: it is the same thing twice."""
    told = {(f.item, f.groups) for f in findings if f.kind == "role_gap" and not f.variant}
    return [f for f in findings if f.variant != "opportunity" or (f.item, f.groups) not in told]


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
        by_dimension=_dimensions(answers, limits),
    )


def _dimensions(answers: Answers, limits: Thresholds) -> dict[str, Index]:
    """The index of each further question whose answers have an order.

    Same meaning is none of them: two people who mean something else by an item need not mean the same.
    """
    asked = {
        "satisfaction": (answers.satisfaction, answers.satisfaction_levels),
        "evidence": (None if answers.evidence is None else answers.evidence + 1, answers.evidence_levels),
    }
    return {
        name: alignment_index(points, levels=levels, thresholds=limits)
        for name, (points, levels) in asked.items()
        if points is not None
    }


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
            finding.to_item or "",
        )

    return tuple(sorted(findings, key=key))
