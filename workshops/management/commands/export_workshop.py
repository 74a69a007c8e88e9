from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from workshops.files import exporting, workshop_file
from workshops.models import Workshop


class Command(BaseCommand):
    """Writes a workshop as a file, with everything in it."""

    help = (
        "Write a workshop as a file (format parallax-workshop/1). An operator's command: names and answers are in it, "
        "whatever the workshop's candour."
    )

    def add_arguments(self, parser):
        """The workshop's id, and where to write to."""
        parser.add_argument("id", help="as in the address of the workshop's page")
        parser.add_argument("-o", "--output", type=Path, help="a file; without it the workshop is printed")

    def handle(self, *, id, output, **options):
        """Write it in its canonical form."""
        workshop = Workshop.objects.select_related("team", "segment").filter(public_id=id).first()
        if workshop is None:
            raise CommandError(f"There is no workshop with the id {id!r}.")
        written = workshop_file.write(exporting.as_file(workshop))
        if output is None:
            self.stdout.write(written.decode(), ending="")
            return
        try:
            output.write_bytes(written)
        except OSError as error:
            raise CommandError(f"{output}: cannot be written: {error.strerror}") from None
        self.stderr.write(f"{output}: {len(written)} bytes, unsuppressed.")
