"""The pages on which one person rates alone: how much, a closer look, what blocks what, what the others say."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from workshops import promises, rating, rating_seat, rating_words
from workshops.rating_sheet import Sheet
from workshops.writing_words import EVIDENCE_WORDS

from .opening import frame, taking_part

CARDS = {"rate": "cards", "rate-more": "more", "rate-blocks": "blocks", "rate-expected": "expected"}


def for_raters(show):
    """A page for people who take part, while they may rate; else what they need to know instead."""

    @require_safe
    def page(request, public_id):
        workshop, participant = taking_part(request, public_id)
        if not rating_seat.is_open(workshop):
            return closed(request, workshop, participant)
        return show(request, Sheet(workshop, participant))

    return page


def _part(name):
    @for_raters
    def page(request, sheet):
        if name != "rate" and not getattr(sheet, CARDS[name]):
            return redirect(sheet.after(name), sheet.workshop.public_id)
        return show_part(request, sheet, name)

    return page


rate = _part("rate")
more = _part("rate-more")
blocks = _part("rate-blocks")
expected = _part("rate-expected")


@for_raters
def done(request, sheet):
    """Thanks, and what happens next; before the last answer, what is open and that it may be left out."""
    return _show(request, sheet, "rate_done.html", {"part": "rate-done"})


def show_part(request, sheet, name, *, typed=None, errors=None, status=200):
    """All cards of one part: as kept, or one of them as `typed` by (the item's id, the form) with what is wrong."""
    cards = getattr(sheet, CARDS[name])
    current = next((card for card in cards if not card.is_done), cards[0] if cards else None)
    if current is not None:
        current.is_current = True
    for card in cards:
        if typed is not None and card.item.public_id == typed[0]:
            card.show_typed(typed[1])
            card.errors = tuple(error for found in (errors or {}).values() for error in found)
    onwards = sheet.following(name)
    context = {
        "part": name,
        "cards": cards,
        "onwards": reverse(onwards, args=[sheet.workshop.public_id]),
        "next_part": onwards,
        "words": rating_words,
        "most_stars": rating.MOST_STARS,
        "evidence": EVIDENCE_WORDS.items(),
        "done": sum(card.is_done for card in cards),
    }
    return _show(request, sheet, f"{name.replace('-', '_')}.html", context, status)


def closed(request, workshop, participant, *, typed=None, status=200):
    """Nothing is taken now; what was chosen comes back in words."""
    stages = list(workshop.Stage)
    is_early = stages.index(workshop.stage) < stages.index(workshop.Stage.RATE)
    context = {"is_early": is_early, "typed": rating_words.shown(typed or {})}
    return render(request, "workshops/rate_closed.html", frame(request, workshop) | context, status=status)


def stale(request, workshop, *, typed, theirs, **context):
    """Both answers, and the person chooses."""
    fields = [(name, value) for name, values in typed.lists() for value in values if name not in NOT_SENT_AGAIN]
    said = {name: typed.getlist(name) if name == "goal" else typed.get(name) for name in typed}
    both = {"mine": rating_words.shown(said, context.pop("titles")), "theirs": theirs, "fields": fields}
    return render(request, "workshops/write_choice.html", frame(request, workshop) | both | context, status=409)


def _show(request, sheet, template, context, status=200):
    everything = frame(request, sheet.workshop) | {
        "sheet": sheet,
        "promise": promises.sentence(sheet.workshop),
        "until_the_reveal": promises.until_the_reveal(),
    }
    return render(request, f"workshops/{template}", everything | context, status=status)


NOT_SENT_AGAIN = {"version", "csrfmiddlewaretoken", "seconds"}
