from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from alignment.divergence import analyse
from workshops import answers
from workshops.files import findings_file
from workshops.management.files import read_file


class Command(BaseCommand):
    """Computes the findings of a workshop file, without a database."""

    help = (
        "Print the findings of a workshop file as JSON (format parallax-findings/1). An operator's command: nothing is "
        "suppressed, whatever the workshop's candour. Needs no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        """One file."""
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        """Print the findings; exit code 2 if the file is refused."""
        said = read_file(file)
        try:
            round_ = answers.round_to_analyse(said.rounds)
        except answers.NothingToAnalyse as error:
            raise CommandError(f"{file}: rounds: {error}", returncode=2) from None
        result = analyse(answers.from_file(said, round_))
        self.stdout.write(findings_file.write(said, result, round_.scales.importance), ending="")
