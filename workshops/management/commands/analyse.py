from pathlib import Path

from django.core.management.base import BaseCommand

from alignment.divergence import Thresholds, analyse
from workshops import answers, text_findings
from workshops.analysis import seeded
from workshops.files import findings_file
from workshops.management.files import add_csv_arguments, read_file, refused, telling


class Command(BaseCommand):
    """Computes the findings of a workshop file or a ratings CSV, without a database."""

    help = (
        "Print the findings of a workshop file or a ratings CSV as JSON (format parallax-findings/1). An operator's "
        "command: nothing is suppressed, whatever the workshop's candour. Needs no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        """One file."""
        parser.add_argument("file", type=Path)
        add_csv_arguments(parser)

    def handle(self, *, file, title, levels, verbosity, **options):
        """Print the findings; exit code 2 if the file is refused."""
        said = read_file(file, tell=telling(self, verbosity), title=title, levels=levels)
        try:
            rounds = answers.rounds_to_analyse(said.rounds)
        except answers.NothingToAnalyse as error:
            raise refused(file, f"rounds: {error}") from None
        given, again = answers.from_file(said, *rounds), answers.again_from_file(said, rounds[0])
        texts = text_findings.of_file(said)
        digest = answers.digest(given, Thresholds(), again, texts.digest)
        opposed = texts.opposed & set(given.items)
        result = analyse(given, again=again, rng=seeded(digest), opposed=opposed)
        told = text_findings.beside(texts.told, result.findings)
        self.stdout.write(findings_file.write(said, result, rounds[0].scales.importance, told), ending="")
