"""What the validation library found, said in plain words."""

from django.utils.translation import gettext_noop as _

from .refusals import Problems, value_text

_REASONS = {
    "missing": _("is missing"),
    "extra_forbidden": _("is not a key of this format"),
    "string_type": _("must be text, got %(value)s"),
    "int_type": _("must be a whole number, got %(value)s"),
    "bool_type": _("must be true or false, got %(value)s"),
    "tuple_type": _("must be a list, got %(value)s"),
    "model_type": _("must be an object, got %(value)s"),
    "model_attributes_type": _("must be an object, got %(value)s"),
    "literal_error": _("must be one of %(expected)s, got %(value)s"),
    "greater_than_equal": _("must be at least %(ge)s, got %(value)s"),
    "less_than_equal": _("must be at most %(le)s, got %(value)s"),
    "string_too_short": _("must not be empty"),
    "string_pattern_mismatch": _("must not be blank"),
    "string_too_long": _("must be at most %(max_length)s characters long, got %(length)s"),
    "too_short": _("must have at least %(min_length)s entries, got %(actual_length)s"),
    "too_long": _("must have at most %(max_length)s entries, got %(entries)s"),
}


def problems_in(errors):
    """The `errors()` of a pydantic ValidationError as Problems, in the order of the file's keys."""
    problems = Problems()
    for error in errors:
        if error["type"] == "default_factory_not_called":  # it follows from another error, which is told
            continue
        value = error["input"]
        reason = _REASONS.get(error["type"]) or error["msg"].replace("%", "%%")
        problems.add(error["loc"], reason, **(error.get("ctx", {}) | _measures(error, value)))
    return problems


def _measures(error, value):
    measures = {"value": value_text(value)}
    if isinstance(value, str | list):
        measures["length"] = measures["entries"] = len(value)
    if error["type"] == "literal_error":
        measures["expected"] = error["ctx"]["expected"].replace(" or ", ", ").replace("'", '"')
    return measures
