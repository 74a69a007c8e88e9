"""What a test run keeps apart from everything else on the machine: its data folder and, unless given, its servers."""

import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from alignment import environment
from alignment.embedded import identity, paths

MARK = "PARALLAX_TESTS"  # set for the processes that a test run starts, which find everything decided
FOLDERS = "parallax-tests-"
# The tests empty the database they use; this one is what a Redis that was set up for something else leaves unused.
REDIS_DATABASE = 15


def prepare():
    """Point the environment at servers and folders of this run; settings must not have been loaded yet."""
    if MARK in os.environ:
        return
    remove_leftovers()
    data = Path(tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-")).resolve()
    given = {name: os.environ.get(name, "").strip() for name in ("DATABASE_URL", "REDIS_URL")}
    for setting in environment.SETTINGS:  # what somebody set for their own instance is not what is tested
        for name in (setting.name, f"{setting.name}_FILE"):
            os.environ.pop(name, None)
    os.environ |= {
        MARK: ",".join(name for name, url in given.items() if not url),
        "PARALLAX_DATA": str(data),
        "DATABASE_URL": given["DATABASE_URL"] or paths.default_database_url(data),
        "REDIS_URL": with_own_number(given["REDIS_URL"]) or paths.default_redis_url(data),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in the thread that the tests run in
    }


def own_servers() -> list[str]:
    """Which of DATABASE_URL and REDIS_URL this run has to start a server for."""
    return [name for name in os.environ[MARK].split(",") if name]


def with_own_number(redis_url: str) -> str:
    """The same Redis, with the number of the tests' database unless the address names another than the first."""
    parts = urlsplit(redis_url)
    if not redis_url or parts.scheme == "unix" or parts.path not in ("", "/", "/0"):
        return redis_url
    return urlunsplit(parts._replace(path=f"/{REDIS_DATABASE}"))


def remove_leftovers():
    """Remove the folders of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        owner = folder.name.removeprefix(FOLDERS).split("-")[0]
        if owner.isdecimal() and not identity.is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
