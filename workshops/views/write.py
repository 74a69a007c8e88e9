"""The pages on which one person writes alone: warm-up, their view of the customer, look over, thanks."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from workshops import promises, writing, writing_seat
from workshops.writing_pages import Sheet, shown
from workshops.writing_words import EVIDENCE_WORDS, READINESS

from .opening import frame, taking_part


def for_writers(show):
    """A page for people who take part, while they may write; else what they need to know instead."""

    @require_safe
    def page(request, public_id):
        workshop, participant = taking_part(request, public_id)
        if not writing_seat.is_open(workshop, participant):
            return closed(request, workshop, participant)
        return show(request, workshop, participant)

    return page


@for_writers
def write(request, workshop, participant):
    """Leads to where this person goes on."""
    name, place = Sheet(participant).first_unfinished
    return redirect(reverse(name, args=[workshop.public_id]) + place)


@for_writers
def warm_up(request, workshop, participant):
    """The strategy in one's own words first; then what the brief says, and four questions."""
    return show_warm_up(request, workshop, Sheet(participant))


@for_writers
def view(request, workshop, participant):
    """Goals, pains and what they do today instead."""
    return show_view(request, workshop, Sheet(participant))


@for_writers
def review(request, workshop, participant):
    """Everything once more, and what is missing."""
    return show_review(request, workshop, Sheet(participant))


@for_writers
def thanks(request, workshop, participant):
    """What happens next, for those who have submitted."""
    if not participant.has_submitted:
        return redirect("write-review", workshop.public_id)
    return _show(request, workshop, Sheet(participant), "write_thanks.html")


def show_warm_up(request, workshop, sheet, *, typed=None, errors=None, status=200):
    """The warm-up, as kept or as typed; the brief's strategy only for those who have met the question."""
    said = sheet.readiness
    kept = {} if said is None else {name: getattr(said, name) for name in ("strategy", *writing.QUESTIONS)}
    values = kept if typed is None else typed
    context = {
        "strategy": values.get("strategy", ""),
        "version": said.version if said else 0,
        "brief": workshop.strategy if said else "",
        "questions": [
            {"name": name, "words": words, "ends": ends, "value": str(values.get(name) or "")}
            for name, words, *ends in READINESS
        ],
        "errors": errors or {},
    }
    return _show(request, workshop, sheet, "write_warm_up.html", context, status)


def show_view(request, workshop, sheet, *, status=200):
    """The statements; a deleted one that the address names can be brought back at once."""
    just_deleted = next((row for row in sheet.deleted if row.public_id == request.GET.get("deleted")), None)
    context = {"just_deleted": just_deleted, "evidence": EVIDENCE_WORDS.items(), "is_part": True}
    return _show(request, workshop, sheet, "write_view.html", context, status)


def show_review(request, workshop, sheet, *, refusal="", status=200):
    """The last look before submitting."""
    return _show(request, workshop, sheet, "write_review.html", {"refusal": refusal}, status)


def _show(request, workshop, sheet, template, context=None, status=200):
    """A writing page, or only its rail when the page asks for that again."""
    if request.method == "GET" and request.GET.get("part") == "rail":
        template = "_write_rail.html"
    everything = frame(request, workshop) | {
        "sheet": sheet,
        "until_the_reveal": promises.until_the_reveal(),
        "reuse": promises.reuse(),
        "promise": promises.sentence(workshop),
    }
    return render(request, f"workshops/{template}", everything | (context or {}), status=status)


def closed(request, workshop, participant, *, typed=None, status=200):
    """Nothing is taken now; what was typed comes back to be copied."""
    context = frame(request, workshop) | {"is_early": workshop.stage == "setup", "typed": shown(typed or {})}
    return render(request, "workshops/write_closed.html", context, status=status)


def stale(request, workshop, *, typed, theirs, **context):
    """Both texts, and the person chooses; keeping one's own sends it again as a change of what stands there now."""
    fields = [(name, value) for name, values in typed.lists() for value in values if name not in NOT_SENT_AGAIN]
    return render(
        request,
        "workshops/write_choice.html",
        frame(request, workshop) | {"mine": shown(typed), "theirs": shown(theirs), "fields": fields} | context,
        status=409,
    )


NOT_SENT_AGAIN = {"version", "csrfmiddlewaretoken", "to", "skip"}
