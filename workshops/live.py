"""Telling open pages that something changed: names and numbers, never content.

A page that hears the name of a region reads that region again through its ordinary, permission-checked address. Redis
carries the names and may be away: PostgreSQL stays the only truth, a save never waits for Redis, and what could not be
told is told when Redis is back. `workshops.streams` is the other end.

This module knows no models, so that they may call it.
"""

import atexit
import logging
import threading
from functools import partial

import redis
from django.conf import settings
from django.db import transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

# Every region a page may listen to, by the name that its element waits for.
REGIONS = ("stage", "team", "items", "progress", "job", "analysis", "agenda", "session", "glossary")
EVERYTHING = "everything"  # read every region again
RECHECK = "recheck"  # for the server's hubs only: ask again who may listen
ALL_WORKSHOPS = "*"

KEPT = 500  # hints per workshop for a page that reconnects
KEPT_SECONDS = 24 * 3600
MOST_WAITING = 2000
AGAIN_SECONDS = 2.0
TIMEOUT_SECONDS = 1.0


def announce(workshop, region):
    """Tell open pages of `workshop` that `region` changed, once the transaction commits; a dead Redis breaks no save.

    Raises
    ------
    ValueError
        If `region` is not one of REGIONS.
    """
    if region not in REGIONS:
        raise ValueError(f"no page listens to {region!r}; the regions are {', '.join(REGIONS)}")
    transaction.on_commit(partial(sender.put, workshop.public_id, region), robust=True)


def close_streams(workshops):
    """Ask again at once, after the commit, who may follow these workshops; call it wherever somebody loses access."""
    for public_id in [workshop.public_id for workshop in workshops]:
        transaction.on_commit(partial(sender.put, public_id, RECHECK), robust=True)


def channel(database):
    """The one channel that all processes of this server share; Redis has its channels beside its databases."""
    return f"parallax:live:{database}"


def kept_key(public_id):
    """Where Redis keeps the last hints of a workshop."""
    return f"parallax:live:{public_id}"


# Hints are counted from when a workshop's first one was kept, instead of Redis's own ids by the clock: an id then tells
# nobody when something was done, however late it is read.
PUBLISH = """
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local id
if last then
  local start, count = string.match(last[1], '^(%d+)-(%d+)$')
  id = start .. '-' .. string.format('%d', count + 1)
else
  local now = redis.call('TIME')
  id = now[1] .. string.format('%06d', now[2]) .. '-1'
end
redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[4], id, 'region', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('PUBLISH', ARGV[1], ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. id)
return id
"""


class Sender:
    """Hands hints to Redis from a thread of its own, so that no request waits for it.

    What waits is kept once per workshop and region, for as long as Redis is away; beyond MOST_WAITING it becomes one
    hint to every page. Pages read everything again when Redis is back, so a process that ends meanwhile loses nothing.
    """

    def __init__(self):
        self._changed = threading.Condition()
        self._waiting = {}  # (public id, region): None, in order; a dict as an ordered set
        self._sending = False
        self._thread = None
        self._redis = self._url = self._script = None

    def put(self, public_id, region):
        """Send soon; returns at once."""
        with self._changed:
            if len(self._waiting) >= MOST_WAITING:
                self._waiting = {(ALL_WORKSHOPS, RECHECK): None, (ALL_WORKSHOPS, EVERYTHING): None}
            self._waiting[public_id, region] = None
            if self._thread is None or not self._thread.is_alive():  # not yet, or in the child of a fork
                self._thread = threading.Thread(target=self._run, name="live-hints", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, seconds):
        """Wait until all is sent, at most so long. Whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self._sending, seconds)

    def _run(self):
        away = False
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                public_id, region = next(iter(self._waiting))
                del self._waiting[public_id, region]  # a change from here on is a new hint
                self._sending = True
            try:
                self._send(public_id, region)
                away = False
            except redis.RedisError as error:
                if not away:
                    log.warning("live hints wait for Redis: %s", type(error).__name__)
                away = True
            with self._changed:
                if away:
                    self._waiting = {(public_id, region): None} | self._waiting
                self._sending = False
                self._changed.notify_all()
            if away:
                threading.Event().wait(AGAIN_SECONDS)

    def _send(self, public_id, region):
        if self._url != settings.REDIS_URL:
            self._connect(settings.REDIS_URL)
        address = channel(self._redis.connection_pool.connection_kwargs.get("db") or 0)
        if region in REGIONS:
            self._script(keys=[kept_key(public_id)], args=[address, public_id, region, KEPT, KEPT_SECONDS])
        else:
            self._redis.publish(address, f"{public_id} {region} -")

    def _connect(self, url):
        self._redis = redis.Redis.from_url(
            url,
            socket_connect_timeout=TIMEOUT_SECONDS,
            socket_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 1),  # once more, for a connection that died while it was idle
        )
        self._script = self._redis.register_script(PUBLISH)
        self._url = url


sender = Sender()
atexit.register(sender.flush, 1.0)
