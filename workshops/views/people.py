"""The people of a workshop: everybody in it sees who takes part; facilitators add, invite and let in."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from workshops import people as domain
from workshops import people_page
from workshops.forms.people import MembersForm, PasteForm

from .opening import facilitated, frame, may_facilitate, workshop_for


@require_http_methods(["GET", "HEAD", "POST"])
def people(request, public_id):
    """Who takes part; a POST adds the people of a pasted list."""
    if request.method == "POST":
        return _add(request, public_id, PasteForm, "paste_form")
    workshop = workshop_for(request, public_id)
    return render_people(request, workshop, partial="#who" if request.GET.get("part") == "who" else "")


@require_POST
def members(request, public_id):
    """Add members of the team."""
    return _add(request, public_id, MembersForm, "members_form")


@require_POST
def invitations(request, public_id):
    """Invite everybody who has not been invited yet."""
    workshop = facilitated(request, public_id)
    count = domain.invite(workshop, domain.not_invited(workshop), request.viewer)
    if count:
        said = ngettext("An invitation is on its way.", "%(n)d invitations are on their way.", count)
        messages.success(request, said % {"n": count})
    else:
        messages.info(request, _("Everybody with an address has been invited."))
    return redirect("people", public_id)


def _add(request, public_id, form_class, name):
    workshop = facilitated(request, public_id)
    with transaction.atomic():
        domain.lock(workshop)  # before the form looks who is there, so that an equal post finds them
        form = form_class(request.POST, workshop=workshop)
        if form.is_valid():
            try:
                _tell_added(request, domain.add(workshop, form.newcomers, request.viewer))
            except domain.CannotChange as reason:
                form.add_error(None, str(reason))
    if not form.is_valid():
        return render_people(request, workshop, status=422, **{name: form})
    return redirect("people", public_id)


def _tell_added(request, added):
    said = ngettext(
        "%(name)s is in the workshop now, not invited yet.",
        "%(n)d people are in the workshop now, not invited yet.",
        len(added),
    )
    messages.success(request, said % {"name": added[0].name, "n": len(added)})


def render_people(request, workshop, *, paste_form=None, members_form=None, partial="", status=200):
    """The page, with a refused form as it was typed."""
    facilitates = may_facilitate(request.viewer, workshop)
    context = frame(request, workshop) | {"page": people_page.People(workshop, facilitates)}
    if facilitates and not partial:
        context |= {
            "paste_form": paste_form or PasteForm(workshop=workshop),
            "members_form": members_form or MembersForm(workshop=workshop),
        }
    return render(request, f"workshops/people.html{partial}", context, status=status)
