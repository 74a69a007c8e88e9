import sys

from django.conf import settings
from django.core.management import BaseCommand, call_command, get_commands
from django.db import connections

from alignment.embedded import development, static

SIGN_IN = "Sign in as owner@example.com at {address}/sign-in/; the six-digit code appears in this terminal."


class Command(BaseCommand):
    """Runs the whole application on this machine: servers, web, worker and scheduler, until Ctrl-C."""

    help = __doc__
    requires_system_checks = ()  # `make check` runs them; here they would only make starting slower

    def handle(self, **options):
        """Run until a signal asks to stop."""
        variables = settings.ENVIRONMENT
        status = development.run(
            settings.DATA_DIR, variables["HOST"], variables["PORT"], prepare=prepare, sign_in=sign_in
        )
        sys.exit(status)


def prepare():
    """Bring the tables, the static files and the samples up to date."""
    call_command("migrate", interactive=False, verbosity=0)
    static.collect()
    if "import_samples" in get_commands():
        call_command("import_samples", verbosity=0)
    connections.close_all()


def sign_in(address):
    """What the terminal says when everything runs."""
    return [f"Parallax runs at {address}", SIGN_IN.format(address=address), "Ctrl-C stops all of it."]
