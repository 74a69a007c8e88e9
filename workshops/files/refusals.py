"""Why a file is refused: paths into it, and reasons in plain words."""

import json
import math
import re
from typing import NamedTuple

from django.utils.translation import gettext

SHOWN = 20
WHOLE_FILE = "(file)"

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_LONGEST_VALUE = 40


class Problem(NamedTuple):
    """One thing wrong with a file: where, and why it cannot stay."""

    path: str
    reason: str

    def __str__(self):
        return f"{self.path}: {self.reason}"


class FileRefused(Exception):
    """The file is not taken; `problems` holds the first of what is wrong, `more` counts the rest.

    `at_least` says that reading stopped early, so that there may be more than `more`.
    """

    def __init__(self, problems, more=0, *, at_least=False):
        self.problems = tuple(problems)
        self.more = more
        self.at_least = at_least
        super().__init__(str(self))

    def __str__(self):
        lines = [str(problem) for problem in self.problems]
        if self.more:
            rest = gettext("and at least %(more)d more") if self.at_least else gettext("and %(more)d more")
            lines.append(rest % {"more": self.more})
        return "\n".join(lines)


class Problems:
    """Collects what is wrong with one file: keeps the first few, counts the rest."""

    def __init__(self):
        self.first = []
        self.count = 0

    def add(self, location, reason, **values):
        """Note a problem at `location`, a tuple of keys and positions; `reason` is a message to translate."""
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(Problem(self.path(location), gettext(reason) % values))

    def path(self, location):
        """Write a location as people read it."""
        return path_text(location)

    def refuse_if_any(self, *, at_least=False):
        """Raise FileRefused when at least one problem was noted; `at_least` if the search for them was cut short."""
        if self.count:
            raise FileRefused(self.first, more=self.count - len(self.first), at_least=at_least)


def path_text(location):
    """Write a location as people read it: ``rounds[0].ratings[3].importance``."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif _PLAIN_KEY.fullmatch(step):
            path += f".{step}" if path else step
        else:
            path += f"[{value_text(step)}]"
    return path or WHOLE_FILE


def value_text(value):
    """Show a value from a file in a message: JSON on one line, shortened, lists and objects only by what they are."""
    if isinstance(value, dict):
        return gettext("an object")
    if isinstance(value, list | tuple):
        return gettext("a list")
    if isinstance(value, float) and not math.isfinite(value):
        return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(value, "NaN")
    if isinstance(value, int) and abs(value) >= 10**_LONGEST_VALUE:
        return gettext("a very large number")
    if isinstance(value, str) and len(value) > _LONGEST_VALUE:
        return json.dumps(value[:_LONGEST_VALUE]) + "…"
    return json.dumps(value)
