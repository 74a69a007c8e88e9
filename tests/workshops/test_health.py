import datetime as dt
import json

from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone

from workshops import jobs
from workshops.models import WorkerPulse


def test_a_process_that_answers_is_alive(client, db):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_all_well_when_a_worker_did_what_the_scheduler_asked_for(client, db):
    jobs.beat()

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "redis": "ok", "worker": "ok"}


def test_a_worker_silent_for_ninety_seconds_is_told_and_pages_still_work(client, db):
    WorkerPulse.objects.create(pk=1, beat_at=timezone.now() - dt.timedelta(seconds=91))

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "database": "ok", "redis": "ok", "worker": "silent"}


def test_without_redis_pages_still_work(client, db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    jobs.beat()

    response = client.get("/readyz")

    assert response.json() == {"status": "degraded", "database": "ok", "redis": "away", "worker": "ok"}


def test_without_postgresql_it_is_not_ready(client, db, monkeypatch):
    def away(*args):
        raise OperationalError

    monkeypatch.setattr("workshops.views.health.MigrationExecutor", away)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "away", "redis": "ok", "worker": "unknown"}


def test_a_page_without_postgresql_says_so_and_when_to_come_back(client, oda, monkeypatch):
    client.force_login(oda)
    client.raise_request_exception = False

    def away(*args, **options):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("workshops.views.home.Workshop.objects.visible_to", away)

    response = client.get("/")

    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "server closed" not in response.content.decode()
    assert response["Content-Security-Policy"]


def test_an_error_of_ours_shows_a_page_and_no_detail(client, oda, monkeypatch):
    client.force_login(oda)
    client.raise_request_exception = False
    monkeypatch.setattr("workshops.views.home.Workshop.objects.visible_to", lambda *args: 1 / 0)

    response = client.get("/")

    assert response.status_code == 500
    assert "division" not in response.content.decode()


def test_the_log_has_the_route_and_the_time_and_neither_ids_nor_bodies(client, oda, team, caplog):
    from workshops.logs import JsonFormatter

    client.force_login(oda)

    client.post(f"/teams/{team.public_id}/segments/?secret=1", {"name": "Canary"})

    line = JsonFormatter().format(next(r for r in caplog.records if r.name == "parallax.requests"))
    said = json.loads(line)
    assert (said["method"], said["path"], said["status"]) == ("POST", "/teams/<str:public_id>/segments/", 302)
    assert said["milliseconds"] > 0
    for hidden in (team.public_id, "Canary", "secret", "oda"):
        assert hidden not in line


def test_the_cache_is_in_postgresql(db):
    cache.set("known", 1)

    assert cache.get("known") == 1
    assert "DatabaseCache" in type(cache._connections["default"]).__name__
