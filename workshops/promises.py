"""What a workshop promises about who sees what, in the words that people read before they answer."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Workshop

Candour = Workshop.Candour


def sentence(workshop):
    """The promise in one sentence, as it stands where people write."""
    if workshop.candour == Candour.OPEN:
        return _("After the reveal, everybody who takes part, and the facilitator, sees who answered what, by name.")
    if workshop.candour == Candour.ROLES:
        return ngettext(
            "No names, ever: a role is shown only where at least %(k)d person of it answered.",
            "No names, ever: a role is shown only where at least %(k)d people of it answered.",
            workshop.k,
        ) % {"k": workshop.k}
    return ngettext(
        "No names and no roles, ever: only results of the whole team, from %(k)d person on.",
        "No names and no roles, ever: only results of the whole team, from %(k)d people on.",
        workshop.k,
    ) % {"k": workshop.k}


def at_the_reveal(workshop):
    """Who sees what from the moment on in which everything is revealed: one sentence for each kind of reader."""
    if workshop.candour == Candour.OPEN:
        return [
            _("Everybody who takes part, and every facilitator, sees who answered what and who wrote what, by name."),
            _("Observers, and members of the team who do not take part, see it without names."),
        ]
    return [
        _("Everybody who takes part, observers and the team see the findings and what was written, without names."),
        sentence(workshop),
    ]


def of_one_item(workshop):
    """Who sees what of an item that is revealed on its own."""
    return at_the_reveal(workshop)[0] if workshop.candour == Candour.OPEN else sentence(workshop)


def until_the_reveal():
    """What holds in every mode while answers are collected."""
    return _("Until this stage closes, nobody can see what you write, not even the facilitator.")


def reuse():
    """What becomes of the words."""
    return _("Your label and meaning may become an item that everyone rates, without your name.")


def honest_limits():
    """What no mode can promise."""
    return [
        _("Whoever runs the server can read its database."),
        _("Colleagues may recognise how you write."),
        _("Nobody can keep others from taking a picture of the screen."),
    ]


def table(k_roles=3, k_team=5):
    """What each mode shows, in plain words.

    Returns
    -------
    list of (str, str, str, str)
        What it is about, and what *open*, *roles* and *team* show of it.
    """
    nothing = _("not shown")
    bars = _("as bars, from %(k)d people on")
    return [
        (
            _("One person’s answer"),
            _("with the name, after the reveal"),
            _("“one answer stands apart”: no name, no value"),
            nothing,
        ),
        (
            _("A role’s answers"),
            _("however small the role, after the reveal"),
            _("from %(k)d people of a role on, and never so that the rest can be worked out") % {"k": k_roles},
            nothing,
        ),
        (_("How everybody’s answers lie"), _("one mark a person"), bars % {"k": k_roles}, bars % {"k": k_team}),
        (
            _("What people wrote"),
            _("with the author, after the reveal"),
            _("without author, in an order that does not tell"),
            _("without author, in an order that does not tell"),
        ),
        (
            _("The four warm-up questions"),
            _("the whole team’s answers, from 5 people on"),
            _("the whole team’s answers, from 5 people on"),
            _("the whole team’s answers, from 5 people on"),
        ),
        (_("The strategy in your words"), *[_("side by side, without authors")] * 3),
        (
            _("Who has submitted"),
            _("names, to the facilitator"),
            _("a count that moves with a delay"),
            _("a count that moves with a delay"),
        ),
        (
            _("Before the reveal, the facilitator sees"),
            _("findings without names"),
            _("findings without names"),
            _("findings of the whole team"),
        ),
        (
            _("Files"),
            _("all answers but the warm-up, after the reveal"),
            _("results as on the pages; your own answers"),
            _("results as on the pages; your own answers"),
        ),
    ]
