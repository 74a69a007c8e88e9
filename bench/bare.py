"""The least that a stream server can do: no permissions, no resuming. What the product's streams are held against."""

import asyncio
import contextlib
import os
from collections import defaultdict

from redis.asyncio import Redis

queues = defaultdict(set)
start = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}


async def application(scope, receive, send):
    """Sends each message of the channel to the streams whose address names its first word."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    name = scope["path"].split("/")[2]
    queue = asyncio.Queue(64)
    queues[name].add(queue)
    await send(start)
    await send({"type": "http.response.body", "body": b"event: everything\ndata: 0\n\n", "more_body": True})
    pump = asyncio.create_task(carry(queue, send))
    while (await receive())["type"] != "http.disconnect":
        pass
    pump.cancel()
    queues[name].discard(queue)


async def carry(queue, send):
    while True:
        await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})


async def lifespan(receive, send):
    await receive()
    task = asyncio.create_task(fan_out())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await send({"type": "lifespan.shutdown.complete"})


async def fan_out():
    async with Redis.from_url(os.environ["REDIS_URL"], decode_responses=True) as client, client.pubsub() as channel:
        await channel.subscribe("parallax:live:0")
        async for message in channel.listen():
            if message["type"] == "message":
                name, event, hint = message["data"].split(" ")
                frame = f"id: {hint}\nevent: {event}\ndata: {hint}\n\n".encode()
                for queue in queues[name]:
                    queue.put_nowait(frame)
