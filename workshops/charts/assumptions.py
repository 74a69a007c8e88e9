"""Assumption map: how much each item matters, and how well anyone knows that it does."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .quadrant import quadrant_map
from .square import Axis, Quadrant


def assumption_map(spots, *, levels=5, evidence_levels=4, important_from=4, evident_from=2):
    """Items by importance (across) and evidence (up). The leaps of faith come first: important, and nobody knows.

    Parameters
    ----------
    spots : iterable of Spot
        All items: `across` the mean importance, `up` the mean evidence from 0, or None where evidence was not asked for
        or may not be told.
    levels, evidence_levels : int
        Points on the scale of importance, from 1, and of evidence, from 0.
    important_from, evident_from : int
        The lowest answer that calls an item important, and the lowest that is more than an anecdote. A mean counts
        when it lies nearer to these than to the answer below.
    """
    importance = _axis(_("Importance"), 1, levels, important_from, (_("hardly matters"), _("matters most")))
    evidence = _axis(_("Evidence"), 0, evidence_levels - 1, evident_from, (_("guess"), _("data")))
    spots = sorted(spots, key=lambda spot: _standing(spot, importance, evidence))
    return quadrant_map(spots, importance, evidence, _quadrants(), title=_("Assumption map"), told=_told(spots))


def _axis(title, first, last, counts_from, ends):
    """A scale whose halves take the same room, whatever lies in them: most items matter."""
    if not first < counts_from <= last:
        raise ValueError(f"{counts_from} is not in the upper part of a scale {first} to {last}")
    cut = counts_from - 0.5
    return Axis(title, ((first, 0), (cut, 0.5), (last, 1)), (cut,), ends)


def _quadrants():
    return (
        Quadrant(_("Good to know"), _("matters less, and is known")),
        Quadrant(_("Solid ground"), _("matters, and is known")),
        Quadrant(_("Leave for later"), _("matters less, and is a guess")),
        Quadrant(_("Leaps of faith"), _("matters, and is a guess"), strong=True),
    )


def _standing(spot, importance, evidence):
    """Leaps of faith first, then what else matters; inside a quadrant the most important with the least evidence."""
    if not spot.has_place:
        return 1, 0, 0, 0, spot.title
    matters, known = importance.half(spot.across), evidence.half(spot.up)
    weight = importance.share(spot.across) * (1 - evidence.share(spot.up))
    return 0, -matters, known, -weight, spot.title


def _told(spots):
    """Of how many items evidence was asked for, and how many of these may not be told."""
    asked = [spot for spot in spots if spot.has_place or spot.absence]
    told = ngettext(
        "Evidence was asked for %(asked)d of %(items)d item.",
        "Evidence was asked for %(asked)d of %(items)d items.",
        len(spots),
    ) % {"asked": len(asked), "items": len(spots)}
    silent = sum(not spot.has_place for spot in asked)
    if not silent:
        return told
    too_few = ngettext("For %(n)d of them too few answered.", "For %(n)d of them too few answered.", silent)
    return f"{told} {too_few % {'n': silent}}"
