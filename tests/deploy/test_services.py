"""Every service of ours starts by the command that is written in docker-compose.yml, and its health check tells."""

import http.client
import time

import psycopg
import pytest

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


def test_web_answers_and_ends_when_asked(installation):
    with installation.running("web") as process:
        installation.wait_until_healthy("web", process)
        home, page = get(installation, "/", **BEHIND_THE_PROXY)
        stream, _ = get(installation, "/stream/none/", **BEHIND_THE_PROXY)
        unencrypted, _ = get(installation, "/", Host="parallax.example.com")
        stranger, _ = get(installation, "/", **BEHIND_THE_PROXY | {"Host": "elsewhere.example.com"})
        ready, state = get(installation, "/readyz", Host="parallax.example.com")

    assert (home.status, "Parallax" in page) == (200, True)
    assert home.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert stream.status == 404
    assert (unencrypted.status, unencrypted.headers["Location"]) == (301, "https://parallax.example.com/")
    assert stranger.status == 400
    assert (ready.status, '"database": "ok"' in state) == (200, True)
    assert process.returncode == 0


def test_web_serves_the_static_files_of_the_image(installation):
    with installation.running("web") as process:
        installation.wait_until_healthy("web", process)
        _, page = get(installation, "/", **BEHIND_THE_PROXY)
        address = page.split('rel="stylesheet" href="')[1].split('"')[0]
        answer, _ = get(installation, address, **BEHIND_THE_PROXY)

    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_the_health_check_notices_a_service_that_does_not_run(installation, name):
    done = installation.check(name)

    assert (done.returncode, done.stderr.startswith(f"{name}: ")) == (1, True), done.stderr


def test_worker_and_scheduler_do_what_was_asked_before_they_ran(installation, redis_client):
    owner = installation.run("web", ["python", "manage.py", "createowner", "ana@example.com"])
    samples = installation.run("web", ["python", "manage.py", "import_samples", "--owner", "ana@example.com"])
    redis_client.flushdb()  # the message that was sent at once is lost; the job is not

    with psycopg.connect(installation.database, autocommit=True) as database:
        database.execute("UPDATE workshops_job SET send_again_at = now()")
        with installation.running("worker") as worker, installation.running("scheduler") as scheduler:
            installation.wait_until_healthy("worker", worker)
            states = wait_for_jobs(database)

    assert (owner.returncode, samples.returncode) == (0, 0), owner.stderr + samples.stderr
    assert states == ["done"]
    assert (worker.returncode, scheduler.returncode) == (0, 0)


def wait_for_jobs(database):
    """The states of the jobs when none waits any more, or after a while."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        states = [state for (state,) in database.execute("SELECT state FROM workshops_job ORDER BY id")]
        if states and not {"waiting", "running"} & set(states):
            break
        time.sleep(0.1)
    return states


@pytest.mark.parametrize(
    ("seconds", "status", "says"), [(5, 0, ""), (120, 1, "scheduler: nothing was done for 120 s\n")]
)
def test_the_schedulers_check_reads_when_a_worker_last_followed_it(installation, seconds, status, says):
    with psycopg.connect(installation.database, autocommit=True) as database:
        database.execute("DELETE FROM workshops_workerpulse")
        database.execute(
            "INSERT INTO workshops_workerpulse (id, beat_at) VALUES (1, now() - make_interval(secs => %s))", [seconds]
        )
        done = installation.check("scheduler")
        database.execute("DELETE FROM workshops_workerpulse")

    assert (done.returncode, done.stderr) == (status, says)


def test_no_service_writes_into_the_image(installation):
    before = installation.image.files()

    installation.run("migrate")
    with installation.running("web") as process:
        installation.wait_until_healthy("web", process)

    assert installation.image.files() == before
