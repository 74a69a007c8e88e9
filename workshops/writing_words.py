"""The words of the writing pages: headings, questions, and examples from trades that are nobody's here."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Link
from .models.item import Kind

EVIDENCE_WORDS = {
    "0": pgettext_lazy("evidence", "Guess"),
    "1": pgettext_lazy("evidence", "Anecdote"),
    "2": pgettext_lazy("evidence", "Several"),
    "3": pgettext_lazy("evidence", "Data"),
}

SECTIONS = {
    Kind.GOAL: {
        "part": "goals",
        "rail": _("Goals"),
        "another": _("Another goal"),
        "heading": _("Goals"),
        "question": _("What do these customers want to reach?"),
        "name": _("Goal"),
        "new": _("Add a goal"),
        "hint": _("Two or three are plenty."),
        "missing": _("You have named no goal yet."),
        "example": [
            _("From another trade, a bakery:"),
            _("Sold out by noon"),
            _("Nothing baked goes in the bin. I would notice it when shelves are empty and nobody left without bread."),
        ],
    },
    Kind.PAIN: {
        "part": "pains",
        "rail": _("Pains"),
        "another": _("Another pain"),
        "heading": _("Pains"),
        "question": _("What stands in their way, and hurts?"),
        "name": _("Pain"),
        "new": _("Add a pain"),
        "hint": _("Two or three are plenty."),
        "missing": _("You have named no pain yet."),
        "example": [
            _("From another trade, a hospital ward:"),
            _("Nobody knows who is on call"),
            _("The night nurse rings three people before one answers. The list by the phone shows it."),
        ],
    },
    Kind.ALTERNATIVE: {
        "part": "alternatives",
        "rail": pgettext_lazy("part", "Alternatives"),
        "another": _("Another alternative"),
        "heading": _("What they do today instead"),
        "question": _("A competitor, a way around, or doing nothing: what do they use now?"),
        "name": _("Alternative"),
        "new": _("Add an alternative"),
        "hint": _("One or two are plenty."),
        "missing": _("You have not said what they do today instead."),
        "example": [
            _("From another trade, a library:"),
            _("Ask the one colleague who remembers"),
            _("Instead of searching the catalogue they walk over to her desk. It shows when she is on holiday."),
        ],
    },
}

LINK_WORDS = {
    Kind.GOAL: {},
    Kind.PAIN: {
        Link.Kind.BLOCKS: {
            "legend": _("This pain stands in the way of"),
            "kinds": [Kind.GOAL],
            "is_folded": False,
            "unnamed": _("a goal without a name yet"),
        },
        Link.Kind.CAUSES: {
            "legend": _("This pain causes"),
            "kinds": [Kind.PAIN],
            "is_folded": True,
            "unnamed": _("a pain without a name yet"),
        },
    },
    Kind.ALTERNATIVE: {
        Link.Kind.SERVES: {
            "legend": _("It helps them with"),
            "kinds": [Kind.GOAL, Kind.PAIN],
            "is_folded": False,
            "unnamed": _("one without a name yet"),
        },
    },
}

# The four questions of the warm-up: name, question, and the words at both ends of 1 to 5.
READINESS = [
    ("vision", _("The vision of where we are going is clear to me."), _("not at all"), _("entirely")),
    ("voice", _("I can say here what I think."), _("never"), _("always")),
    ("decides", _("It is clear who decides."), _("not at all"), _("entirely")),
    ("help", _("We help each other."), _("never"), _("always")),
]
