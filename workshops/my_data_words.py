"""What the page "My data" says, where the file has keys and figures."""

from django.utils.translation import gettext as _

from .models import Link, Rating
from .models.item import Kind
from .writing_words import EVIDENCE_WORDS

KINDS, LINKS, ANSWERS = dict(Kind.choices), dict(Link.Kind.choices), dict(Rating.Answer.choices)


def in_words(data):
    """The same as `my_data.of` gives, for people to read."""
    return data | {
        "statements": [_statement(said) for said in data["statements"]],
        "links": [said | {"kind": LINKS[said["kind"]]} for said in data["links"]],
        "ratings": [said | {"answer": ANSWERS[said["answer"]], "more": _more(said)} for said in data["ratings"]],
    }


def _statement(said):
    known = EVIDENCE_WORDS.get(str(said["evidence"]), "")
    return said | {"kind": KINDS[said["kind"]], "evidence": known}


def _more(said):
    """What was answered beside the importance, in one line."""
    names = {
        "satisfaction": _("well served today: %(n)d"),
        "evidence": _("evidence: %(n)d"),
        "expected": _("the team will say: %(n)d"),
        "same_meaning": _("what I mean by it: %(n)d"),
        "fist": _("fist to five: %(n)d"),
    }
    lines = [words % {"n": said[name]} for name, words in names.items() if name in said]
    return " · ".join([_("matters most"), *lines] if said["star"] else lines)
