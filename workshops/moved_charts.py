"""The picture of drift on an item: the same people before, and when they were asked again."""

from collections import defaultdict

from . import item_charts, later_rounds
from .charts.strip import Mark, moved


def charts(results, findings):
    """A strip of two rows for each finding by its id. Two queries, whatever was found."""
    items = {found.item_id for found in findings} | {0}  # 0: the query runs anyway
    rounds = later_rounds.closed_rounds(results)
    first = {each.pk for each in results.rounds}
    rows = list(later_rounds.rated(rounds, items).select_related("round", "participant__role").order_by("pk"))
    last = {said.item_id: said.round_id for said in sorted(rows, key=lambda said: said.round.position)}
    before, after = defaultdict(dict), defaultdict(dict)
    for said in rows:
        if said.round_id in first or said.round_id == last[said.item_id]:
            side = before if said.round_id in first else after
            side[said.item_id][said.participant.key] = _mark(results, said)
    return {
        found.pk: moved(item_charts.question_of(results, found.item), before[found.item_id], after[found.item_id])
        for found in findings
    }


def _mark(results, said):
    person = said.participant
    is_you = results.you is not None and person.pk == results.you.pk
    return Mark(said.importance, results.marks[person.role.key], name=person.name, is_you=is_you)
