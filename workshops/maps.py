"""The maps of the diff page: every item by two values."""

from django.db.models import Avg, Count

from .charts import words_meanings as charts
from .charts.assumptions import assumption_map
from .charts.square import Spot
from .models import Rating, Statement


def assumptions(results, urls):
    """Importance against evidence; None where no item has both. One query.

    A person's answer lies in a mean of k people or more, or in none.
    """
    asked = results.round
    rows = Rating.objects.filter(round__in=results.rounds, late=False, evidence__isnull=False).order_by()
    rows = rows.values("item__key").annotate(mean=Avg("evidence"), people=Count("pk"))
    known = {row["item__key"]: row for row in rows}
    spots = [_spot(results, view, known.get(view["item"]), urls) for view in results.views.values()]
    if not any(spot.has_place for spot in spots):
        return None
    levels, evidence_levels = asked.importance_levels, asked.evidence_levels
    return assumption_map(
        spots,
        levels=levels,
        evidence_levels=evidence_levels,
        important_from=levels + 1 - max(1, 4 * levels // 10),
        evident_from=evidence_levels // 2,
    )


def words_meanings(results, urls):
    """Words against meanings of pairs of texts; None where no names are shown, or no pair stands out. One query."""
    found = results.figures.get("pairs")  # analyses of older engines have none
    if not found or not results.sight.names:
        return None
    wanted = {public_id for pair in found for public_id in pair["statements"]}
    rows = Statement.objects.filter(workshop=results.workshop, public_id__in=wanted, draft=False)
    labels = dict(rows.values_list("public_id", "label"))
    spots = [_pair(results, pair, labels, urls) for pair in found if set(pair["statements"]) <= labels.keys()]
    return charts.words_meanings(spots) if spots else None


def _pair(results, pair, labels, urls):
    one, other = (labels[public_id] for public_id in pair["statements"])
    title = f"“{one}”" if one == other else f"“{one}”, “{other}”"
    return Spot(title, pair["words"], pair["meanings"], results.items[pair["item"]].kind, urls[pair["item"]])


def _spot(results, view, known, urls):
    shows = results.sight.shows_whole
    importance = view["mean"] if shows(view["raters"]) else None
    evidence = float(known["mean"]) if known and shows(known["people"]) else None
    absence = "hidden" if known and evidence is None else ""
    item = results.items[view["item"]]
    return Spot(item.title, importance, evidence, item.kind, urls[item.key], absence=absence)
