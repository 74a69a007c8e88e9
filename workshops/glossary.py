"""The glossary of a workshop: when we say the term, we mean the meaning. It grows from what was agreed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from . import live
from .models import GlossaryEntry, Outcome, Workshop
from .resemblance import normal

MOST = 200  # entries; more is no glossary that anybody reads


class CannotChange(Exception):
    """Why an entry is not changed, in words."""


class Stale(Exception):
    """Somebody else changed the entry meanwhile; `entry` is what it says now, None where it is gone."""

    def __init__(self, entry):
        super().__init__()
        self.entry = entry


@dataclass(frozen=True)
class Told:
    """An entry with the items whose title or definition uses its term."""

    entry: GlossaryEntry
    items: tuple


@dataclass(frozen=True)
class Offer:
    """An agreed wording that is in no entry yet."""

    item: object
    wording: str


def told(workshop, items):
    """Every entry by its term, with the items that use it. One query.

    Parameters
    ----------
    workshop : Workshop
    items : iterable of Item
        Those that the viewer may see.
    """
    items = list(items)
    words = {item.pk: _padded(f"{item.title} {item.definition}") for item in items}
    entries = sorted(workshop.glossary.all(), key=lambda entry: (normal(entry.term), entry.pk))
    return [
        Told(entry, tuple(item for item in items if item.pk == entry.item_id or _padded(entry.term) in words[item.pk]))
        for entry in entries
    ]


def used_by(item):
    """The entries whose term an item uses. One query."""
    words = _padded(f"{item.title} {item.definition}")
    entries = GlossaryEntry.objects.filter(workshop=item.workshop_id)
    return [entry for entry in entries if entry.item_id == item.pk or _padded(entry.term) in words]


def _padded(text):
    """The words of a text, such that one that begins or ends with another's words is not taken for it."""
    return f" {normal(text)} "


def offers(workshop):
    """What was agreed with a wording on items that no entry came from. One query."""
    agreed = Outcome.objects.filter(workshop=workshop, verdict=Outcome.Verdict.AGREED, item__isnull=False)
    open_ones = agreed.exclude(wording="").exclude(item__glossary__isnull=False).select_related("item")
    last = {outcome.item_id: Offer(outcome.item, outcome.wording) for outcome in open_ones}
    return list(last.values())


@transaction.atomic
def add(workshop, term, meaning, item=None):
    """A new entry; the one that is there when it says the same, so that it may be sent twice.

    Raises
    ------
    CannotChange
        If the term has an entry that means something else, or there are too many.
    """
    locked = Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    for entry in locked.glossary.all():
        if normal(entry.term) == normal(term):
            if entry.meaning == meaning:
                return entry
            raise CannotChange(_("“%(term)s” stands in the glossary already. Change it there.") % {"term": entry.term})
    if locked.glossary.count() >= MOST:
        raise CannotChange(_("A glossary takes %(most)d entries. Take one out first.") % {"most": MOST})
    entry = GlossaryEntry.objects.create(workshop=locked, item=item, term=term, meaning=meaning)
    live.announce(locked, "glossary")
    return entry


@transaction.atomic
def change(workshop, public_id, version, *, term, meaning, item=None):
    """Say it otherwise, on the version that somebody saw.

    Raises
    ------
    Stale
        If it was changed or taken out meanwhile.
    CannotChange
        If another entry has the term.
    """
    entry = _locked(workshop, public_id, version)
    others = workshop.glossary.exclude(pk=entry.pk).values_list("term", flat=True)
    if normal(term) in map(normal, others):
        raise CannotChange(_("“%(term)s” stands in the glossary already.") % {"term": term})
    entry.term, entry.meaning, entry.item, entry.version = term, meaning, item, entry.version + 1
    entry.save(update_fields=["term", "meaning", "item", "version"])
    live.announce(workshop, "glossary")
    return entry


@transaction.atomic
def remove(workshop, public_id, version):
    """Take an entry out; gives it, so that it can be put back.

    Raises
    ------
    Stale
    """
    entry = _locked(workshop, public_id, version)
    GlossaryEntry.objects.filter(pk=entry.pk).delete()
    live.announce(workshop, "glossary")
    return entry


def _locked(workshop, public_id, version):
    """The entry of this version; locked with the workshop, as two terms are compared."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    entry = workshop.glossary.filter(public_id=public_id).first()
    if entry is None or entry.version != version:
        raise Stale(entry)
    return entry
