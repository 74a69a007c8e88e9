"""Counting queries: a page's cost must not grow with what it lists."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(action) -> list[str]:
    """The SQL that calling `action` runs."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return [query["sql"] for query in captured.captured_queries]


def assert_same_queries(read, grow):
    """`read()` runs as many queries after `grow()` has made its list longer as before.

    Parameters
    ----------
    read : callable
        Gets the page; called three times, the first one to fill what a process reads only once.
    grow : callable
        Adds to what the page lists, best from one entry to three.
    """
    read()
    before = queries_of(read)
    grow()
    after = queries_of(read)
    listing = "\n".join(after)
    assert len(after) == len(before), f"{len(before)} queries became {len(after)}:\n{listing}"
