from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from workshops.files import storing
from workshops.files.workshop_file import FileRefused
from workshops.management.files import read_file
from workshops.models import Membership, Team, User


class Command(BaseCommand):
    """Stores a workshop file as a new workshop."""

    help = (
        "Store a workshop file (format parallax-workshop/1) as a new workshop. An operator's command: it asks nobody."
    )

    def add_arguments(self, parser):
        """A file; the team and its owner are optional."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--team", help="id of the team it is for, as in the address of the team's page")
        parser.add_argument("--owner", help="e-mail address of an account that becomes an owner of the team")

    def handle(self, *, file, team, owner, **options):
        """Store it, all or nothing; exit code 2 if the file is refused."""
        known = self._team(team)
        user = self._user(owner)
        said = read_file(file)
        try:
            workshop = storing.store(said, team=known)
        except FileRefused as error:
            raise CommandError(f"{file}: {error}", returncode=2) from None
        if user:
            workshop.team.add_member(user, Membership.Access.OWNER)
        self.stdout.write(
            f"Stored {workshop.title!r} for the team {workshop.team.name!r}: /workshops/{workshop.public_id}/"
        )

    def _team(self, public_id):
        if public_id is None:
            return None
        team = Team.objects.filter(public_id=public_id).first()
        if team is None:
            raise CommandError(f"There is no team with the id {public_id!r}.")
        return team

    def _user(self, email):
        if email is None:
            return None
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account {email!r}; make one with createowner.")
        return user
