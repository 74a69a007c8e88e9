"""What the rating pages ask about an item of a kind: the question and the words at both ends of its scale."""

import json

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops import rating_words

register = template.Library()


@register.simple_tag
def question(kind):
    """(question, word at 1, word at 5) of how much it matters."""
    return rating_words.QUESTIONS[kind]


@register.simple_tag
def served(kind):
    """(question, word at 1, word at 5) of how well they are served."""
    return rating_words.SATISFACTION[kind]


@register.simple_tag
def time_left(sheet, part):
    """What is left in words, and what the page needs to count it down by itself while somebody answers."""
    words = [_time_left(minutes, sheet.is_measured) for minutes in range(sheet.minutes_left + 1)]
    others = [each for each in sheet.parts if each.name != part]
    return {
        "now": words[-1],
        "words": json.dumps(words, ensure_ascii=False),
        "each": round(sheet.seconds_each(part)),
        "others": round(sum(each.left * sheet.seconds_each(each.name) for each in others)),
    }


def _time_left(minutes, is_measured):
    if not minutes:
        return _("All there, thank you")
    if is_measured:
        return ngettext("%(n)d minute left", "%(n)d minutes left", minutes) % {"n": minutes}
    return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}
