"""What facilitators send while they put items together. Forms clean; `workshops.consolidating` decides what is done."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from workshops.models import Merge
from workshops.models.item import Kind

from .texts import LabelField, MultilineTextField
from .write import KEY, MOST_VERSIONS, NO_VERSION, VersionForm

KNOWN = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_-]{0,15}):([0-9]{1,9})\Z", re.ASCII)
LEADS_NOWHERE = _("This leads nowhere. Reload the page and choose again.")


class KnownItemField(forms.CharField):
    """An item and the version that the page knew, as `public id:version`: a pair, or None."""

    def clean(self, value):
        """The pair; an error in words when it cannot be one."""
        text = super().clean(value)
        if not text:
            return None
        match = KNOWN.match(text)
        if match is None:
            raise forms.ValidationError(LEADS_NOWHERE)
        return match[1], int(match[2])


class KnownItemsField(forms.Field):
    """Several of them, each once, in the order chosen."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        """The pairs, or an error in words."""
        chosen = [KnownItemField().clean(each) for each in value or ()]
        return list(dict(chosen).items())


class KeyField(forms.CharField):
    """A public id, or nothing where nothing is allowed."""

    def clean(self, value):
        """The id; an error in words when it cannot be one."""
        text = super().clean(value)
        if text and not KEY.match(text):
            raise forms.ValidationError(LEADS_NOWHERE)
        return text


class Words(forms.Form):
    """What an item is called, and what is meant by it."""

    title = LabelField(max_length=200, error_messages={"required": _("Say it in a few words first.")})
    definition = MultilineTextField(max_length=600, required=False)


class NewItemForm(Words):
    """An item that nobody wrote."""

    kind = forms.ChoiceField(choices=Kind)


class ItemWordsForm(Words, VersionForm):
    """Other words for an item."""


class ItemPlaceForm(VersionForm):
    """Under which item another one stands; none when empty."""

    parent = KeyField(required=False)


class AsideForm(VersionForm):
    """Whether an item is left out of the rating."""

    set_aside = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class MergeForm(forms.Form):
    """Items to put together; the first is kept unless `into` names another one of them."""

    item = KnownItemsField()
    into = KeyField(required=False)


class StatementPlaceForm(forms.Form):
    """Where a statement goes; an item of its own when `to` is empty."""

    from_version = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS, error_messages=NO_VERSION)
    to = KnownItemField(required=False)


class SuggestionForm(forms.Form):
    """Two statements, the items that hold them, and whether they mean the same."""

    one = KeyField()
    other = KeyField()
    answer = forms.ChoiceField(choices=Merge.Answer)
    item = KnownItemsField()


class SeenForm(forms.Form):
    """The last change that the page knew of; 0 when there was none."""

    seen = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS, error_messages=NO_VERSION)
