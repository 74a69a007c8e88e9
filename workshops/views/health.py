"""Whether this process lives, and whether the installation works: for container engines and monitors."""

import datetime as dt

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from workshops.models import WorkerPulse

SILENCE = dt.timedelta(seconds=90)


@require_safe
def alive(request):
    """This process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request):
    """503 while PostgreSQL or its tables are not there. Without Redis or a worker pages work: that is "degraded"."""
    parts = {"database": _database()}
    usable = parts["database"] == "ok"
    parts |= {"redis": _redis(), "worker": _worker() if usable else "unknown"}
    status = "unavailable" if not usable else "ok" if set(parts.values()) == {"ok"} else "degraded"
    return JsonResponse({"status": status} | parts, status=200 if usable else 503)


def _database():
    try:
        executor = MigrationExecutor(connection)
        return "behind" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"
    except Error:
        return "away"


def _redis():
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return "away"
    return "ok"


def _worker():
    """Silent when no worker has done what the scheduler asks for each 30 seconds."""
    beat = WorkerPulse.objects.filter(beat_at__gt=timezone.now() - SILENCE)
    return "ok" if beat.exists() else "silent"
