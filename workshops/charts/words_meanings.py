"""Words × meanings: how alike the words of two people are, and how alike what they mean by them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alignment.meaning.limits import Limits

from .figures import ratio
from .quadrant import quadrant_map
from .square import Axis, Quadrant

LIMITS = Limits()


def words_meanings(spots):
    """Pairs of texts by how alike their labels are (across) and how alike their meanings (up).

    Parameters
    ----------
    spots : iterable of Spot
        `across` the share of letters that two labels have in common, 0 to 1; `up` the likeness of two meanings, to 1.
        The halves meet where the rules about texts begin (alignment.meaning.corners).
    """
    words = _axis(_("Words"), LIMITS.labels_apart / 100, (_("other"), _("the same")))
    meanings = _axis(_("Meanings"), LIMITS.agreement, (_("other"), _("the same")))
    spots = sorted(spots, key=lambda spot: _standing(spot, words, meanings))
    return quadrant_map(spots, words, meanings, _quadrants(), title=_("Words × meanings"), told=_told(spots))


def _axis(title, cut, ends):
    return Axis(title, ((0, 0), (cut, 0.5), (1, 1)), (cut,), ends, ratio)


def _quadrants():
    return (
        Quadrant(_("Violent agreement"), _("other words, the same meaning")),
        Quadrant(_("Deep alignment"), _("the same words, the same meaning")),
        Quadrant(_("Open difference"), _("other words, another meaning")),
        Quadrant(_("Superficial alignment"), _("the same words, another meaning"), strong=True),
    )


def _standing(spot, words, meanings):
    """Superficial ones first, then violent agreement; inside a quadrant where words and meanings are farthest apart."""
    same_words, same_meaning = words.half(spot.across), meanings.half(spot.up)
    return same_words == same_meaning, same_meaning, -abs(spot.up - spot.across), spot.title


def _told(spots):
    n = len(spots)
    return ngettext("%(n)d pair of texts.", "%(n)d pairs of texts, those that stand out.", n) % {"n": n}
