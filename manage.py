#!/usr/bin/env python
"""Django's commands. Those that need the database find it running, also when no server was started by hand."""

import contextlib
import os
import sys

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


def main():
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alignment.settings")
    from django.core.management import execute_from_command_line

    servers = contextlib.nullcontext()
    if needs_servers(sys.argv):
        from alignment.embedded import paths
        from alignment.embedded import servers as embedded

        servers = embedded.available(paths.data_dir(), sys.argv[1])
    with servers:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
