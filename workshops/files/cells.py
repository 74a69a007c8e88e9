"""Text in cells of a spreadsheet: a text that a spreadsheet would run as a formula is told apart from one that is text.

A spreadsheet takes a cell for a formula by how it begins, and some look past marks, spaces and control characters in
front, or take a full-width sign for the plain one. An apostrophe in front makes it text.
"""

import unicodedata

FORMULA_SIGNS = frozenset("=+-@%|")
LINE_SIGNS = ("\t", "\r", "\n")  # a cell that begins so may be split, and the rest be taken for a cell of its own
APOSTROPHE = "'"

# The general categories of control and format characters (with them NUL and the byte order mark) and of separators.
_LOOKED_PAST = frozenset(["Cc", "Cf", "Zs", "Zl", "Zp"])


def begins_like_a_formula(text):
    """Whether a spreadsheet may take a cell with this text for something else than text."""
    return text.startswith(LINE_SIGNS) or _first_visible(text) in FORMULA_SIGNS


def neutral(text):
    """The text as it goes into a cell: behind an apostrophe where a spreadsheet would take it for a formula.

    A text that already has apostrophes in front of such a beginning gets one more, so that `original` gives each text
    back.
    """
    return APOSTROPHE + text if begins_like_a_formula(text.lstrip(APOSTROPHE)) else text


def original(cell):
    """The text that `neutral` made the cell of."""
    if cell.startswith(APOSTROPHE) and begins_like_a_formula(cell.lstrip(APOSTROPHE)):
        return cell.removeprefix(APOSTROPHE)
    return cell


def _first_visible(text):
    """The first sign that is seen, in its plain form. One sign at a time: an equals sign stays one whatever follows."""
    plain = (sign for each in text for sign in unicodedata.normalize("NFKC", each))
    return next((sign for sign in plain if unicodedata.category(sign) not in _LOOKED_PAST), "")
