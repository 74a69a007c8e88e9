"""Camps as the page of differences tells them: who sees the whole alike, and on which items they part."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .charts.figures import mean

PARTED, SHARED = 5, 3  # items told, where camps are furthest apart and where all of them agree


@dataclass(frozen=True)
class Member:
    """One person of a camp, with the mark of their role."""

    name: str
    mark: object
    is_you: bool


@dataclass(frozen=True)
class Parted:
    """One item with the mean of each camp; the highest and the lowest are set apart."""

    title: str
    url: str
    means: tuple[tuple[str, str], ...]  # the figure, and "high", "low" or nothing


@dataclass(frozen=True)
class CampsPage:
    """All that templates/workshops/_camps.html shows."""

    sentence: str
    tier: str
    tier_label: str
    camps: tuple[tuple[Member, ...], ...]
    aside: tuple[Member, ...]
    parted: tuple[Parted, ...]
    shared: tuple[tuple[str, str], ...]


def camps(results, urls):
    """The camps, where people stand behind their answers by name and there are any; else None.

    Parameters
    ----------
    results : Results
    urls : mapping of str to str
        The address of each item's page by the item's key.
    """
    found = results.figures.get("camps")  # analyses of older engines have none
    if not found or not results.sight.names:
        return None
    return CampsPage(
        sentence=_sentence(found),
        tier=found["tier"],
        tier_label=str(_("likely") if found["tier"] == "likely" else _("possible")),
        camps=tuple(tuple(_members(results, camp["members"])) for camp in found["camps"]),
        aside=tuple(_members(results, found["aside"])),
        parted=tuple(_parted(results, found, urls)),
        shared=tuple(_shared(results, found, urls)),
    )


def _members(results, keys):
    """People by name, with their marks."""
    you = results.you and results.you.key
    for key in keys:
        if key in results.people:
            _pk, name, role = results.people[key]
            yield Member(name, results.marks[role], key == you)


def _sentence(found):
    words = ngettext(
        "There is %(n)d way of seeing these customers among you, whatever your roles.",
        "There are %(n)d ways of seeing these customers among you, whatever your roles.",
        len(found["camps"]),
    )
    return words % {"n": len(found["camps"])}


def _parted(results, found, urls):
    """The items on which the means of two camps are furthest apart."""
    by_item = {key: [camp["means"].get(key) for camp in found["camps"]] for key in found["consensus"]}
    apart = sorted(by_item, key=lambda key: (min(by_item[key]) - max(by_item[key]), key))
    for key in apart[:PARTED]:
        means, ends = by_item[key], {max(by_item[key]): "high", min(by_item[key]): "low"}
        if len(ends) > 1 and key in results.items:
            yield Parted(results.items[key].title, urls[key], tuple((mean(one), ends.get(one, "")) for one in means))


def _shared(results, found, urls):
    """The items that all camps call important, those with the highest group-informed consensus first."""
    lowest = {key: min(camp["means"][key] for camp in found["camps"]) for key in found["consensus"]}
    important = [key for key, mean_of_camp in lowest.items() if mean_of_camp >= _high(results)]
    for key in sorted(important, key=lambda key: (-found["consensus"][key], key))[:SHARED]:
        if key in results.items:
            yield results.items[key].title, urls[key]


def _high(results):
    """The middle of the scale: a camp below it does not call an item important."""
    return (results.levels + 1) / 2
