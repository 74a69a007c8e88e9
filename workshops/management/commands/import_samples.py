from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from workshops.files import storing
from workshops.management.files import read_file
from workshops.models import Membership, User, Workshop

LOCAL_OWNER = "owner@example.com"


class Command(BaseCommand):
    """Stores the workshops that come with Parallax; those that are there already stay as they are."""

    help = "Store the sample workshops. On a local installation they belong to owner@example.com."

    def add_arguments(self, parser):
        """The owner is needed where others can reach the server."""
        parser.add_argument(
            "--owner", default=LOCAL_OWNER if settings.IS_LOCAL else None, required=not settings.IS_LOCAL
        )

    def handle(self, *, owner, **options):
        """Store what is missing, each in a transaction of its own."""
        there = set(Workshop.objects.exclude(sample="").values_list("sample", flat=True))
        user = User.objects.of_email(owner, "Sample owner" if owner == LOCAL_OWNER else "")
        for path in sorted((settings.BASE_DIR / "samples").glob("*.json")):
            if path.stem in there:
                continue
            with transaction.atomic():
                workshop = storing.store(read_file(path), sample=path.stem)
                workshop.team.add_member(user, Membership.Access.OWNER)
            self.stdout.write(f"Sample {workshop.title!r} stored.")
