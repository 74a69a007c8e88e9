"""What Redis tells one web process: one subscription for all its streams, and what a page missed."""

import asyncio
import random
import re

import redis
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from . import live

HINT = re.compile(r"(\d{1,18})-(\d{1,18})", re.ASCII)
SILENCE_SECONDS = 5
TIMEOUT_SECONDS = 2


def read_hint(text):
    """`"12-3"` as (12, 3), so that hints compare in their order; None for anything else."""
    found = HINT.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


class Feed:
    """Hands what is announced to a hub, and says when it cannot."""

    def __init__(self, url, hub):
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=8,
            timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            socket_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),  # a subscription that was made again in silence would hide a gap
            decode_responses=True,
        )
        self._redis = Redis.from_pool(pool)
        self._hub = hub
        self._channel = live.channel(pool.connection_kwargs.get("db") or 0)
        self._tried = asyncio.Event()  # from then on it is known whether Redis is there

    async def follow(self):
        """Hand on what is announced, for ever. After a gap, every page reads everything again."""
        failures = 0
        while True:
            try:
                async with self._redis.pubsub() as subscription:
                    await self._subscribe(subscription)
                    failures = 0
                    if self._tried.is_set():
                        await self._hub.resume()
                    self._tried.set()
                    await self._hand_on(subscription)
            except (redis.RedisError, OSError):
                failures += 1  # the first is tried again at once: a restart is no reason to alarm anybody
            if failures > 1:
                if not self._hub.is_paused:
                    await self._hub.pause()
                self._tried.set()
                await asyncio.sleep(random.uniform(0.5, 1))  # noqa: S311  spreads load

    async def first_hints(self, public_id, last):
        """What a page that connects has to hear.

        Parameters
        ----------
        public_id : str
            Of the workshop.
        last : (int, int) or None
            The last hint the page got, if it was here before.

        Returns
        -------
        hints : list of (event, hint or None)
            What it missed, each region once; `everything` when that cannot be told.
        known : (int, int) or None
            The hint up to which it then was told everything.
        """
        await self._tried.wait()
        try:
            newest, after = await self._read(public_id, last)
        except (redis.RedisError, OSError):
            newest, after = None, None
        missed = {live.EVERYTHING: newest} if after is None else {}
        for hint, region in after or ():
            missed.pop(region, None)  # so that the order stays that of the hints
            missed[region] = hint
        if self._hub.is_paused:
            missed["paused"] = None
        return list(missed.items()), newest

    async def close(self):
        await self._redis.aclose()

    async def _subscribe(self, subscription):
        await subscription.subscribe(self._channel)
        confirmed = await subscription.get_message(timeout=TIMEOUT_SECONDS)
        if confirmed is None or confirmed["type"] != "subscribe":
            raise redis.TimeoutError("Redis did not confirm the subscription")

    async def _hand_on(self, subscription):
        asked = False
        while True:
            message = await subscription.get_message(timeout=SILENCE_SECONDS)
            if message is None and asked:
                raise redis.TimeoutError("Redis does not answer")
            asked = message is None
            if asked:
                await subscription.ping()
            elif message["type"] == "message":
                await self._hear(message["data"])

    async def _hear(self, words):
        public_id, event, number = words.split(" ")
        if event == live.RECHECK:
            self._hub.recheck(public_id)
        elif event == live.EVERYTHING or event in live.REGIONS:
            await self._hub.tell(public_id, event, read_hint(number))

    async def _read(self, public_id, last):
        """The newest hint, and the (hint, region) pairs after `last`; None for those when `last` is no longer kept."""
        key = live.kept_key(public_id)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xrevrange(key, count=1)
            if last is not None:
                pipe.xrange(key, min="{}-{}".format(*last))
            newest, *since = await pipe.execute()
        newest = read_hint(newest[0][0]) if newest else None
        entries = [(read_hint(number), fields["region"]) for number, fields in (since[0] if since else ())]
        if not entries or entries[0][0] != last:
            return newest, None
        return newest, entries[1:]
