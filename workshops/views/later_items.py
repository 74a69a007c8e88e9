"""Items that a facilitator adds while the rating is open, each asked about in a round of its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workshops import rating_round
from workshops.forms.later_item import LaterItemForm

from .opening import facilitated, frame


@require_http_methods(["GET", "HEAD", "POST"])
def later_item(request, public_id):
    """Ask for the words, and add the item; a page that was left open says why when it is too late."""
    workshop = facilitated(request, public_id)
    if request.method != "POST":
        return _asked(request, workshop, LaterItemForm(workshop=workshop, initial={"continues": request.GET.get("of")}))
    form = LaterItemForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return _asked(request, workshop, form, status=422)
    said = form.cleaned_data
    try:
        item = rating_round.add_later(
            workshop, said["title"], said["definition"], continues=said["continues"], viewer=request.viewer
        )
    except rating_round.CannotAdd as reason:
        return _asked(request, workshop, form, refusal=str(reason), status=409)
    messages.success(
        request, _("“%(title)s” is in. Everybody is asked about it, also who is through.") % {"title": item}
    )
    return redirect("later-item", public_id)


def _asked(request, workshop, form, *, refusal="", status=200):
    """The page: what was added so far, and the form with what was typed."""
    context = frame(request, workshop) | {
        "form": form,
        "refusal": refusal,
        "takes_more": rating_round.takes_more(workshop),
        "added": rating_round.added(workshop),
    }
    return render(request, "workshops/later_item.html", context, status=status)
