"""What participants send while they rate: each answer in JSON for the page that saves by itself, else as a page."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workshops import pace, rating, rating_finishing, rating_seat, rating_words, writing_limit
from workshops.forms.rate import BlocksForm, ExpectedForm, MoreForm, RatingForm
from workshops.models import Link
from workshops.rating_sheet import Card, Sheet
from workshops.seat_lock import Closed, NotTakingPart, Who

from . import rate
from .opening import taking_part
from .write_changes import Invalid, cleaned, wants_json


def taken(form_class, part):
    """Holds the rating open while somebody answers, and says why an answer was not taken; nothing chosen is lost."""

    def decorate(change):
        @require_POST
        @wraps(change)
        def answer(request, public_id, item_id):
            where = (request, public_id, item_id, part)
            try:
                with rating_seat.held_open(Who.of(request.session, public_id)) as seat:
                    writing_limit.take(seat.participant_id)
                    row = change(seat, item_id, cleaned(form_class(request.POST)))
                    _measure(seat, part, row, request.POST)
                    return _saved(*where, row, rating_finishing.look_how_far(seat))
            except (NotTakingPart, rating.NotAsked):
                raise Http404 from None
            except Closed:
                return _closed(request, public_id)
            except rating.Stale as stale:
                return _stale(*where, stale.current)
            except Invalid as invalid:
                return _refused(*where, invalid.errors, 422)
            except rating.Refused as refused:
                return _refused(*where, {"": [str(refused)]}, 422)
            except writing_limit.TooFast:
                words = _("That was faster than anybody answers. Wait a second and send it again.")
                return _refused(*where, {"": [words]}, 429)

        return answer

    return decorate


@taken(RatingForm, "rate")
def says(seat, item_id, said):
    """Keep how much an item matters."""
    return rating.say(seat, item_id, said)


@taken(MoreForm, "rate-more")
def more(seat, item_id, said):
    """Keep what was asked more closely."""
    return rating.say_more(seat, item_id, said)


@taken(BlocksForm, "rate-blocks")
def blocks(seat, item_id, said):
    """Keep which goals a pain blocks."""
    return rating.block(seat, item_id, said)


@taken(ExpectedForm, "rate-expected")
def expected(seat, item_id, said):
    """Keep what most of the team will say."""
    return rating.expect(seat, item_id, said)


@require_POST
def ending(request, public_id):
    """Come to the end, and leave out what is open."""
    try:
        with rating_seat.held_open(Who.of(request.session, public_id)) as seat:
            rating_finishing.end(seat)
    except NotTakingPart:
        raise Http404 from None
    except Closed:
        return _closed(request, public_id)
    return redirect("rate-done", public_id)


def done(request, public_id):
    """The page at the end, or the word that this is all."""
    return ending(request, public_id) if request.method == "POST" else rate.done(request, public_id)


def _measure(seat, part, row, posted):
    if row.version == 1 or part != "rate":
        pace.keep_one(seat.participant_id, pace.Part.RATE if part == "rate" else pace.Part.FOLLOW_UP, posted)


# -- answering ---------------------------------------------------------------------------------------------------------
def _saved(request, public_id, item_id, part, row, sheet):
    if wants_json(request):
        now = timezone.now().isoformat(timespec="seconds")
        return JsonResponse({"version": row.version, "saved_at": now, "left": sheet.left, "done": sheet.is_done})
    messages.success(request, _("Saved."))
    if sheet.is_done:
        return redirect("rate-done", public_id)
    cards = getattr(sheet, rate.CARDS[part])
    following = next((card for card in cards if not card.is_done), None)
    if following is None:
        return redirect(sheet.after(part), public_id)
    return redirect(reverse(part, args=[public_id]) + f"#card-{following.item.public_id}")


def _closed(request, public_id):
    if wants_json(request):
        words = _("The rating has closed; this answer was not taken.")
        return JsonResponse({"reason": "closed", "words": words}, status=409)
    workshop, participant = taking_part(request, public_id)
    return rate.closed(request, workshop, participant, typed=request.POST.dict(), status=409)


def _stale(request, public_id, item_id, part, row):
    theirs = _as_posted(row, part)
    named = [*theirs.get("goal", ()), *request.POST.getlist("goal")]
    titles = dict(row.round.workshop.items.filter(public_id__in=named).values_list("public_id", "title"))
    shown = rating_words.shown(theirs, titles)
    if wants_json(request):
        said = {"version": row.version, "is_gone": False, "theirs": theirs, "shown": shown}
        return JsonResponse({"reason": "stale"} | said, status=409)
    workshop, _participant = taking_part(request, public_id)
    back = reverse(part, args=[public_id]) + f"#card-{item_id}"
    context = {"version": row.version, "is_gone": False, "action": request.path, "back": back, "titles": titles}
    return rate.stale(request, workshop, typed=request.POST, theirs=shown, **context)


def _as_posted(row, part):
    """The kept answer by the names of the form's fields, of this part alone: no page shows one beside another."""
    if part == "rate":
        return {"says": Card(row.item, row, is_own=False).says, "star": "on" if row.star else ""}
    if part == "rate-expected":
        return {"expected": _text(row.expected)}
    if part == "rate-more":
        return {name: _text(getattr(row, name)) for name in ("satisfaction", "evidence", "same_meaning")}
    links = Link.objects.filter(participant=row.participant_id, kind=Link.Kind.BLOCKS, from_item=row.item)
    drawn = list(links.filter(drawn=True).values_list("to_item__public_id", flat=True))
    return {"goal": drawn, "none": "on" if links.exists() and not drawn else ""}


def _text(number):
    return "" if number is None else str(number)


def _refused(request, public_id, item_id, part, errors, status):
    if wants_json(request):
        response = JsonResponse({"reason": "refused", "errors": errors}, status=status)
    else:
        sheet = Sheet(*taking_part(request, public_id))
        if item_id not in {item.public_id for item in sheet.items}:
            raise Http404
        typed = (item_id, request.POST)
        response = rate.show_part(request, sheet, part, typed=typed, errors=errors, status=status)
    if status == 429:
        response["Retry-After"] = "1"
    return response
