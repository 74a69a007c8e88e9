"""What the overview says about where the workshop is, and what each move of the stage does, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import stages
from .models import Workshop

Stage = Workshop.Stage


@dataclass(frozen=True)
class Move:
    """One move of the stage: its name, what it does, the words that do it; `why_not` where it is refused."""

    to: str
    name: str
    says: tuple[str, ...]
    press: str
    why_not: str = ""
    tells: int = 0  # how many people a mail can reach that says so


# -- where it is -------------------------------------------------------------------------------------------------------
def headline(overview):
    """Where it is, in one sentence."""
    return {
        Stage.SETUP: _("Nobody can write yet"),
        Stage.WRITE: _("Everybody writes alone"),
        Stage.CONSOLIDATE: _("Writing is closed"),
        Stage.RATE: _("Everybody rates alone"),
        Stage.LIVE: _("You talk about the differences")
        if overview.findings == "revealed"
        else _("The rating is closed"),
        Stage.CLOSED: _("The workshop is closed"),
    }[overview.workshop.stage]


def happening(overview):
    """What goes on now, and what nobody can see meanwhile."""
    if overview.workshop.stage == Stage.LIVE:
        return _after_rating(overview.findings)
    return {
        Stage.SETUP: _("Finish the brief, see that every voice is there, then open writing."),
        Stage.WRITE: _("What people write is hidden from everybody until the reveal, from you, too."),
        Stage.CONSOLIDATE: _("What was submitted is the material now: put together what means the same."),
        Stage.RATE: _("Until the rating closes, nobody can see an answer, and you see none either."),
        Stage.CLOSED: _("Nothing is asked any more. What came out of it stays here."),
    }[overview.workshop.stage]


def _after_rating(findings):
    return {
        "revealed": _("What the findings say, and what to talk about first, stands on the page of differences."),
        "prepared": _("Facilitators see what the findings say. Everybody else sees it when you reveal it."),
    }.get(findings, _("Nobody has seen an answer of anybody else yet, and you have not either."))


# -- onwards -----------------------------------------------------------------------------------------------------------
def onwards(overview):
    """The moves that go on from here, the next stage first. Opening writing is none of them: it asks more."""
    if overview.workshop.archived_at is not None:
        return []
    made = {
        Stage.SETUP: _rate_at_once,
        Stage.WRITE: _close_writing,
        Stage.CONSOLIDATE: _open_rating,
        Stage.RATE: _close_rating,
        Stage.LIVE: _close_workshop,
    }.get(overview.workshop.stage)
    return [move for move in [made and made(overview)] if move]


def _rate_at_once(overview):
    items = overview.items
    if not items["rated"] or not overview.everybody:
        return None
    says = (
        _("For workshops that begin with ready-made items: nobody writes, everybody rates these."),
        _items_said(items),
    )
    return Move(Stage.RATE, _("Skip writing and open the rating"), says, _("Open the rating now"))


def _close_writing(overview):
    says = (
        _("Nobody can write from then on. Drafts of those who are not in are not used; nobody is shown them."),
        _("You can open writing again as long as nobody has seen a result."),
    )
    why_not = stages.why_submit_first() if overview.must_submit_first else ""
    return Move(Stage.CONSOLIDATE, _("Close writing and consolidate"), says, _("Close it now"), why_not)


def _open_rating(overview):
    items = overview.items
    says = [_items_said(items)]
    if items["alone"]:
        says.append(
            ngettext(
                "%(n)d of them is one statement alone: look once more whether it means the same as another.",
                "%(n)d of them are one statement alone: look once more whether some mean the same as another.",
                items["alone"],
            )
            % {"n": items["alone"]}
        )
    says.append(_("Then everybody rates alone, and nobody sees an answer until you close the rating."))
    why_not = "" if items["rated"] else _("There is nothing to rate yet: no item, or all of them set aside.")
    return Move(Stage.RATE, _("Open the rating"), tuple(says), _("Open it now"), why_not, tells=overview.reachable)


def _items_said(items):
    said = ngettext("%(n)d item is rated", "%(n)d items are rated", items["rated"]) % {"n": items["rated"]}
    if items["aside"]:
        said += ", " + ngettext("%(n)d is set aside", "%(n)d are set aside", items["aside"]) % {"n": items["aside"]}
    return _("%(items)s. Their words are fixed from then on.") % {"items": said}


def _close_rating(overview):
    says = (
        closing_words(overview),
        _("The findings are computed from all that is saved; nobody is shown them yet."),
        _("You can open the rating again as long as nobody has seen a finding."),
    )
    return Move(Stage.LIVE, _("Close the rating: the findings are computed"), says, _("Close it now"))


def _close_workshop(overview):
    says = (
        _("Nothing is asked any more, and nobody new comes in by code. All pages stay as they are."),
        _("You can go back to the live session at any time."),
    )
    return Move(Stage.CLOSED, _("Close the workshop"), says, _("Close it now"))


def closing_words(overview):
    """What closing the stage does to those who are not in."""
    if overview.everybody and not overview.missing:
        return _("Everybody is in.")
    told = {"n": overview.submitted, "all": overview.everybody}
    if overview.workshop.stage == Stage.RATE:
        return (
            ngettext(
                "%(n)d of %(all)d is in; what the others have saved counts, too.",
                "%(n)d of %(all)d are in; what the others have saved counts, too.",
                overview.submitted,
            )
            % told
        )
    return (
        ngettext(
            "%(n)d of %(all)d is in; drafts of the others are not used.",
            "%(n)d of %(all)d are in; drafts of the others are not used.",
            overview.submitted,
        )
        % told
    )


# -- back --------------------------------------------------------------------------------------------------------------
def back(overview):
    """The move to the stage before, with why not where it is refused; None at setup and in the archive."""
    made = {
        Stage.WRITE: _back_to_setup,
        Stage.CONSOLIDATE: _open_writing_again,
        Stage.RATE: _back_to_consolidate,
        Stage.LIVE: _open_rating_again,
        Stage.CLOSED: _back_to_live,
    }.get(overview.workshop.stage)
    return made(overview) if made and overview.workshop.archived_at is None else None


def _back_to_setup(_overview):
    says = _(
        "Nobody can write until you open writing again. Nothing is deleted: what people wrote and submitted stays."
    )
    return Move(Stage.SETUP, _("Go back to setup"), (says,), _("Go back now"))


def _open_writing_again(overview):
    says = _(
        "Everybody can write and change what they wrote again, until you close writing. Nothing is deleted, and no mail"
        " goes out by itself."
    )
    why_not = _("Writing cannot be opened again: somebody has seen a result.") if overview.has_shown_results else ""
    return Move(Stage.WRITE, _("Open writing again"), (says,), _("Open it again now"), why_not)


def _back_to_consolidate(_overview):
    says = (
        _("Items can be put together and reworded again; nobody can rate until you open the rating anew."),
        _("It works only as long as nobody has rated anything. Else you are told so, and nothing changes."),
    )
    return Move(Stage.CONSOLIDATE, _("Go back to consolidate"), says, _("Go back now"))


def _open_rating_again(overview):
    says = _(
        "Everybody can rate and change what they rated again. Nothing is deleted; the findings are computed anew"
        " when you close it."
    )
    why_not = _("The rating cannot be opened again: somebody has seen findings of it.")
    return Move(
        Stage.RATE,
        _("Open the rating again"),
        (says,),
        _("Open it again now"),
        why_not if overview.has_shown_results else "",
    )


def _back_to_live(_overview):
    says = _("The workshop is open again, and people can come in by code. Nothing else changes.")
    return Move(Stage.LIVE, _("Go back to the live session"), (says,), _("Go back now"))
