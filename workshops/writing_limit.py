"""How fast one person may write, counted in this process's memory: a page that runs wild slows nobody else down."""

import threading
import time

PER_SECOND = 5.0
AT_ONCE = 5.0
MOST_KEPT = 10_000

_lock = threading.Lock()
_left = {}  # participant's id: (writes left, when that was)


class TooFast(Exception):
    """More writes a second than a person makes; the browser tries again by itself."""


def take(participant_id):
    """Count one write.

    Raises
    ------
    TooFast
    """
    now = time.monotonic()
    with _lock:
        if len(_left) > MOST_KEPT:
            _left.clear()  # whoever writes right now begins anew, which costs nothing
        left, then = _left.get(participant_id, (AT_ONCE, now))
        left = min(left + (now - then) * PER_SECOND, AT_ONCE)
        if left < 1:
            raise TooFast
        _left[participant_id] = (left - 1, now)
