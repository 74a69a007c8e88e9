"""The glossary of a workshop: everybody in it reads it once results are revealed; facilitators write it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workshops import glossary as domain
from workshops.forms.glossary import EntryForm

from .opening import facilitated, frame, may_facilitate, workshop_for

REMOVED = "glossary removed"  # in the session: what was taken out last, to be put back


@require_http_methods(["GET", "HEAD", "POST"])
def glossary(request, public_id):
    """The entries; a POST adds one."""
    if request.method != "POST":
        workshop = workshop_for(request, public_id)
        part = "#glossary" if request.GET.get("part") == "glossary" else ""
        return _page(request, workshop, part=part)
    workshop = facilitated(request, public_id)
    form = EntryForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return _page(request, workshop, form=form, status=422)
    said = form.cleaned_data
    try:
        entry = domain.add(workshop, said["term"], said["meaning"], said["item"])
    except domain.CannotChange as reason:
        form.add_error("term", str(reason))
        return _page(request, workshop, form=form, status=409)
    request.session.pop(REMOVED, None)
    messages.success(request, _("“%(term)s” is in the glossary.") % {"term": entry.term})
    return redirect("glossary", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, public_id, entry_id):
    """Change one entry; a stale page shows both texts, and whoever sits there decides."""
    workshop = facilitated(request, public_id)
    found = workshop.glossary.select_related("item").filter(public_id=entry_id).first()
    if request.method != "POST":
        return redirect("glossary", public_id) if found is None else _asked(request, workshop, found)
    form = EntryForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return _asked(request, workshop, found, form=form, status=422)
    said = form.cleaned_data
    version = said.pop("version")
    try:
        domain.change(workshop, entry_id, version, **said)
    except domain.Stale as stale:
        return _asked(request, workshop, stale.entry, form=form, is_stale=True, status=409)
    except domain.CannotChange as reason:
        form.add_error("term", str(reason))
        return _asked(request, workshop, found, form=form, status=409)
    messages.success(request, _("Saved."))
    return redirect("glossary", public_id)


@require_POST
def removal(request, public_id, entry_id):
    """Take one entry out; the page then offers to put it back."""
    workshop = facilitated(request, public_id)
    version = request.POST.get("version", "")
    try:
        gone = domain.remove(workshop, entry_id, int(version) if version.isdecimal() else -1)
    except domain.Stale:
        messages.warning(request, _("It was changed meanwhile, so it is still there. Look at it again."))
        return redirect("glossary", public_id)
    item = gone.item.public_id if gone.item else ""
    request.session[REMOVED] = {"of": public_id, "term": gone.term, "meaning": gone.meaning, "item": item}
    return redirect("glossary", public_id)


def _page(request, workshop, *, form=None, part="", status=200):
    """The page, with a refused form as it was typed."""
    writes = may_facilitate(request.viewer, workshop)
    may_see = workshop.is_revealed or writes
    removed = request.session.get(REMOVED) if writes else None
    context = frame(request, workshop) | {
        "may_see": may_see,
        "entries": domain.told(workshop, workshop.items.all()) if may_see else [],
        "offers": domain.offers(workshop) if writes else [],
        "form": form or EntryForm(workshop=workshop),
        "removed": removed if removed and removed["of"] == workshop.public_id else None,
    }
    return render(request, f"workshops/glossary.html{part}", context, status=status)


def _asked(request, workshop, found, *, form=None, is_stale=False, status=200):
    """The form of one entry, with what was typed; beside it, where somebody was faster, what it says now."""
    if form is None:
        item = found.item.public_id if found.item else None
        said = {"term": found.term, "meaning": found.meaning, "item": item, "version": found.version}
        form = EntryForm(workshop=workshop, initial=said)
    context = frame(request, workshop) | {"form": form, "entry": found, "is_stale": is_stale}
    return render(request, "workshops/glossary_entry.html", context, status=status)
