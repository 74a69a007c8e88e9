"""What participants send while they rate. Forms clean; `workshops.rating` decides whether it is taken."""

from django import forms

from workshops.models import Rating
from workshops.writing_words import EVIDENCE_WORDS

from .write import ChoiceOrNothing, KeysField, Shared, VersionForm

LEVELS = [(str(n), str(n)) for n in range(1, 11)]  # the longest scale; a round's own is looked at when it is kept
SAME = [("2", "2"), ("1", "1"), ("0", "0")]
OTHER_ANSWERS = [Rating.Answer.UNKNOWN.value, Rating.Answer.NOT_REAL.value]


def _number_or_word(said):
    return int(said) if said.isdecimal() else said


class RatingForm(VersionForm):
    """How much an item matters, or why that cannot be said."""

    says = forms.TypedChoiceField(
        choices=[*LEVELS, *((word, word) for word in OTHER_ANSWERS)],
        coerce=_number_or_word,
        empty_value=None,
        required=False,
    )
    star = forms.BooleanField(required=False)


class MoreForm(VersionForm):
    """How well served, how well known, and whether one means the same."""

    satisfaction = ChoiceOrNothing(LEVELS)
    evidence = ChoiceOrNothing(EVIDENCE_WORDS)
    same_meaning = ChoiceOrNothing(SAME)


class BlocksForm(VersionForm):
    """Which goals a pain blocks, or none of them."""

    goal = KeysField(required=False)
    none = forms.BooleanField(required=False)

    def clean(self):
        """`goals`, as the rest of the code calls them; a tick at a goal goes before the one at none."""
        said = super().clean()
        return said | {"goals": said.get("goal", frozenset()), "none": said.get("none", False) and not said.get("goal")}


class ExpectedForm(VersionForm):
    """What most of the team will say."""

    expected = ChoiceOrNothing(LEVELS)


for form in (RatingForm, MoreForm, BlocksForm, ExpectedForm):
    form.base_fields = Shared(form.base_fields)
