"""What people link one item to: what it blocks, serves or causes, and what does so to it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from .models import Item, Link

OUT = {
    Link.Kind.BLOCKS: gettext_lazy("It blocks"),
    Link.Kind.SERVES: gettext_lazy("It serves"),
    Link.Kind.CAUSES: gettext_lazy("It causes"),
}
INTO = {
    Link.Kind.BLOCKS: gettext_lazy("It is blocked by"),
    Link.Kind.SERVES: gettext_lazy("It is served by"),
    Link.Kind.CAUSES: gettext_lazy("It is caused by"),
}


@dataclass(frozen=True)
class Linked:
    """One thing at the other end. Who drew the link is counted where enough were asked, and named where names are."""

    title: str
    drawn: int
    declined: int
    is_counted: bool
    item: Item | None = None  # None for a statement that is under no item
    names: tuple[str, ...] = ()


@dataclass
class _Drawn:
    title: str
    item: Item | None
    people: dict[int, bool] = field(default_factory=dict)  # whether each drew it
    names: dict[int, str] = field(default_factory=dict)


def links(item, results, *, may_show):
    """(heading, things at the other end) for each kind and direction that was drawn; most drawn first.

    `may_show` says of another item whether its own answers are revealed.
    """
    found = defaultdict(dict)
    items = {each.pk: each for each in results.items.values()}
    for row in _rows(item, results):
        outwards = row["from_end"] == item.pk
        other = row["to_end"] if outwards else row["from_end"]
        label = row["to_label"] if outwards else row["from_label"]
        _note(found[outwards, row["kind"]], row, _thing(items.get(other), label))
    sections = []
    for words, outwards in ((OUT, True), (INTO, False)):
        for kind, heading in words.items():
            told = [_linked(each, results) for each in found[outwards, kind].values() if any(each.people.values())]
            told = [each for each in told if each.item is None or may_show(each.item)]
            if told:
                sections.append((heading, sorted(told, key=_most_drawn)))
    return sections


def _most_drawn(linked):
    """What may not be counted comes last, in an order that does not count it either."""
    return -linked.drawn if linked.is_counted else 1, linked.title


def _rows(item, results):
    ends = {f"{end}_end": Coalesce(f"{end}_item", f"{end}_statement__item") for end in ("from", "to")}
    labels = {f"{end}_label": F(f"{end}_statement__label") for end in ("from", "to")}
    names = {"name": F("participant__name")} if results.sight.names else {}
    rows = (
        Link.objects.filter(workshop=results.workshop).annotate(**ends).filter(Q(from_end=item.pk) | Q(to_end=item.pk))
    )
    drafts = Q(from_statement__draft=True) | Q(to_statement__draft=True)
    return rows.exclude(drafts).order_by().values("kind", "drawn", "participant_id", *ends, **labels, **names)


def _thing(item, label):
    """What tells the other end apart, its title, and its item if it has one."""
    return (item.pk, item.title, item) if item else (label, label, None)


def _note(things, row, thing):
    key, title, item = thing
    drawn = things.setdefault(key, _Drawn(title, item))
    person = row["participant_id"]
    drawn.people[person] = drawn.people.get(person, False) or row["drawn"]
    drawn.names[person] = row.get("name", "")


def _linked(found, results):
    drawn = [person for person, drew in found.people.items() if drew]
    return Linked(
        title=found.title,
        item=found.item,
        drawn=len(drawn),
        declined=len(found.people) - len(drawn),
        is_counted=results.sight.names or _others(found, results) >= results.sight.least,
        names=tuple(sorted(found.names[person] for person in drawn)) if results.sight.names else (),
    )


def _others(found, results):
    """People who were asked about the link, the viewer not counted."""
    return len(found.people) - (results.you is not None and results.you.pk in found.people)
