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
        workshop = Workshop.objects.filter(sample=name).exclude(sample="").first()
        if workshop is None:
            raise CommandError(f"There is no sample {name!r} here.")
        if erasing.erase_sample(workshop):
            self.stdout.write(f"Sample {name!r} removed with its team.")
        else:
            self.stdout.write(f"Sample {name!r} removed; its team stays, for it has other workshops.")
