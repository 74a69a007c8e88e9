#!/usr/bin/env python
"""Django's commands. Those that need the database find it running, also when no server was started by hand."""

import contextlib
import os
import sys

from alignment.embedded import paths
from alignment.embedded.errors import StartError

# Commands that read and write files alone, or start the servers themselves. Every other one gets servers.
WITHOUT_SERVERS = {
    "analyse",
    "check",
    "collectstatic",
    "compilemessages",
    "dev",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "settings_reference",
    "startapp",
    "version",
}


def needs_servers(arguments):
    """Whether the command line asks for something that talks to the database."""
    command = arguments[1] if len(arguments) > 1 else "help"
    asks_for_help = "--help" in arguments or "-h" in arguments
    return not (command.startswith("-") or asks_for_help or command in WITHOUT_SERVERS)


def servers_for(arguments):
    """A context in which the command finds its database."""
    if not needs_servers(arguments) or (paths.is_given("DATABASE_URL") and paths.is_given("REDIS_URL")):
        return contextlib.nullcontext()
    from alignment.embedded import servers

    return servers.available(paths.data_dir(), arguments[1])


def main():
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alignment.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        with servers_for(sys.argv):
            execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, StartError) as error:
        sys.exit(str(error))  # what to change stands in it; the way to it helps nobody


if __name__ == "__main__":
    main()
