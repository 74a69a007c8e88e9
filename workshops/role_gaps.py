"""A role gap as it may be told without names: with no figure that rests on an item where the role is not told apart.

The engine nets a gap of what the role rates everything higher or lower by, over all items; on some of them too few of
the role may have answered to be shown. So that is reckoned anew, from the means that this viewer sees. Where all of the
role gave the same answer, its mean is not told, and only the side is: above or below the rest.
"""

from statistics import median

SIDE_ONLY = "side_only"


def retold(results, finding):
    """The finding with the figures that this viewer may be told, or None where there are none. Never to be stored.

    Parameters
    ----------
    results : Results
        Without names.
    finding : Finding
        A role gap of enough people, of a role that may be told apart.
    """
    gaps = results.told_gaps(finding.groups[0])
    believed = finding.numbers["believed_gap"]
    gap = gaps.get(finding.item.key)
    if gap is not None:
        shift = median(gaps.values())
        if (gap - shift) * believed > 0:
            finding.numbers = finding.numbers | {"shift": shift, "net_gap": gap - shift}
            return finding
    if finding.numbers["gap"] * believed <= 0:
        return None
    finding.variant, finding.numbers = SIDE_ONLY, finding.numbers | {"shift": 0}
    return finding


def gap_of(said, group):
    """How far the mean of a group is above that of the others, `said` being everybody's answers by group; or None."""
    of_rest = [each for key, each in said.items() if key != group]
    people, total = sum(each.people for each in of_rest), sum(each.total for each in of_rest)
    own = said.get(group)
    if own is None or not own.people or not people:
        return None
    return own.total / own.people - total / people
