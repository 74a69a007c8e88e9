"""The example's assumption map, how its people met each item, and two sides compared: what the style guide draws."""

from django.utils.translation import gettext as _

from .apart import Side, apart
from .assumptions import assumption_map
from .columns import Column
from .met import Met, MetLine, met
from .question import Question
from .square import Spot


def maps(marks):
    """The charts by name. `marks` are the example's roles by key."""
    columns = [Column(mark.name, mark.lens, mark) for key, mark in marks.items() if key != "other"]
    return {
        "assumptions": assumption_map([Spot(_(title), *rest, url="#assumptions") for title, *rest in ITEMS]),
        "met_few": met(_met_lines(MET), columns, people=9),
        "met_many": met(_met_lines(MET_MANY), columns, people=62, caption=_("How 62 people met each item.")),
        "aparts": _aparts(marks),
    }


def _met_lines(rows):
    return [
        MetLine(
            _(title), kind, "#met", tuple(Met(absence=cell) if isinstance(cell, str) else Met(*cell) for cell in row)
        )
        for title, kind, row in rows
    ]


def _aparts(marks):
    importance = Question(
        _("Chasing invoices is awkward"),
        "",
        ends=(_("hardly matters"), _("matters most")),
        measure=_("Importance"),
    )
    words = (_("guess"), _("anecdote"), _("several"), _("data"))
    evidence = Question(_("Retention money is forgotten"), "", 4, 0, words=words, measure=_("Evidence"))
    priya = Side("Priya Nair", marks["product"], 2)
    ruth = Side("Ruth Adler", marks["support"], 5, is_you=True)
    return [
        (_("Two people"), apart(importance, priya, ruth)),
        (_("Two roles"), apart(importance, _role(marks["engineering"], 1.5), _role(marks["support"], 4.5))),
        (
            _("A lens and the team"),
            apart(importance, Side(_("Sell"), lens="sell", level=4.5), Side(_("Team"), level=3.2)),
        ),
        (_("The same answer"), apart(evidence, _role(marks["design"], 1), _role(marks["executive"], 1))),
        (_("Only one has it"), apart(evidence, _role(marks["sales"], 3), _role(marks["engineering"], None))),
    ]


def _role(mark, level):
    return Side(mark.name, mark, level, absence="" if level is not None else "not_on_map")


# Title, importance, evidence, kind.
ITEMS = [
    ("Get paid on time", 4.9, 2.6, "goal"),
    ("Retention money is forgotten", 4.5, 0.4, "pain"),
    ("Tax falls due before the client pays", 4.6, 0.6, "pain"),
    ("Chasing invoices is awkward", 3.8, 1.1, "pain"),
    ("Spend no evenings on paperwork", 4.4, 0.5, "goal"),
    ("Keep a good name with regular clients", 4.5, 0.5, "goal"),
    ("Know what I can spend this week", 4.5, 0.4, "goal"),
    ("Disputed extras hold up the whole invoice", 4.2, 2.1, "pain"),
    ("The office learns too late that a job is done", 3.6, 1.6, "pain"),
    ("Spouse keeps a spreadsheet", 2.8, 2.2, "alternative"),
    ("WhatsApp reminders", 3.1, 0.3, "alternative"),
    ("The accountant’s software", 2.2, 1.9, "alternative"),
    ("Send the invoice from the site", 3.0, 0.8, "goal"),
    ("Factoring", 1.4, 0.2, "alternative"),
    ("Look professional to the client", 3.9, None, "goal"),
    ("Big clients pay when they like", 4.1, None, "pain"),
]
# Title, kind, and for each role who wrote it, recognised it, found it new, found it not real, withdrew, did not answer.
MET = [
    ("Chasing invoices is awkward", "pain", ((0, 1), (0, 1), (0, 1), (0, 2), (1,), (1,), (2,))),
    ("WhatsApp reminders", "alternative", ((0, 0, 0, 1), (0, 1), (0, 1), (0, 2), (0, 1), (1,), (1, 1))),
    ("Retention money is forgotten", "pain", ((0, 1), (0, 1), (0, 0, 1), (0, 0, 2), (0, 1), (0, 1), (1, 1))),
    (
        "Tax falls due before the client pays",
        "pain",
        ((1,), (0, 0, 0, 0, 1), (0, 1), (0, 1, 1), (0, 1), "hidden", (0, 2)),
    ),
    ("Spend no evenings on paperwork", "goal", ((0, 1), (1,), (0, 0, 0, 0, 0, 1), (1, 1), (0, 1), (0, 1), "asked")),
]
MET_MANY = [
    ("Get paid on time", "goal", ((2, 1), (3, 5), (1, 3), (6, 10, 2), (2, 3), (8, 4, 0, 0, 1), (9, 2))),
    (
        "No surprises at the bank",
        "goal",
        ("hidden", (1, 4, 3), (0, 2, 2), (1, 7, 8, 2), (1, 2, 2), (3, 7, 1, 1, 1), (4, 6, 1)),
    ),
    (
        "WhatsApp reminders",
        "alternative",
        ("hidden", (0, 3, 2, 3), (0, 1, 1, 2), (0, 4, 5, 8, 0, 1), (0, 2, 2, 1), (5, 6, 2), (7, 4)),
    ),
]
