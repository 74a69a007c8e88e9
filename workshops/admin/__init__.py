"""The operator's pages: what runs on this server, and nobody's answer that is not everybody's by name already."""

from . import answers, people, results, workshops  # noqa: F401  each registers its models
from .site import operator_site

__all__ = ["operator_site"]
