from django.core.management.base import BaseCommand

from alignment import environment


class Command(BaseCommand):
    """Prints docs/settings.md."""

    help = "Print the page that lists every setting."
    requires_system_checks = []

    def handle(self, **options):
        """Write the page to standard output."""
        self.stdout.write(environment.reference(), ending="")
