"""What a test run keeps apart from everything else on the machine: its data folder and, unless given, its servers."""

import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from alignment import environment
from alignment.embedded import identity, paths

MARK = "PARALLAX_TESTS"  # set for the processes that a test run starts, which find everything decided
OF_WORKER = "PARALLAX_TESTS_WORKER"  # which of the run's workers decided it: they share nothing but the servers given
GIVEN = "PARALLAX_TESTS_GIVEN_"
SERVERS = ("DATABASE_URL", "REDIS_URL")
FOLDERS = "parallax-tests-"
# The tests empty the database they use; this one is what a Redis that was set up for something else leaves unused.
REDIS_DATABASE = 15


def prepare():
    """Point the environment at servers and folders of this run; settings must not have been loaded yet."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if os.environ.get(OF_WORKER) == worker:
        return
    remove_leftovers()
    data = Path(tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-")).resolve()
    given = {name: os.environ.get(f"{GIVEN}{name}", os.environ.get(name, "")).strip() for name in SERVERS}
    for setting in environment.SETTINGS:  # what somebody set for their own instance is not what is tested
        for name in (setting.name, f"{setting.name}_FILE"):
            os.environ.pop(name, None)
    os.environ |= {
        MARK: ",".join(name for name, url in given.items() if not url),
        OF_WORKER: worker,
        **{f"{GIVEN}{name}": url for name, url in given.items()},
        "PARALLAX_DATA": str(data),
        "DATABASE_URL": given["DATABASE_URL"] or paths.default_database_url(data),
        "REDIS_URL": with_own_number(given["REDIS_URL"], worker) or paths.default_redis_url(data),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the thread that the tests run in
    }


def own_servers() -> list[str]:
    """Which of DATABASE_URL and REDIS_URL this run has to start a server for."""
    return [name for name in os.environ[MARK].split(",") if name]


def with_own_number(redis_url: str, worker: str = "") -> str:
    """The same Redis, with the number of the tests' database unless the address names another than the first.

    Workers of one run ("gw0", "gw1") count down from it.
    """
    parts = urlsplit(redis_url)
    if not redis_url or parts.scheme == "unix" or parts.path not in ("", "/", "/0"):
        return redis_url
    return urlunsplit(parts._replace(path=f"/{REDIS_DATABASE - int(worker.removeprefix('gw') or 0)}"))


def remove_leftovers():
    """Remove the folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        owner = folder.name.removeprefix(FOLDERS).split("-")[0]
        if owner.isdecimal() and not identity.is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
