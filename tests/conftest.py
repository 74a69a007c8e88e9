"""Servers, database, site, browser and worker for the tests: real ones, started when the first test needs them."""

import dataclasses
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from playwright.sync_api import expect
from whitenoise.base import WhiteNoise

from tests import chromium, isolation
from tests.console import Console
from tests.people import ana, ben, oda, olga, team, workshop  # noqa: F401  fixtures
from tests.serving import Server

# What a page should come to show may take long where the machine is busy; a passing test does not wait for it.
expect.set_options(timeout=20_000)


# -- servers -----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def servers():
    """PostgreSQL and Redis: those of DATABASE_URL and REDIS_URL where given, else own ones in a temporary folder."""
    from alignment.embedded import servers as embedded
    from alignment.embedded.postgres import Postgres
    from alignment.embedded.supervisor import Supervisor
    from alignment.embedded.valkey import Valkey

    data = Path(os.environ["PARALLAX_DATA"])
    kinds = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}
    embedded.make_folders(data)
    supervisor = Supervisor(data)
    try:
        embedded.start(supervisor, [kinds[name](data, durable=False) for name in isolation.own_servers()])
        yield
    finally:
        supervisor.stop()


@pytest.fixture(scope="session", autouse=True)
def data_folder():
    """The run's folder, removed when it ends."""
    yield Path(os.environ["PARALLAX_DATA"])
    shutil.rmtree(os.environ["PARALLAX_DATA"], ignore_errors=True)


@pytest.fixture(scope="session")
def redis_client(servers):
    """The Redis of this run; its database is emptied before each test that uses servers."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        yield client


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, redis_client, static_files):
    """pytest-django asks for this before it makes the test database; workers that share a server have one each."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As pytest-django does it; at the end, connections of the site's threads do not keep the database from going."""
    from django.db import connection

    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _empty_redis(request):
    """No test finds what another one left in Redis."""
    if {"db", "transactional_db", "redis_client"} & set(request.fixturenames) or request.node.get_closest_marker(
        "django_db"
    ):
        request.getfixturevalue("redis_client").flushdb()


@pytest.fixture(autouse=True)
def _empty_cache(request):
    """The flush after a transactional test knows models only; the cache's table, with its rate limits, is none."""
    transactional = "transactional_db" in request.fixturenames
    if transactional:
        request.getfixturevalue("transactional_db")  # first, so that the database is still open when this one ends
    yield
    if transactional:
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(scope="session")
def static_files():
    """Static files collected as for production: compressed, with a hash in their names."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    _read_once()


def _read_once():
    """Each test client has a WhiteNoise of its own, which would read the same hundreds of files: all share one."""
    reading, kept = WhiteNoise.update_files_dictionary, {}

    def shared(self, root, prefix):
        if (root, prefix) not in kept:
            reading(self, root, prefix)
            kept[root, prefix] = dict(self.files)
        self.files |= kept[root, prefix]

    WhiteNoise.update_files_dictionary = shared


# -- the site ----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def _server(static_files, django_db_setup):
    from alignment.asgi import application

    server = Server(application)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def site(_server, transactional_db):
    """The address of the whole site, streams included, on a database that the test fills and that is emptied after."""
    yield _server.address
    _server.wait_until_quiet()


@pytest.fixture
def worker(transactional_db, tmp_path):
    """A worker process on the test database; `kill` and `start` are there for tests of what happens then."""
    from django.db import connection

    from alignment.embedded import application, servers
    from alignment.embedded.supervisor import Supervisor

    servers.make_folders(tmp_path)
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}"))
    child = application.worker(f"tests-{os.getpid()}")
    child = dataclasses.replace(child, env={**child.env, "DATABASE_URL": url}, terminal=False)
    supervisor = Supervisor(tmp_path)
    try:
        supervisor.start([child])
        yield supervisor.processes()[0]
    finally:
        supervisor.stop()


# -- the browser -------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Chromium as found by tests/chromium.py; a run without one fails."""
    return {**browser_type_launch_args, "executable_path": chromium.ensure(), "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def base_url(_server):
    """Pages open the site by path."""
    return _server.address


@pytest.fixture
def console(site):
    """What the browser complained about; see `expect` and `expect_status` for tests that provoke it."""
    return Console(site)


@pytest.fixture
def new_context(new_context, console):
    """Opens a browser context (a person with cookies of their own) whose complaints fail the test."""

    def open_context(**options):
        context = new_context(**options)
        console.watch(context)
        return context

    yield open_context
    console.verify()
