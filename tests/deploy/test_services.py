"""Every service of ours starts by the command that is written in docker-compose.yml."""

import http.client
import json
import time

import psycopg

from tests.deploy.workshop import WORKSHOP

BEHIND_THE_PROXY = {
    "Host": "parallax.example.com",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.1",
}


def get(installation, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", installation.port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response, response.read().decode()
    finally:
        connection.close()


def test_migrations_may_run_at_every_start(installation):
    done = installation.run("migrate")

    assert (done.returncode, "No migrations to apply" in done.stdout) == (0, True), done.stderr


def test_web_answers_as_the_site_behind_its_proxy(running):
    home, page = get(running, "/", **BEHIND_THE_PROXY)
    unencrypted, _ = get(running, "/", Host="parallax.example.com")

    assert (home.status, "Parallax" in page) == (200, True)
    assert home.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert (unencrypted.status, unencrypted.headers["Location"]) == (301, "https://parallax.example.com/")


def test_web_has_streams_on_the_same_port(running):
    stranger, text = get(running, "/stream/k7Qx/", **BEHIND_THE_PROXY)

    assert (stranger.status, text) == (404, "Not found.\n")


def test_web_serves_the_static_files_of_the_image(running):
    _, page = get(running, "/", **BEHIND_THE_PROXY)
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]

    answer, _ = get(running, address, **BEHIND_THE_PROXY)

    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_readyz_tells_what_is_there(running):
    answer, text = get(running, "/readyz", Host="parallax.example.com")

    assert answer.status == 200
    assert json.loads(text)["database"] == json.loads(text)["redis"] == "ok"


def test_an_operators_command_runs_beside_the_services(running):
    done = running.run("web", ["python", "manage.py", "createowner", "ana@example.com"])

    assert (done.returncode, "ana@example.com owns the team" in done.stdout) == (0, True), done.stderr


def test_the_worker_does_what_is_asked_and_the_scheduler_asks_again_for_what_got_lost(running, tmp_path):
    (tmp_path / "workshop.json").write_text(json.dumps(WORKSHOP))

    done = running.run("web", ["python", "manage.py", "import_workshop", str(tmp_path / "workshop.json")])
    assert done.returncode == 0, done.stderr
    with psycopg.connect(running.database, autocommit=True) as database:
        first = state_of_the_job(database)
        database.execute("UPDATE workshops_job SET state = 'waiting', finished_at = NULL, send_again_at = now()")
        again = state_of_the_job(database)

    assert (first, again) == ("done", "done")


def state_of_the_job(database):
    """The state of the only job when it does not wait any more, or after a while."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        ((state,),) = database.execute("SELECT state FROM workshops_job").fetchall()
        if state not in ("waiting", "running"):
            break
        time.sleep(0.1)
    return state


def test_no_service_has_written_into_the_image(running):
    assert running.image.files() == running.image.built
