from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from workshops.files import storing
from workshops.management.files import read_file
from workshops.models import Erasure, Membership, User, Workshop

LOCAL_OWNER = "owner@example.com"
FOR_EVERYBODY = ("napire", "invoicing")  # the newest stands first; the others are stored when they are named


class Command(BaseCommand):
    """Stores workshops that come with Parallax; those that are there already stay as they are."""

    help = (
        f"Store the sample workshops: {' and '.join(FOR_EVERYBODY)} unless they were removed, or those that are named. "
        "On a local installation they belong to owner@example.com."
    )

    def add_arguments(self, parser):
        """Names are optional; the owner is needed where others can reach the server."""
        parser.add_argument("names", nargs="*", metavar="name", help="as a file in samples/ is called, without .json")
        parser.add_argument(
            "--owner", default=LOCAL_OWNER if settings.IS_LOCAL else None, required=not settings.IS_LOCAL
        )

    def handle(self, *, names, owner, **options):
        """Store what is missing, each in a transaction of its own."""
        files = {path.stem: path for path in sorted((settings.BASE_DIR / "samples").glob("*.json"))}
        for name in names:
            if name not in files:
                raise CommandError(f"There is no sample {name!r}; the samples are {', '.join(files)}.")
        there = set(Workshop.objects.exclude(sample="").values_list("sample", flat=True))
        user = User.objects.of_email(owner, "Sample owner" if owner == LOCAL_OWNER else "")
        for name in names or self._not_removed(files):
            if name not in there:
                self._store(name, files[name], user)

    def _not_removed(self, files):
        removed = set(Erasure.objects.exclude(sample="").values_list("sample", flat=True))
        return [name for name in FOR_EVERYBODY if name in files and name not in removed]

    @transaction.atomic
    def _store(self, name, path, user):
        workshop = storing.store(read_file(path), sample=name)
        workshop.team.add_member(user, Membership.Access.OWNER)
        self.stdout.write(f"Sample {workshop.title!r} stored.")
