"""What participants send while they write: each answer in JSON for the page that saves by itself, else as a page."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workshops import pace, writing, writing_limit, writing_seat, writing_submitting
from workshops.forms.write import KEY, PlaceForm, ReadinessForm, StatementForm, VersionForm
from workshops.models import Statement
from workshops.models.public_id import new_public_id
from workshops.writing_links import keys_of
from workshops.writing_pages import Sheet, shown
from workshops.writing_seat import Who

from . import write
from .opening import taking_part


class Invalid(Exception):
    """The form's errors, by field."""

    def __init__(self, errors):
        super().__init__()
        self.errors = {name: [str(error) for error in found] for name, found in errors.items()}


def taken(change):
    """Holds the stage open while somebody writes, and says why a write was not taken; nothing typed is lost."""

    @require_POST
    @wraps(change)
    def answer(request, public_id, **place):
        try:
            with writing_seat.held_open(Who.of(request.session, public_id)) as seat:
                writing_limit.take(seat.participant_id)
                return change(request, seat, public_id, **place)
        except (writing_seat.NotTakingPart, Statement.DoesNotExist):
            raise Http404 from None
        except writing_seat.Closed:
            return _closed(request, public_id)
        except writing.Stale as stale:
            return _stale(request, public_id, stale.current, **place)
        except Invalid as invalid:
            return _refused(request, public_id, invalid.errors, 422, **place)
        except writing.Refused as refused:
            return _refused(request, public_id, {"": [str(refused)]}, 422, **place)
        except writing_limit.TooFast:
            words = _("That was faster than anybody writes. Wait a second and send it again.")
            return _refused(request, public_id, {"": [words]}, 429, **place)

    return answer


@taken
def statement(request, seat, public_id, key):
    """Keep one statement."""
    version = _save(request, seat, key)
    if wants_json(request):
        return _saved(version, key)
    messages.success(request, _("Saved."))
    return redirect(_place(public_id, f"#statement-{key}"))


@taken
def deletion(request, seat, public_id, key):
    """Take a statement away, after keeping what the form says."""
    deleted = writing.delete(seat, _known(key), _version(request, seat, key))
    if wants_json(request):
        return _saved(deleted.version, key)
    return redirect(_place(public_id, f"?deleted={key}#deleted"))


@taken
def restoration(request, seat, public_id, key):
    """Bring a deleted statement back."""
    restored = writing.restore(seat, _known(key), cleaned(VersionForm(request.POST))["version"])
    if wants_json(request):
        return _saved(restored.version, key)
    messages.success(request, _("It is back."))
    return redirect(_place(public_id, f"#statement-{key}"))


@taken
def place(request, seat, public_id, key):
    """Move a statement up or down, after keeping what the form says."""
    to = cleaned(PlaceForm(request.POST))["to"]
    moved = writing.move(seat, _known(key), _version(request, seat, key), to=to)
    if wants_json(request):
        return _saved(moved.version, key)
    return redirect(_place(public_id, f"#statement-{key}"))


@taken
def readiness(request, seat, public_id):
    """Keep the warm-up."""
    saved = writing.save_readiness(seat, cleaned(ReadinessForm(request.POST)))
    if wants_json(request):
        return _saved(saved.version)
    return redirect("warm-up" if "sentence_only" in request.POST else "write-view", public_id)


def warm_up(request, public_id):
    """The page of the warm-up, or what it sends."""
    return readiness(request, public_id) if request.method == "POST" else write.warm_up(request, public_id)


@taken
def submission(request, seat, public_id):
    """Hand in what was written, or take it back."""
    if "take_back" in request.POST:
        writing_submitting.take_back(seat)
        messages.success(request, _("Taken back. Nothing of yours is in until you submit again."))
        return redirect("write-review", public_id)
    writing_submitting.submit(seat, pace.clean(request.POST))
    return redirect("write-thanks", public_id)


def wants_json(request):
    """Whether the page's own script asks, not a browser that opens what comes back."""
    return request.META.get("HTTP_ACCEPT", "").startswith("application/json")


# -- reading what was sent ---------------------------------------------------------------------------------------------
def cleaned(form):
    """What the form cleaned, or `Invalid`."""
    if not form.is_valid():
        raise Invalid(form.errors)
    return form.cleaned_data


def _known(key):
    """A key that could be one; whatever else an address holds names nothing."""
    if not KEY.match(key):
        raise Statement.DoesNotExist
    return key


def _save(request, seat, key):
    return writing.save(seat, _known(key), cleaned(StatementForm(request.POST)))


def _version(request, seat, key):
    """The version to change: without a script the whole form comes along, and is kept first."""
    if "label" in request.POST:
        return _save(request, seat, key)
    return cleaned(VersionForm(request.POST))["version"]


# -- answering ---------------------------------------------------------------------------------------------------------
def _place(public_id, where):
    return reverse("write-view", args=[public_id]) + where


def _saved(version, key=None):
    answer = {"version": version, "saved_at": timezone.now().isoformat(timespec="seconds")}
    if version == 1 and key is not None:
        answer["next"] = new_public_id()  # for the blank form after this one
    return JsonResponse(answer)


def _closed(request, public_id):
    if wants_json(request):
        words = _("This stage has closed; what you typed was not taken.")
        return JsonResponse({"reason": "closed", "words": words}, status=409)
    return write.closed(request, *taking_part(request, public_id), typed=request.POST, status=409)


def _stale(request, public_id, current, key=None):
    names = writing.TEXTS if key else ("strategy", *writing.QUESTIONS)
    theirs = {name: getattr(current, name) for name in names} if current else {}
    version = current.version if current else 0
    is_gone = key is not None and (current is None or current.deleted_at is not None)
    if wants_json(request):
        links = keys_of(current) if key and current else {}
        said = {"theirs": theirs | links, "shown": shown(theirs)}
        return JsonResponse({"reason": "stale", "version": version, "is_gone": is_gone} | said, status=409)
    workshop, _participant = taking_part(request, public_id)
    action = reverse("statement", args=[public_id, key]) if key else reverse("warm-up", args=[public_id])
    back = _place(public_id, f"#statement-{key}") if key else action
    context = {"version": version, "is_gone": is_gone, "action": action, "back": back}
    return write.stale(request, workshop, typed=request.POST, theirs=theirs, **context)


def _refused(request, public_id, errors, status, key=None):
    if wants_json(request):
        response = JsonResponse({"reason": "refused", "errors": errors}, status=status)
    else:
        response = _as_typed(request, public_id, errors, status, key)
    if status == 429:
        response["Retry-After"] = "1"
    return response


def _as_typed(request, public_id, errors, status, key):
    workshop, participant = taking_part(request, public_id)
    sheet = Sheet(participant)
    if key is not None:
        _known_or_404(participant, key)
        sheet.show_typed(key, request.POST, errors)
        return write.show_view(request, workshop, sheet, status=status)
    if request.resolver_match.url_name == "submission":
        return write.show_review(request, workshop, sheet, refusal=" ".join(errors.get("", [])), status=status)
    return write.show_warm_up(request, workshop, sheet, typed=request.POST, errors=errors, status=status)


def _known_or_404(participant, key):
    """What is wrong with a form is told only about one's own statement, or one that is not there yet."""
    if not KEY.match(key) or Statement.with_deleted.filter(public_id=key).exclude(participant=participant).exists():
        raise Http404
