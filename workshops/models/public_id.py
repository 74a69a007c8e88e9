import secrets

from django.db import models


def new_public_id():
    """96 random bits, safe in a URL: what a page's address shows instead of a serial number.

    One that begins with a hyphen is drawn again: on a command line it would pass for an option.
    """
    drawn = secrets.token_urlsafe(12)
    return new_public_id() if drawn.startswith("-") else drawn


class PublicIdField(models.CharField):
    """The id by which the world names a row."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 16, "unique": True, "default": new_public_id, "editable": False} | kwargs)

    def get_prep_value(self, value):
        """PostgreSQL has no text with NUL: an address that holds one names nothing, and is no error of ours."""
        prepared = super().get_prep_value(value)
        return prepared.replace("\0", "\ufffd") if isinstance(prepared, str) else prepared
