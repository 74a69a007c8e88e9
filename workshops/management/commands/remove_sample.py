from django.core.management.base import BaseCommand, CommandError

from workshops import erasing
from workshops.models import Workshop


class Command(BaseCommand):
    """Removes a sample workshop with everything it brought."""

    help = "Remove a sample: its workshop, its team and all answers. It stays away until import_samples names it again."

    def add_arguments(self, parser):
        """The sample's name."""
        parser.add_argument("name", help="as its file in samples/ is called, without .json")

    def handle(self, *, name, **options):
        """Delete all of it in one transaction."""
        workshop = Workshop.objects.select_related("team").filter(sample=name).first()
        if workshop is None:
            raise CommandError(f"There is no sample {name!r} here.")
        erasing.erase_team(workshop.team)
        self.stdout.write(f"Sample {name!r} removed with its team.")
