"""The kinds of value that stand in a workshop file, each with its own limits."""

import re
from datetime import date
from typing import Annotated, Literal, TypeVar

from django.utils.translation import gettext_noop as _
from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, Strict, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

KEY, NAME, TITLE, LABEL, TEXT, PARAGRAPH = 64, 120, 200, 120, 600, 2_000

# A file of a million wrong ratings must not become a million errors in memory.
MOST_WRONG_PARTS = 200

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class WrongParts:
    """How many parts of one file were found wrong while it is read; the validation context."""

    def __init__(self):
        self.count = 0

    @property
    def enough(self):
        """Whether to stop looking."""
        return self.count >= MOST_WRONG_PARTS


def _until_enough(value, validate, info):
    if info.context is None:
        return validate(value)
    if info.context.enough:
        return None
    try:
        return validate(value)
    except ValidationError:
        info.context.count += 1
        raise


def _refused(reason):
    return PydanticCustomError("refused", reason)


def _key(text):
    if not text.isprintable() or text != text.strip():
        raise _refused(_("must be printable characters without spaces at either end"))
    return text


def _language(text):
    if not _LANGUAGE.fullmatch(text):
        raise _refused(_("must be a language code such as en or pt-BR"))
    return text


def _day(value):
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise _refused(_("must be a day written as in 2027-01-31")) from None


def _revealed(value):
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple) and all(isinstance(key, str) for key in value):
        return tuple(value) or False
    raise _refused(_("must be true, false or a list of item keys"))


Part = TypeVar("Part")
Many = Annotated[tuple[Annotated[Part, WrapValidator(_until_enough)], ...], Strict(False)]  # JSON has lists, not tuples

Key = Annotated[str, Field(min_length=1, max_length=KEY), AfterValidator(_key)]
Name = Annotated[str, Field(max_length=NAME, pattern=r"\S")]
Title = Annotated[str, Field(max_length=TITLE, pattern=r"\S")]
ShortText = Annotated[str, Field(max_length=TITLE)]
Text = Annotated[str, Field(max_length=TEXT)]
Paragraph = Annotated[str, Field(max_length=PARAGRAPH)]
Label = Annotated[str, Field(max_length=LABEL)]
Language = Annotated[str, AfterValidator(_language)]
Day = Annotated[date, BeforeValidator(_day), PlainSerializer(date.isoformat)]
Revealed = Annotated[bool | tuple[str, ...], BeforeValidator(_revealed)]

Points = Annotated[int, Field(ge=2, le=10)]
OneToFive = Annotated[int, Field(ge=1, le=5)]
GuessToData = Annotated[int, Field(ge=0, le=3)]
NoToYes = Annotated[int, Field(ge=0, le=2)]
Revision = Annotated[int, Field(ge=1, le=32_767)]
Minutes = Annotated[int, Field(ge=1, le=1_440)]
GroupSize = Annotated[int, Field(le=1_000)]

Kind = Literal["goal", "pain", "alternative"]
Lens = Literal["decide", "build", "sell", "none"]
Candour = Literal["open", "roles", "team"]
Stage = Literal["setup", "write", "consolidate", "rate", "live", "closed"]
LinkKind = Literal["blocks", "serves", "causes"]
RoundKind = Literal["write", "rate", "revote", "restate", "judge", "fist", "pulse"]
Answer = Literal["rated", "unknown", "not_real", "asked"]
Verdict = Literal["agreed", "agree_to_differ", "needs_evidence", "parked"]
FindingKind = Literal[
    "blind_spot", "split", "scattered", "role_gap", "lone_voice", "outlier_view", "rank", "structure", "contested",
    "untested", "evidence_clash", "consensus", "superficial", "violent_agreement", "opposite", "definition", "drift",
]  # fmt: skip
