"""What is asked about an item, and what the answers are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import Rating
from .models.item import Kind
from .writing_words import EVIDENCE_WORDS

# Asked of the customers' world, not of ours: the question, and the words at 1 and at 5.
QUESTIONS = {
    Kind.GOAL: (_("How much does it matter to these customers?"), _("hardly matters"), _("matters most")),
    Kind.PAIN: (_("How much does it hurt these customers?"), _("hardly hurts"), _("hurts most")),
    Kind.ALTERNATIVE: (_("How many of them do this today?"), _("hardly anybody"), _("nearly everybody")),
}
EXPECTED = _("What will most of the team say?")
OTHER = {
    Rating.Answer.UNKNOWN: _("New to me / can’t say"),
    Rating.Answer.NOT_REAL: _("Not in this customer’s world"),
}
SATISFACTION = {
    Kind.GOAL: (_("How well are they served with it today?"), _("not at all"), _("fully")),
    Kind.PAIN: (_("How well is it dealt with today?"), _("not at all"), _("fully")),
    Kind.ALTERNATIVE: (_("How well does it work for them?"), _("not at all"), _("fully")),
}
EVIDENCE = _("How do you know how much it matters?")
SAME_MEANING = _("Is this what you mean by it?")
SAME_WORDS = {
    "2": pgettext_lazy("meaning", "Same"),
    "1": pgettext_lazy("meaning", "Not sure"),
    "0": pgettext_lazy("meaning", "Different"),
}
BLOCKS = _("Which goals does it block?")
NONE = _("None of them")
STAR = _("Among what matters most")


def shown(said, titles=None):
    """What an answer says, line by line with its question: [(question, answer)]. What was not answered is left out.

    Parameters
    ----------
    said : dict
        Values by the names of form fields, as text.
    titles : dict, optional
        What the goals of the field `goal` are called, by their public ids.
    """
    titles = titles or {}
    lines = [
        (_("Your answer"), OTHER.get(said.get("says"), said.get("says"))),
        (STAR, _("yes") if said.get("star") else ""),
        (_("Served today"), said.get("satisfaction")),
        (EVIDENCE, EVIDENCE_WORDS.get(str(said.get("evidence")), "")),
        (SAME_MEANING, SAME_WORDS.get(str(said.get("same_meaning")), "")),
        (EXPECTED, said.get("expected")),
        (BLOCKS, ", ".join(titles.get(key, "") for key in said.get("goal") or ())),
        (BLOCKS, NONE if said.get("none") else ""),
    ]
    return [(str(question), str(answer)) for question, answer in lines if answer not in (None, "")]
