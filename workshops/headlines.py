"""A workshop in one sentence: how alike people answer, where they place the team, and what stands out."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .charts.figures import points
from .sentences import sentence


def placed(value):
    """Where people place the team, in points of the scale towards their own answers."""
    told = {"n": points(abs(value))}
    if told["n"] == "0.0":
        return _("You place the team where it is.")
    if value > 0:
        return _("You place the team %(n)s points nearer to your own answers than it is.") % told
    return _("You place the team %(n)s points further from your own answers than it is.") % told


def nearer(value):
    """How many points nearer to themselves people place the team on one item."""
    return _("%(n)s points nearer") % {"n": points(value)}


def headline(alignment, findings, names):
    """The one sentence of a workshop: how alike people answer, and what stands out.

    Parameters
    ----------
    alignment : dict
        `value`, `people` and `items` of the whole.
    findings : sequence of Finding rows
        Those that may be told, most worth talking about first.
    names : Names
    """
    if alignment["value"] is None:
        return _("Too few people have answered the same questions to compare them.")
    return f"{_how_alike(alignment['value'])} {_what_stands_out(findings, names)}"


def _how_alike(value):
    if value >= 0.6:
        return _("You see the customer much alike.")
    if value >= 0.3:
        return _("You agree on part of the customer’s world.")
    if value >= 0.1:
        return _("You agree only a little more than chance would have it.")
    return _("You agree no more than chance would have it.")


def _what_stands_out(findings, names):
    likely = [found for found in findings if found.tier == "likely"]
    meaning = [found for found in likely if found.kind in ("superficial", "definition", "contested")]
    if meaning:
        return sentence(meaning[0], meaning[0].item.key, names)
    apart = [found for found in likely if found.kind in ("blind_spot", "role_gap")]
    if apart:
        count = sum(1 for found in apart if found.groups[0] == apart[0].groups[0])
        words = ngettext(
            "%(group)s: apart from the rest on %(n)d item.", "%(group)s: apart from the rest on %(n)d items.", count
        )
        return words % {"group": names.group(apart[0]), "n": count}
    splits = [found for found in likely if found.kind == "split"]
    if splits:
        return ngettext(
            "%(n)d item splits you into two camps.", "%(n)d items split you into two camps.", len(splits)
        ) % {"n": len(splits)}
    if len(names.roles) > 1 and names.tells_roles:
        return _("It is not your roles that divide you: the differences run through every one of them.")
    return _("No single item stands out.")
