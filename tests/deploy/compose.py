"""docker-compose.yml as Compose reads it, and what runs where there is no container engine."""

import os
import re
import shlex
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<rule>[-?])(?P<word>[^}]*))?\}")
GIVEN = {"SECRET_KEY": "a-key-for-the-tests-of-the-compose-file", "SITE_URL": "https://parallax.example.com"}


class MissingVariableError(Exception):
    """Compose would stop here: a variable that has to be given is not."""


def load(**variables):
    """The file, with `${…}` filled in from `variables` as Compose does from .env."""

    def fill(found):
        value = variables.get(found["name"], "")
        if not value and found["rule"] == "?":
            raise MissingVariableError(f"{found['name']}: {found['word']}")
        return value or (found["word"] if found["rule"] == "-" else "")

    return yaml.safe_load(VARIABLE.sub(fill, (ROOT / "docker-compose.yml").read_text()))


def interpolated():
    """The names of the variables that the file takes from .env."""
    return {found["name"] for found in VARIABLE.finditer((ROOT / "docker-compose.yml").read_text())}


def words(command):
    """A command as a list, also where the file has it as one line."""
    return shlex.split(command) if isinstance(command, str) else list(command)


def check_of(service):
    """The words of a service's health check."""
    kind, *test = service["healthcheck"]["test"]
    return ["/bin/sh", "-c", *test] if kind == "CMD-SHELL" else test


def example():
    """.env.example as (name, value, whether it is commented out)."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    found = (re.fullmatch(r"(#?)([A-Z_]+)=(.*)", line) for line in lines)
    return [(line[2], line[3], bool(line[1])) for line in found if line]


def environment_of(service, image, **changes):
    """What a process of the service finds: nothing of this machine but the way to its programs."""
    given = {name: value for name, value, is_comment in example() if not is_comment}
    return {
        "HOME": os.environ.get("HOME", "/"),
        **given,
        **image.environment,
        **service["environment"],
        **changes,
    }
