import hashlib
import secrets

from django.db import models


def new_public_id():
    """96 random bits, safe in a URL: what a page's address shows instead of a serial number.

    One that begins with a hyphen is drawn again: on a command line it would pass for an option.
    """
    drawn = secrets.token_urlsafe(12)
    return new_public_id() if drawn.startswith("-") else drawn


# 31 letters and digits that nobody mistakes for another one, read from a projector or over the phone.
JOIN_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
JOIN_LENGTH = 8


def new_join_code():
    """A code that opens the lobby of a workshop: 39.6 bits, and attempts are counted."""
    return "".join(secrets.choice(JOIN_LETTERS) for _ in range(JOIN_LENGTH))


def new_token():
    """256 random bits for a link or a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token):
    """What is stored of a token that only its owner may hold."""
    return hashlib.sha256(token.encode()).hexdigest()


class PublicIdField(models.CharField):
    """The id by which the world names a row."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 16, "unique": True, "default": new_public_id, "editable": False} | kwargs)

    def get_prep_value(self, value):
        """PostgreSQL has no text with NUL: an address that holds one names nothing, and is no error of ours."""
        prepared = super().get_prep_value(value)
        return prepared.replace("\0", "\ufffd") if isinstance(prepared, str) else prepared
