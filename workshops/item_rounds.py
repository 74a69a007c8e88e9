"""How answers on one item moved from round to round."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from . import later_rounds
from .analysis import distance_of
from .charts.figures import mean, points


@dataclass(frozen=True)
class RoundLine:
    """One round in words and figures; without figures where they may not be told, and `why`."""

    label: str
    key: str
    raters: int = 0
    mean: str = ""
    apart: str = ""
    why: str = ""


def rounds(item, results):
    """The analysed round and those that asked about the item again; empty when nobody was asked twice."""
    asked = later_rounds.closed_rounds(results) if results.workshop.is_revealed else []
    counts = _counts(item, asked)
    asked = [each for each in asked if each.pk in counts]
    if len(asked) < 2:
        return []
    told = later_rounds.told(results, asked, [item.pk])
    return [_line(each, counts[each.pk], results, is_told=(each.pk, item.pk) in told) for each in asked]


def _counts(item, asked):
    """People at each level, by round."""
    counts = defaultdict(dict)
    rows = later_rounds.rated(asked, [item.pk]).values_list("round_id", "importance").annotate(n=Count("pk"))
    for round_id, level, n in rows:
        counts[round_id][level] = n
    return counts


def _line(round_, counts, results, *, is_told):
    line = {"label": str(round_.get_kind_display()), "key": round_.key}
    raters = sum(counts.values())
    if not is_told:
        few = not results.sight.shows_whole(raters)
        return RoundLine(**line, why=_("too few people to show") if few else _("nearly the same people as before"))
    levels = round_.importance_levels
    apart = distance_of([counts.get(level, 0) for level in range(1, levels + 1)])
    return RoundLine(
        **line,
        raters=raters,
        mean=mean(sum(level * n for level, n in counts.items()) / raters),
        apart="" if apart is None else points(apart * (levels - 1)),
    )
