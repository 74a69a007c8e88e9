"""The history of putting items together: each change with what stood there before, so that all of it can be undone.

It is one line that facilitators share: undo takes back the last change that holds, redo the one taken back last.
A change made after an undo leaves what was undone behind.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import live
from .models import Edit, Item, Merge, Statement

FIELDS = ("public_id", "kind", "title", "definition", "revision", "lineage", "set_aside", "position")
# Places move when an item is put between others; that is no change of the item.
COMPARED = ("kind", "title", "definition", "set_aside", "parent")
# Answering that two do not mean the same changes no item, and is undone like everything else.
TOLD_APART = Edit.Act.TOLD_APART


class CannotUndo(Exception):
    """Why a change stays, in words."""


def snapshot(item):
    """What is kept of an item."""
    parent = item.parent.key if item.parent_id else None
    return {name: getattr(item, name) for name in FIELDS} | {"version": item.version, "parent": parent}


def answered(items):
    """Those of `items` that people have said something about: rated, linked, put on the agenda. They never vanish."""
    ours = {Statement, Item}
    said = Q(pk__in=[])
    for relation in Item._meta.related_objects:
        if relation.related_model not in ours:
            said |= Exists(relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")}))
    return Item.objects.filter(pk__in=[item.pk for item in items]).filter(said)


class Change:
    """One change while it is made: remembers what stands there, writes what shall stand there, and records both.

    The caller holds the workshop's row.
    """

    def __init__(self, workshop):
        self.workshop = workshop
        self._before = {}
        self._touched = {}
        self._statements = {}
        self._merges = {}

    def alter(self, item, **fields):
        """Give an item other values; without any it only counts as changed."""
        self._remember(item)
        for name, value in fields.items():
            setattr(item, name, value)

    def add(self, item):
        """Save a new item."""
        item.save(force_insert=True)
        self._before[item.key], self._touched[item.key] = None, item

    def remove(self, item):
        """Let an item vanish, when the change is recorded; what it held has gone elsewhere by then."""
        self._remember(item)
        self._touched[item.key] = None

    def put(self, statements, item):
        """Move statements to another item; both count as changed."""
        for statement in statements:
            source = statement.item
            self._remember(source)
            self._remember(item)
            self._statements[statement.public_id] = [source.key, item.key]
        Statement.with_deleted.filter(pk__in=[statement.pk for statement in statements]).update(item=item)

    def answer(self, one, other, answer):
        """Keep what was answered to a suggestion."""
        Merge.objects.create(workshop=self.workshop, one=one, other=other, answer=answer)
        self._merges[f"{one.public_id} {other.public_id}"] = [None, str(answer)]

    def record(self, act, about, viewer):
        """Save it all and keep it in the history."""
        kept = [item for key, item in self._touched.items() if item is not None and self._before[key] is not None]
        for item in kept:
            item.version += 1
        Item.objects.bulk_update(kept, ["title", "definition", "parent", "set_aside", "version"])
        gone = [key for key, item in self._touched.items() if item is None]
        Item.objects.filter(workshop=self.workshop, key__in=gone).delete()
        after = {key: None if item is None else snapshot(item) for key, item in self._touched.items()}
        changes = {
            "items": {key: [before, after[key]] for key, before in self._before.items()},
            "statements": self._statements,
            "merges": self._merges,
        }
        actor = str(viewer.user or viewer.seat_in(self.workshop) or "")[:254]
        number = (self.workshop.edits.values_list("number", flat=True).first() or 0) + 1
        live.announce(self.workshop, "items")
        return Edit.objects.create(
            workshop=self.workshop, number=number, act=act, about=about[:200], actor=actor, changes=changes
        )

    def _remember(self, item):
        if item.key not in self._before:
            self._before[item.key] = snapshot(item)
            self._touched[item.key] = item


# -- undo and redo -----------------------------------------------------------------------------------------------------
def last_done(workshop):
    """The change that undo takes back, or None."""
    return workshop.edits.filter(undone_at__isnull=True).first()


def last_undone(workshop, done):
    """The change that redo does again, or None; `done` is the last one that holds."""
    undone = workshop.edits.filter(undone_at__isnull=False, number__gt=done.number if done else 0)
    return undone.order_by("-undone_at", "number").first()


def undo(workshop, edit):
    """Put back what stood there before."""
    _apply(workshop, edit, have=1, want=0)
    edit.undone_at = timezone.now()
    edit.save(update_fields=["undone_at", "changes"])
    live.announce(workshop, "items")


def redo(workshop, edit):
    """Do again what was undone."""
    _apply(workshop, edit, have=0, want=1)
    edit.undone_at = None
    edit.save(update_fields=["undone_at", "changes"])
    live.announce(workshop, "items")


def _apply(workshop, edit, *, have, want):
    """Bring the items from one side of a change to the other; refused where something else stands there now."""
    sides = edit.changes["items"]
    items = {item.key: item for item in workshop.items.select_related("parent").filter(key__in=sides)}
    _refuse_if_changed(items, {key: sides[key][have] for key in sides})
    _bring_back(workshop, items, {key: side[want] for key, side in sides.items() if side[have] is None})
    _move(workshop, edit.changes["statements"], have, want)
    _set(workshop, items, {key: side[want] for key, side in sides.items() if side[want] is not None})
    gone = [items[key] for key, side in sides.items() if side[want] is None]
    for item in gone:
        sides[item.key][have]["version"] = item.version  # so that it counts on from there when it comes back
    _remove(gone)
    _answer(workshop, edit.changes.get("merges", {}), have, want)


def _refuse_if_changed(items, expected):
    for key, state in expected.items():
        item = items.get(key)
        stands = None if item is None else snapshot(item)
        same = stands == state if None in (stands, state) else all(stands[name] == state[name] for name in COMPARED)
        if not same:
            raise CannotUndo(_("Something else stands there now, so this change cannot be taken back or done again."))


def _bring_back(workshop, items, missing):
    for key, state in missing.items():
        kept = {name: state[name] for name in FIELDS}
        items[key] = Item.objects.create(workshop=workshop, key=key, version=state["version"], **kept)


def _set(workshop, items, states):
    parents = {state["parent"] for state in states.values()} - {None}
    by_key = dict(workshop.items.filter(key__in=parents).values_list("key", "pk"))
    for key, state in states.items():
        item = items[key]
        item.title, item.definition, item.set_aside = state["title"], state["definition"], state["set_aside"]
        item.parent_id = by_key.get(state["parent"])
        item.version += 1
    Item.objects.bulk_update([items[key] for key in states], ["title", "definition", "set_aside", "parent", "version"])


def _move(workshop, moves, have, want):
    """Statements that their authors have deleted meanwhile are left out."""
    keys = dict(
        workshop.items.filter(key__in=[key for move in moves.values() for key in move]).values_list("key", "pk")
    )
    rows = list(Statement.with_deleted.filter(workshop=workshop, public_id__in=moves).select_related("item"))
    for row in rows:
        if row.item is not None and row.item.key != moves[row.public_id][have]:
            raise CannotUndo(_("Something else stands there now, so this change cannot be taken back or done again."))
        if row.item is not None:
            row.item_id = keys[moves[row.public_id][want]]
    Statement.with_deleted.bulk_update(rows, ["item"])


def _remove(gone):
    held = Statement.with_deleted.filter(item__in=gone).exists() or answered(gone).exists()
    if held:
        raise CannotUndo(_("There is something in it now, so it cannot vanish any more."))
    Item.objects.filter(pk__in=[item.pk for item in gone]).delete()


def _answer(workshop, merges, have, want):
    for pair, answers in merges.items():
        one, other = pair.split(" ")
        stated = {row.public_id: row for row in workshop.statements.filter(public_id__in=(one, other))}
        rows = Merge.objects.filter(workshop=workshop, one__public_id=one, other__public_id=other)
        if answers[want] is None:
            rows.filter(answer=answers[have]).delete()
        elif len(stated) == 2:
            Merge.objects.create(workshop=workshop, one=stated[one], other=stated[other], answer=answers[want])
