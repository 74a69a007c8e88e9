"""Putting items together: each change in one transaction that holds the workshop's row, so that none comes between.

A change names the versions of the items that the page knew. Where one has changed since, nothing happens, and the page
shows what stands there now. No author is asked for or kept anywhere here.
"""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from . import edits, gathering, item_tree, working_definitions
from .edits import Change
from .models import Edit, Merge, Statement, Workshop

Act = Edit.Act
Stage = Workshop.Stage
OPEN = (Stage.SETUP, Stage.CONSOLIDATE)
MOST_ITEMS = 5000


class Refused(Exception):
    """Why nothing was changed, in words."""


class Closed(Refused):
    """Items are not put together at this stage."""


class Stale(Refused):
    """Somebody was faster; nothing has changed by this."""


class NotThere(Exception):
    """No such item or statement here."""


def is_open(workshop):
    """Whether items may be changed now."""
    return workshop.stage in OPEN and workshop.archived_at is None


def items_of(workshop):
    """The items that a board has: before anybody's words are in, those that hold none."""
    items = workshop.items.select_related("parent")
    return items.filter(statements__isnull=True) if workshop.stage == Stage.SETUP else items


@contextmanager
def held(workshop):
    """A transaction in which only this request changes the items; gives the workshop as it stands."""
    with transaction.atomic():
        locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
        if not is_open(locked):
            raise Closed(_("Items are not put together now. Nothing was changed."))
        yield locked


# -- items -------------------------------------------------------------------------------------------------------------
def add(workshop, viewer, *, kind, title, definition):
    """Add an item that nobody wrote."""
    with held(workshop) as locked:
        if locked.items.count() >= MOST_ITEMS:
            raise Refused(_("This workshop is full: it takes no more items."))
        change = Change(locked)
        item = gathering.new_item(locked, kind=kind, title=title, definition=definition)
        change.add(item)
        change.record(Act.ADDED, title, viewer)
    return item


def word(workshop, viewer, known, *, title, definition):
    """Change title and working definition."""
    with held(workshop) as locked:
        (item,) = _found(locked, [known])
        if (item.title, item.definition) != (title, definition):
            change = Change(locked)
            about = item.title
            change.alter(item, title=title, definition=definition)
            change.record(Act.WORDED, about, viewer)
    return item


def place(workshop, viewer, known, *, parent):
    """Put an item under another one of its kind, or, with `parent` empty, under none."""
    with held(workshop) as locked:
        (item,) = _found(locked, [known])
        above = _one(items_of(locked), parent) if parent else None
        if above is not None:
            if above.kind != item.kind:
                raise Refused(_("An item stands under one of its own kind: a goal under a goal, a pain under a pain."))
            _refuse_circle(locked, item, above)
        if item.parent_id != (above and above.pk):
            change = Change(locked)
            change.alter(item, parent=above)
            change.record(Act.PLACED, item.title, viewer)
    return item


def _refuse_circle(workshop, item, above):
    way = item_tree.way_up(workshop, above.pk)
    if item.pk in way:
        raise Refused(_("It cannot stand under itself, nor under one that stands under it."))
    if len(way) == item_tree.DEEPEST:
        raise Refused(_("There are too many levels above this one already."))


def set_aside(workshop, viewer, known, *, aside):
    """Leave an item out of the rating, or bring it back into it."""
    with held(workshop) as locked:
        (item,) = _found(locked, [known])
        if item.set_aside != aside:
            change = Change(locked)
            change.alter(item, set_aside=aside)
            change.record(Act.SET_ASIDE if aside else Act.BROUGHT_BACK, item.title, viewer)
    return item


def remove(workshop, viewer, known):
    """Remove an item that holds nothing anybody said; what stood under it moves up."""
    with held(workshop) as locked:
        (item,) = _found(locked, [known])
        if Statement.with_deleted.filter(item=item).exists():
            raise Refused(_("It holds what people wrote, so it is not removed. Move the statements, or set it aside."))
        _refuse_answered([item])
        change = Change(locked)
        for child in item.children.select_related("parent"):
            change.alter(child, parent=item.parent)
        change.remove(item)
        change.record(Act.REMOVED, item.title, viewer)
    return item


# -- putting together and taking apart ---------------------------------------------------------------------------------
def merge(workshop, viewer, known, *, into=""):
    """Make one item of several: the first, or `into`, takes all statements and what stood under the others."""
    with held(workshop) as locked:
        items = _found(locked, known)
        items.sort(key=lambda item: item.public_id != into)
        change = Change(locked)
        _merge(locked, change, items)
        change.record(Act.MERGED, items[0].title, viewer)
    return items[0]


def answer(workshop, viewer, known, *, one, other, answer):
    """Answer the suggestion that two statements mean the same: it is not made again."""
    with held(workshop) as locked:
        items = _found(locked, known)
        pair = [_one(_submitted(locked), public_id) for public_id in sorted((one, other))]
        if {statement.item_id for statement in pair} != {item.pk for item in items} or len(items) != 2:
            raise Stale(_("The two do not stand in these items any more."))
        if Merge.objects.filter(workshop=locked, one=pair[0], other=pair[1]).exists():
            return items[0]  # pressed twice
        change = Change(locked)
        change.answer(*pair, answer)
        if answer == Merge.Answer.ACCEPTED:
            _merge(locked, change, items)
        act = Act.MERGED if answer == Merge.Answer.ACCEPTED else edits.TOLD_APART
        change.record(act, items[0].title, viewer)
    return items[0]


