"""The facilitator puts statements together: the board, one item's panel, the history, and every change of them."""

from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from workshops import board_words, consolidating
from workshops.board import Board, may_look
from workshops.board_panel import Panel
from workshops.forms import consolidate as forms
from workshops.models import Merge
from workshops.models.item import Kind

from .opening import facilitated, frame

MOST_LISTED = 200


def for_those_who_are_in(show):
    """A page or a change for facilitators; who takes part and has not submitted is told why not."""

    @wraps(show)
    def page(request, public_id, **place):
        workshop = facilitated(request, public_id)
        if not may_look(request.viewer, workshop):
            return render(request, "workshops/consolidate_refused.html", frame(request, workshop), status=403)
        try:
            return show(request, workshop, **place)
        except consolidating.NotThere:
            raise Http404 from None

    return page


class Invalid(Exception):
    """A form that was refused."""

    def __init__(self, form):
        super().__init__()
        self.errors = {name: [str(error) for error in found] for name, found in form.errors.items()}


def changes(change):
    """Runs one change, and shows the board as it stands then, or why nothing was done and what stands there now.

    `change` gives the item to return to, or None.
    """

    @require_POST
    @for_those_who_are_in
    @wraps(change)
    def answer(request, workshop, **place):
        try:
            item = change(request, workshop, **place)
        except Invalid as invalid:
            words = " ".join(words for found in invalid.errors.values() for words in found)
            return _refused(request, workshop, words, 422, invalid.errors, **place)
        except (consolidating.Closed, consolidating.Stale) as reason:
            return _refused(request, workshop, str(reason), 409, **place)
        except consolidating.Refused as reason:
            return _refused(request, workshop, str(reason), 422, **place)
        return _done(request, workshop, item)

    return answer


# -- pages -------------------------------------------------------------------------------------------------------------
@require_safe
@for_those_who_are_in
def consolidate(request, workshop):
    """All items by kind, with what people wrote in each."""
    return _board(request, workshop, part=request.GET.get("part") == "board")


@require_safe
@for_those_who_are_in
def item(request, workshop, item_id):
    """One item with its statements and its tools."""
    return _panel(request, workshop, item_id)


@require_safe
@for_those_who_are_in
def history(request, workshop):
    """What was changed by whom and when, the newest first."""
    rows = list(workshop.edits.all()[: MOST_LISTED + 1])
    context = {"history": [board_words.Listed(row) for row in rows[:MOST_LISTED]], "is_cut": len(rows) > MOST_LISTED}
    return render(request, "workshops/consolidate_history.html", frame(request, workshop) | context)


# -- changes -----------------------------------------------------------------------------------------------------------
@changes
def items(request, workshop):
    """Add an item by hand."""
    return consolidating.add(workshop, request.viewer, **_cleaned(forms.NewItemForm(request.POST)))


@changes
def words(request, workshop, item_id):
    """Change title and working definition."""
    said = _cleaned(forms.ItemWordsForm(request.POST))
    known = (item_id, said.pop("version"))
    return consolidating.word(workshop, request.viewer, known, **said)


@changes
def place(request, workshop, item_id):
    """Put an item under another one."""
    said = _cleaned(forms.ItemPlaceForm(request.POST))
    return consolidating.place(workshop, request.viewer, (item_id, said["version"]), parent=said["parent"])


@changes
def aside(request, workshop, item_id):
    """Leave an item out of the rating, or bring it back."""
    said = _cleaned(forms.AsideForm(request.POST))
    return consolidating.set_aside(workshop, request.viewer, (item_id, said["version"]), aside=said["set_aside"])


@changes
def removal(request, workshop, item_id):
    """Remove an item that holds nothing."""
    said = _cleaned(forms.VersionForm(request.POST))
    consolidating.remove(workshop, request.viewer, (item_id, said["version"]))


@changes
def merge(request, workshop):
    """Make one item of several."""
    said = _cleaned(forms.MergeForm(request.POST))
    return consolidating.merge(workshop, request.viewer, said["item"], into=said["into"])


@changes
def statement(request, workshop, statement_id):
    """Move a statement to another item, or out as an item of its own."""
    said = _cleaned(forms.StatementPlaceForm(request.POST))
    return consolidating.move(workshop, request.viewer, statement_id, version=said["from_version"], to=said["to"])


@changes
def suggestions(request, workshop):
    """Answer whether two statements mean the same."""
    said = _cleaned(forms.SuggestionForm(request.POST))
    kept = consolidating.answer(workshop, request.viewer, said.pop("item"), **said)
    return kept if said["answer"] == Merge.Answer.ACCEPTED else None


@changes
def undo(request, workshop):
    """Take back the last change."""
    consolidating.undo(workshop, seen=_cleaned(forms.SeenForm(request.POST))["seen"])


@changes
def redo(request, workshop):
    """Do again what was taken back last."""
    consolidating.redo(workshop, seen=_cleaned(forms.SeenForm(request.POST))["seen"])


def _cleaned(form):
    if not form.is_valid():
        raise Invalid(form)
    return form.cleaned_data


# -- answering ---------------------------------------------------------------------------------------------------------
def _done(request, workshop, item):
    if request.htmx:
        return _board(request, workshop, part=True)
    done = board_words.after(request.resolver_match.url_name, workshop)
    if done:
        messages.success(request, done)
    place = f"#item-{item.public_id}" if item is not None else ""
    return redirect(reverse("consolidate", args=[workshop.public_id]) + place)


def _refused(request, workshop, reason, status, errors=None, item_id=None, **_place):
    """The board, or the form that was sent as it was typed, with why nothing was done."""
    workshop.refresh_from_db()
    if request.htmx:
        return _board(request, workshop, part=True, refusal=reason, status=status)
    name = request.resolver_match.url_name
    typed = {field: request.POST.get(field, "") for field in ("kind", "title", "definition")}
    if name == "board-words" and consolidating.items_of(workshop).filter(public_id=item_id).exists():
        return _panel(request, workshop, item_id, typed=typed, errors=errors, refusal=reason, status=status)
    added = typed | {"errors": errors} if "title" in request.POST else None
    return _board(request, workshop, refusal=reason, added=added, status=status)


def _board(request, workshop, *, part=False, refusal="", added=None, status=200):
    context = frame(request, workshop) | {
        "board": Board(workshop, request.GET.get("kind", ""), request.GET.get("q", "")),
        "kinds": Kind.choices,
        "refusal": refusal,
        "added": added,
        "to_item": _to_item(request, workshop),
    }
    template = "workshops/_board.html" if part else "workshops/consolidate.html"
    return render(request, template, context, status=status)


def _to_item(request, workshop):
    """Where items' panels are; short on the board's own page, for it stands there a thousand times."""
    is_at_home = request.htmx or request.method in ("GET", "HEAD")
    return "items/" if is_at_home else reverse("board-items", args=[workshop.public_id])


def _panel(request, workshop, item_id, *, typed=None, errors=None, refusal="", status=200):
    context = frame(request, workshop) | {
        "panel": Panel(workshop, item_id, typed),
        "typed": typed,
        "errors": errors or {},
        "refusal": refusal,
    }
    template = "workshops/_board_panel.html" if request.htmx else "workshops/consolidate_item.html"
    return render(request, template, context, status=status)
