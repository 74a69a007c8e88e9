"""What participants send while they write. Forms clean; `workshops.writing` decides whether it is taken."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.models.item import Kind
from workshops.writing_words import EVIDENCE_WORDS

from .texts import LabelField, MultilineTextField

KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{15}\Z")
MOST_VERSIONS = 2**31 - 1
LEVELS = [(str(n), str(n)) for n in range(1, 6)]
NO_VERSION = {
    "required": _("This came from a page that does not say which version it changes. Reload it and send it again."),
    "invalid": _("This came from a page that does not say which version it changes. Reload it and send it again."),
}


class KeysField(forms.Field):
    """Keys of statements; each once."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        """The keys, or an error in words when one cannot be a key."""
        if not all(KEY.match(key) for key in value or ()):
            raise forms.ValidationError(_("One of the ticks leads nowhere. Reload the page and tick again."))
        return frozenset(value or ())


class VersionForm(forms.Form):
    """Which version is being changed; 0 is what is not there yet. Nothing is written without."""

    version = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS, error_messages=NO_VERSION)


class ChoiceOrNothing(forms.TypedChoiceField):
    """A number out of a few, or none."""

    def __init__(self, choices, **kwargs):
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, **kwargs)


class StatementForm(VersionForm):
    """A goal, a pain or an alternative in somebody's words, and what it is linked to."""

    kind = forms.ChoiceField(choices=Kind)
    label = LabelField(max_length=120, required=False)
    meaning = MultilineTextField(max_length=600, required=False)
    evidence = ChoiceOrNothing(EVIDENCE_WORDS)
    example = MultilineTextField(max_length=600, required=False)
    blocks = KeysField(required=False)
    causes = KeysField(required=False)
    serves = KeysField(required=False)

    def clean(self):
        """A new one has at least one word."""
        said = super().clean()
        if (
            said.get("version") == 0
            and not self.errors
            and not any(said[name] for name in ("label", "meaning", "example"))
        ):
            raise forms.ValidationError({"label": _("Say it in a few words first.")})
        return said


class ReadinessForm(VersionForm):
    """The strategy in somebody's own words, and four questions about the team."""

    strategy = MultilineTextField(max_length=600, required=False)
    vision = ChoiceOrNothing(LEVELS)
    voice = ChoiceOrNothing(LEVELS)
    decides = ChoiceOrNothing(LEVELS)
    help = ChoiceOrNothing(LEVELS)


class PlaceForm(VersionForm):
    """Where a statement moves among those of its kind."""

    to = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


class Shared(dict):
    """Fields that no form changes, so that a new form need not copy them: else they cost more than the cleaning."""

    def __deepcopy__(self, memo):
        return self


for form in (VersionForm, StatementForm, ReadinessForm, PlaceForm):
    form.base_fields = Shared(form.base_fields)
