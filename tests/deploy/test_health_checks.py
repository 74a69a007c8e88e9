"""The health checks of docker-compose.yml tell a service that works from one that does not."""

import psycopg
import pytest


@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_a_service_that_does_not_run_is_noticed(installation, name):
    done = installation.check(name)

    assert (done.returncode, done.stderr.startswith(f"{name}: ")) == (1, True), done.stderr


@pytest.mark.parametrize(("seconds", "status", "says"), [(5, 0, ""), (120, 1, "scheduler: nothing was done for 12")])
def test_the_schedulers_check_reads_when_a_worker_last_followed_it(installation, seconds, status, says):
    with psycopg.connect(installation.database, autocommit=True) as database:
        database.execute(
            "INSERT INTO workshops_workerpulse (id, beat_at) VALUES (1, now() - make_interval(secs => %s))", [seconds]
        )
        done = installation.check("scheduler")
        database.execute("DELETE FROM workshops_workerpulse")

    assert (done.returncode, done.stderr[: len(says) or None]) == (status, says)


def test_the_check_of_a_service_that_has_none_says_so(installation):
    done = installation.run("web", ["python", "bin/healthy.py", "postgres"])

    assert (done.returncode, done.stderr) == (2, "usage: healthy.py web|worker|scheduler\n")
