"""Read and write workshop files, format ``parallax-workshop/1``."""

from django.utils.translation import gettext_noop as _
from pydantic import ValidationError

from . import consistency, json_text
from .fields import WrongParts
from .reasons import problems_in
from .refusals import FileRefused, Problem, Problems, value_text
from .scales import points, with_scales
from .schema import FORMAT, Scales, WorkshopFile

__all__ = ["FORMAT", "FileRefused", "Problem", "Scales", "WorkshopFile", "points", "read", "write"]

OPERATOR_BYTES = 48 * 1024 * 1024
OPERATOR_PEOPLE = 5_000


def read(data, *, limit=OPERATOR_BYTES, people=OPERATOR_PEOPLE):
    """The workshop in `data`, whole and consistent; otherwise FileRefused with the paths and the reasons.

    `limit` is the size in bytes and `people` the number of people up to which a file is taken. Every round of the
    result states its own scales, whether the file had them in the round, on top or nowhere.
    """
    tree = json_text.parse(data, limit=limit)
    _refuse_other_formats(tree)
    file = with_scales(_validated(tree))
    consistency.check(file, people=people)
    return file


def write(file):
    """The canonical bytes of a workshop: UTF-8, keys in the format's order, defaults left out, a final newline."""
    return with_scales(file).model_dump_json(by_alias=True, exclude_defaults=True, indent=2).encode() + b"\n"


def _refuse_other_formats(tree):
    problems = Problems()
    if not isinstance(tree, dict):
        problems.add((), _("must be an object, got %(value)s"), value=value_text(tree))
    elif "format" not in tree:
        problems.add(("format",), _("is missing; a workshop file has “%(format)s” here"), format=FORMAT)
    elif tree["format"] != FORMAT:
        problems.add(
            ("format",), _("must be “%(format)s”, got %(value)s"), format=FORMAT, value=value_text(tree["format"])
        )
    problems.refuse_if_any()


def _validated(tree):
    wrong = WrongParts()
    try:
        return WorkshopFile.model_validate(tree, by_alias=True, by_name=False, context=wrong)
    except ValidationError as error:
        problems = problems_in(error.errors(include_url=False))
    return problems.refuse_if_any(at_least=wrong.enough)
