import contextlib
import os
import subprocess
import sys

import pytest

import manage


@pytest.mark.parametrize("command", ["migrate", "shell", "createowner", "import_workshop", "a_command_of_tomorrow"])
def test_commands_get_servers(command):
    assert manage.needs_servers(["manage.py", command, "argument"])


def test_an_address_that_stands_in_a_file_is_an_address(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(f"{name}_FILE", "/run/secrets/address")

    assert isinstance(manage.servers_for(["manage.py", "migrate"]), contextlib.nullcontext)


def test_an_environment_that_cannot_be_used_is_told_without_a_traceback(tmp_path):
    variables = {**os.environ, "PORT": "many", "DJANGO_SETTINGS_MODULE": "alignment.settings"}

    done = subprocess.run(
        [sys.executable, manage.__file__, "dev"], env=variables, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "The environment cannot be used:\n  PORT: Not a valid integer.\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["help"],
        ["--version"],
        ["dev"],
        ["analyse", "workshop.json"],
        ["makemigrations", "--check"],
        ["migrate", "-h"],
    ],
)
def test_commands_that_read_files_alone_get_none(arguments):
    assert not manage.needs_servers(["manage.py", *arguments])
