"""Rounds that asked about importance again, and which of them may be told beside the analysed one.

Where two rounds are shown and few people answered only one of them, the difference tells what those few said. So
without names a round is shown only where, beside every round shown before it, the people who answered just one of the
two are nobody or enough.
"""

from collections import defaultdict

from .models import Rating, Round

KINDS = (Round.Kind.RATE, Round.Kind.REVOTE, Round.Kind.PULSE)


def closed_rounds(results):
    """Every closed round that asked about importance, the analysed ones first."""
    rounds = Round.objects.filter(workshop=results.workshop, closed_at__isnull=False, kind__in=KINDS)
    return sorted(rounds.exclude(importance_levels=None), key=lambda each: (each not in results.rounds, each.position))


def rated(rounds, items):
    """Ratings of importance that count, of these rounds and items."""
    return Rating.objects.filter(round__in=rounds, item__in=items, importance__isnull=False, late=False).order_by()


def told(results, rounds, items):
    """The (round id, item id) whose figures may be shown, of `rounds` as `closed_rounds` orders them. One query."""
    if results.sight.names:
        return {(each.pk, item_id) for each in rounds for item_id in items}
    answered = defaultdict(set)
    for round_id, item_id, person in rated(rounds, items).values_list("round_id", "item_id", "participant_id"):
        answered[round_id, item_id].add(person)
    shown = set()
    for each in rounds:
        for item_id in items:
            people = answered.get((each.pk, item_id), set())
            before = [answered[key] for key in shown if key[1] == item_id]
            if results.sight.shows_whole(len(people)) and all(_tells_nobody(results, people, one) for one in before):
                shown.add((each.pk, item_id))
    return shown


def _tells_nobody(results, people, before):
    """Whether those who answered only one of two rounds, the viewer not counted, are nobody or enough."""
    you = {results.you.pk} if results.you else set()
    return all(not only or len(only) >= results.sight.least for only in (people - before - you, before - people - you))
