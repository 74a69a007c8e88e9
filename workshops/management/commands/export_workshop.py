from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from workshops import answers
from workshops.files import exporting, ratings_csv, workshop_file
from workshops.management.files import refused, telling
from workshops.models import Workshop


class Command(BaseCommand):
    """Writes a workshop as a file, with everything in it, or its ratings as a CSV."""

    help = (
        "Write a workshop as a file (format parallax-workshop/1), or with --ratings the answers of its rating round as "
        "a CSV. An operator's command: names and answers are in it, whatever the workshop's candour."
    )

    def add_arguments(self, parser):
        """The workshop's id, and where to write to."""
        parser.add_argument("id", help="as in the address of the workshop's page")
        parser.add_argument("-o", "--output", type=Path, help="a file; without it the workshop is printed")
        parser.add_argument("--ratings", action="store_true", help="only the answers of the rating round, as a CSV")

    def handle(self, *, id, output, ratings, verbosity, **options):
        """Write it in its canonical form; exit code 2 if there is nothing to write, or nowhere."""
        workshop = Workshop.objects.select_related("team", "segment").filter(public_id=id).first()
        if workshop is None:
            raise CommandError(f"There is no workshop with the id {id!r}.", returncode=2)
        said = exporting.as_file(workshop)
        written = self._ratings(said) if ratings else workshop_file.write(said)
        if output is None:
            self.stdout.write(written.decode(), ending="")
            return
        try:
            output.write_bytes(written)
        except OSError as error:
            raise refused(output, f"cannot be written: {error.strerror}") from None
        telling(self, verbosity)(f"{output}: {len(written)} bytes, unsuppressed.")

    def _ratings(self, said):
        try:
            return ratings_csv.write(said, answers.round_to_analyse(said.rounds))
        except answers.NothingToAnalyse as error:
            raise CommandError(f"There are no ratings to write: {error}.", returncode=2) from None