def _merge(workshop, change, items):
    kept, *others = items
    if not others:
        raise Refused(_("Choose at least two items to put together."))
    if len({item.kind for item in items}) > 1:
        raise Refused(_("Only items of one kind are put together: goals with goals, pains with pains."))
    _refuse_answered(others)
    by_pk = {item.pk: item for item in items}
    moving = list(Statement.with_deleted.filter(item__in=others))
    written = working_definitions.written(kept, *others)
    for statement in moving:
        statement.item = by_pk[statement.item_id]
    change.put(moving, kept)
    change.alter(kept, parent=item_tree.parent_of_merged(workshop, kept, others))
    for child in workshop.items.filter(parent__in=others).exclude(pk__in=by_pk).select_related("parent"):
        change.alter(child, parent=kept)
    change.alter(kept, definition=written or working_definitions.central_meaning(kept))
    for item in others:
        change.remove(item)


def move(workshop, viewer, statement, *, version, to=None):
    """Move one statement to the item `to`, or, without, make it an item of its own."""
    with held(workshop) as locked:
        row = _one(_submitted(locked).filter(item__isnull=False), statement)
        (source,) = _found(locked, [(row.item.public_id, version)])
        row.item = source
        change = Change(locked)
        target = _split(locked, change, row) if to is None else _found(locked, [to])[0]
        if target.pk == source.pk:
            raise Refused(_("It stands in this item already."))
        if target.kind != source.kind:
            raise Refused(_("Only what is of one kind is put together: goals with goals, pains with pains."))
        _move(change, row, source, target)
        change.record(Act.SPLIT if to is None else Act.MOVED, row.label, viewer)
    return target


def _split(workshop, change, statement):
    source = statement.item
    if not _submitted(workshop).filter(item=source).exclude(pk=statement.pk).exists():
        raise Refused(_("It is an item of its own already."))
    below = source.position + 1
    workshop.items.filter(position__gte=below).update(position=F("position") + 1)
    words = {"title": statement.label, "definition": statement.meaning}
    item = gathering.new_item(workshop, kind=source.kind, position=below, parent=source.parent, **words)
    change.add(item)
    return item


def _move(change, statement, source, target):
    """An item that only stood for this statement vanishes with it; else its words are those of what is left in it."""
    stood_for_it = (source.title, source.definition) == (statement.label, statement.meaning)
    written = [working_definitions.written(item) for item in (source, target)]
    change.put([statement], target)
    if stood_for_it and not Statement.with_deleted.filter(item=source).exists() and not _is_needed(source):
        change.remove(source)
    else:
        title = working_definitions.title_without(source, statement)
        change.alter(source, title=title, definition=written[0] or working_definitions.central_meaning(source))
    change.alter(target, definition=written[1] or working_definitions.central_meaning(target))


def _is_needed(item):
    return item.children.exists() or edits.answered([item]).exists()


# -- history -----------------------------------------------------------------------------------------------------------
def undo(workshop, *, seen):
    """Take back the last change; `seen` is the number of the last one that the page knew of."""
    with held(workshop) as locked:
        last = edits.last_done(locked)
        _refuse_other(last, seen)
        if last is None:
            raise Refused(_("There is nothing to undo."))
        _try(edits.undo, locked, last)
    return last


def redo(workshop, *, seen):
    """Do again what was taken back last."""
    with held(workshop) as locked:
        last = edits.last_done(locked)
        _refuse_other(last, seen)
        undone = edits.last_undone(locked, last)
        if undone is None:
            raise Refused(_("There is nothing to do again."))
        _try(edits.redo, locked, undone)
    return undone


def _refuse_other(last, seen):
    if (last.number if last else 0) != seen:
        raise Stale(_("Somebody has changed something meanwhile, so nothing was undone or done again."))


def _try(step, workshop, edit):
    try:
        step(workshop, edit)
    except edits.CannotUndo as reason:
        raise Refused(str(reason)) from None


# -- finding -----------------------------------------------------------------------------------------------------------
def _found(workshop, known):
    """The items of these public ids, in this order, at these versions."""
    asked = dict(known)
    rows = {item.public_id: item for item in items_of(workshop).filter(public_id__in=asked)}
    if missing := asked.keys() - rows.keys():
        raise Stale(_gone(len(missing)))
    if any(rows[public_id].version != version for public_id, version in asked.items()):
        raise Stale(_("Somebody has changed this meanwhile, so nothing was done. This is what stands there now."))
    return [rows[public_id] for public_id in asked]


def _gone(count):
    if count > 1:
        return _("Some of these items are not there any more, so nothing was done. This is what stands there now.")
    return _("This item is not there any more, so nothing was done. This is what stands there now.")


def _one(rows, public_id):
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotThere
    return found


def _submitted(workshop):
    return Statement.objects.filter(workshop=workshop, draft=False).select_related("item")


def _refuse_answered(items):
    if edits.answered(items).exists():
        raise Refused(_("People have said something about this item already, so it does not vanish."))
