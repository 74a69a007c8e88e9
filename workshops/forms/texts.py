"""Fields for what people write, kept as they wrote it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .teams import PlainTextField

BROKEN = re.compile("[\ud800-\udfff\ufffd]")
TOO_LONG = {
    "max_length": ngettext_lazy(
        "This is too long: at most %(limit_value)d character, and it has %(show_value)d.",
        "This is too long: at most %(limit_value)d characters, and it has %(show_value)d.",
        "limit_value",
    ),
    "null_characters_not_allowed": _("This text holds a broken character. Please type it again."),
}


class LabelField(PlainTextField):
    """One line in somebody's own words."""

    default_error_messages = TOO_LONG

    def clean(self, value):
        """The text, or an error in words."""
        return refuse_broken(super().clean(value))


class MultilineTextField(forms.CharField):
    """A text of several lines: line breaks stay, and count as one character as they do in a browser."""

    default_error_messages = TOO_LONG
    widget = forms.Textarea

    def to_python(self, value):
        """The text with one kind of line break."""
        text = super().to_python((value or "").replace("\r\n", "\n").replace("\r", "\n"))
        return refuse_broken(text)


def refuse_broken(text):
    """The text; refused when a character of it is broken, for PostgreSQL cannot keep it and no page can show it.

    Half an emoji, as a program that cuts texts leaves it, arrives as the replacement character.
    """
    if BROKEN.search(text):
        raise forms.ValidationError(TOO_LONG["null_characters_not_allowed"])
    return text
