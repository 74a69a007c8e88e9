import pytest

import manage


@pytest.mark.parametrize("command", ["migrate", "shell", "createowner", "import_workshop", "a_command_of_tomorrow"])
def test_commands_get_servers(command):
    assert manage.needs_servers(["manage.py", command, "argument"])


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
