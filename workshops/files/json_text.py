"""Bytes to a tree of plain Python values: JSON as RFC 8259 has it, refused where parsers would disagree."""

import json
import re

from django.utils.translation import gettext_noop as _

from .refusals import Problems

# No object of ours has half as many. An object with a million unknown keys is refused before each becomes a problem.
MOST_KEYS = 64

_NOT_TEXT = re.compile("[\0\ud800-\udfff]")
_MAY_ESCAPE_NOT_TEXT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


def parse(data, *, limit):
    """The value that the JSON text in `data` stands for; FileRefused unless every parser would read the same."""
    text = decoded(data, limit)
    repeated = _RepeatedKeys()
    tree = _loaded(text, repeated)

    problems = Problems()
    repeated.report(tree, problems)
    if _MAY_ESCAPE_NOT_TEXT.search(text):
        _report_what_is_not_text(tree, problems)
    problems.refuse_if_any()
    return tree


def walk(tree):
    """Every value in the tree with its location, without recursion: a file may be nested deeper than Python allows."""
    waiting = [((), tree)]
    while waiting:
        location, value = waiting.pop()
        yield location, value
        if isinstance(value, dict):
            waiting.extend(((*location, key), inner) for key, inner in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend(((*location, position), value[position]) for position in reversed(range(len(value))))


def decoded(data, limit):
    """The text of a file in UTF-8; FileRefused when it has more than `limit` bytes or is something else."""
    problems = Problems()
    if len(data) > limit:
        problems.add((), _("is too large: %(size)d bytes, at most %(limit)d are taken"), size=len(data), limit=limit)
        problems.refuse_if_any()
    try:
        return data.decode("utf-8-sig")  # editors on Windows put a mark in front, which RFC 8259 lets a reader skip
    except UnicodeDecodeError as error:
        problems.add((), _("is not UTF-8: byte %(position)d cannot be read"), position=error.start)
    return problems.refuse_if_any()


def _loaded(text, repeated):
    problems = Problems()
    try:
        return json.loads(text, object_pairs_hook=repeated.watch)
    except json.JSONDecodeError as error:
        cut_off = error.msg.startswith("Unterminated string") or not text[error.pos :].strip()
        reason = (
            _("is not valid JSON: it breaks off in what starts at line %(line)d, column %(column)d")
            if cut_off
            else _("is not valid JSON at line %(line)d, column %(column)d: %(detail)s")
        )
        problems.add((), reason, line=error.lineno, column=error.colno, detail=error.msg)
    except RecursionError:
        problems.add((), _("is nested too deeply"))
    except ValueError:  # Python turns at most a few thousand digits into a number
        problems.add((), _("holds a number with too many digits"))
    return problems.refuse_if_any()


class _RepeatedKeys:
    """Notices keys that stand twice in one object, of which parsers keep the first, the last or both."""

    def __init__(self):
        self.objects = []

    def watch(self, pairs):
        """Build the object; remember it when it has a key twice."""
        built = dict(pairs)
        if len(built) < len(pairs):
            self.objects.append((built, _first_repeated(pairs)))
        if len(pairs) > MOST_KEYS:
            _refuse_many_keys(len(pairs))
        return built

    def report(self, tree, problems):
        """Add a problem for each repeated key, with the path of its object."""
        if not self.objects:
            return
        keys = {id(built): key for built, key in self.objects}
        for location, value in walk(tree):
            if isinstance(value, dict) and id(value) in keys:
                problems.add((*location, keys[id(value)]), _("this key stands here more than once"))


def _refuse_many_keys(count):
    problems = Problems()
    problems.add((), _("holds an object with %(count)d keys, at most %(most)d are taken"), count=count, most=MOST_KEYS)
    problems.refuse_if_any()


def _first_repeated(pairs):
    seen = set()
    for key, _value in pairs:
        if key in seen:
            return key
        seen.add(key)
    return None


def _report_what_is_not_text(tree, problems):
    for location, value in walk(tree):
        if isinstance(value, str):
            _report_characters(value, location, problems)
        elif isinstance(value, dict):
            for key in value:
                _report_characters(key, (*location, key), problems)


def _report_characters(text, location, problems):
    found = _NOT_TEXT.search(text)
    if found and found.group() == "\0":
        problems.add(location, _("holds a NUL character, which is not text"))
    elif found:
        problems.add(location, _("holds half of a character (a lone surrogate)"))
