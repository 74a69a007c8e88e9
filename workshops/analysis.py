"""Stored rounds -> engine -> stored findings: the only bridge to the engine."""

from dataclasses import asdict

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from alignment.divergence import STEPS, Thresholds, analyse
from alignment.divergence.distance import distance_within, random_distance
from alignment.divergence.sensitivity import sensitivity

from . import answers, text_findings
from .models import Analysis, Finding, Workshop

ENGINE = "divergence/3"


class CannotAnalyse(Exception):
    """Why there is nothing to compute, in words for people."""


def refresh_findings(job):
    """Compute the findings of the job's workshop and show them, as one transaction; then the job is done.

    Until that transaction commits, pages keep showing the analysis before. Made once per input: when the answers are
    those of an analysis that is there already, that one is shown again.

    Raises
    ------
    CannotAnalyse
        If no round is closed or nobody answered.
    """
    workshop = job.workshop
    given, again = _answers_of(workshop)
    limits = limits_of(workshop)
    texts = text_findings.of_rows(workshop, beat=lambda: job.at_step(0, len(STEPS), "texts"))
    digest = answers.digest(given, limits, again, texts.digest)
    # Where no names are shown, what texts say changes no finding that is.
    opposed = texts.opposed & set(given.items) if workshop.candour == Workshop.Candour.OPEN else frozenset()

    def found(of, *, thresholds, on_step=None):
        rng = seeded(digest)
        return analyse(of, again=again, thresholds=thresholds, rng=rng, opposed=opposed, on_step=on_step)

    result = found(given, thresholds=limits, on_step=job.at_step)
    steadiness = sensitivity(given, limits, found, result=result)
    with transaction.atomic():
        locked = Workshop.objects.select_for_update().get(pk=workshop.pk)  # two runs at once store one analysis
        analysis, made = Analysis.objects.get_or_create(
            workshop=locked,
            digest=digest,
            engine=ENGINE,
            defaults={"figures": figures(result) | {"pairs": rounded(texts.pairs)}},
        )
        if made:
            _store(analysis, steadiness.findings, text_findings.beside(texts.told, result.findings))
        locked.show_analysis(analysis)
        job.finish(made_anew=made)


def _answers_of(workshop):
    """The first answers of a workshop, and what people said when they were asked again, or None."""
    rounds = list(workshop.rounds.select_related("workshop__team"))
    try:
        first = answers.rounds_to_analyse(rounds)
    except answers.NothingToAnalyse as error:
        raise CannotAnalyse(_("There is nothing to compute: %(why)s.") % {"why": error}) from None
    given = answers.from_rows(*first)
    if not given.answered.any():
        raise CannotAnalyse(_("There is nothing to compute: nobody has answered yet."))
    return given, answers.again_from_rows(rounds, first[0])


def seeded(digest):
    """The generator for what is shuffled: the same answers give the same findings."""
    return np.random.default_rng(int(digest, 16))


def limits_of(workshop):
    """The engine's limits for a workshop.

    Where names are hidden, a figure of the whole counts only items that may be shown on their own to everybody: else an
    item that too few rated could be worked out from the whole and the others.
    """
    if workshop.candour == Workshop.Candour.OPEN:
        return Thresholds()
    return Thresholds(min_raters=workshop.k + 1)


def figures(result):
    """What an analysis says about the whole, as plain values to 4 places: everything but the findings."""
    whole = asdict(result)
    del whole["findings"]
    return rounded(whole)


def points_apart(alignment, levels):
    """How many points of the scale two people are apart at this alignment, and how many random answers would be."""
    by_chance = random_distance(levels) * (levels - 1)
    return (1 - alignment) * by_chance, by_chance


def distance_of(counts):
    """How far two people are apart on average, as a share of the scale; None below two people.

    `counts` are the people at each level, lowest first.
    """
    return float(distance_within(np.array([counts]))[0]) if sum(counts) > 1 else None


def rounded(value):
    """The same value with every float to 4 places, and tuples as lists."""
    if isinstance(value, float):
        return round(value, 4) + 0.0  # never -0.0
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    return value


def _store(analysis, findings, texts):
    """The engine's findings, agreements last; between them what texts say, the gravest first."""
    items = dict(analysis.workshop.items.values_list("key", "pk"))
    rows = [_row(each.finding, items, each.tighter) for each in findings]
    agreed = [row for row in rows if row.kind == "consensus"]
    differ = [row for row in rows if row.kind != "consensus"]
    rows = [*differ, *(_row(each.finding, items, statements=each.statements) for each in texts), *agreed]
    for position, row in enumerate(rows):
        row.analysis, row.position = analysis, position
    Finding.objects.bulk_create(rows)


def _row(found, items, tighter="", statements=()):
    return Finding(
        kind=found.kind,
        variant=found.variant,
        item_id=items.get(found.item),
        to_item_id=items.get(found.to_item),
        grouping=found.grouping,
        groups=list(found.groups),
        people=list(found.people),
        tier=found.tier,
        tighter=tighter,
        severity=found.severity,
        dimension=found.dimension,
        numbers=rounded(dict(found.numbers)),
        statements=list(statements),
    )
