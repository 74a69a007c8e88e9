import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from workshops.files import schema, storing
from workshops.files.workshop_file import FileRefused
from workshops.management.files import add_csv_arguments, read_file, refused, telling
from workshops.models import Membership, Team, User


class Command(BaseCommand):
    """Stores a workshop file or a ratings CSV as a new workshop."""

    help = (
        "Store a workshop file (format parallax-workshop/1) or a ratings CSV as a new workshop, all of it or nothing. "
        "An operator's command: it asks nobody. What a CSV makes is closed and revealed, in candour open."
    )

    def add_arguments(self, parser):
        """A file; the team and its owner are optional."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--team", help="id of the team it is for, as in the address of the team's page")
        parser.add_argument("--owner", help="e-mail address of an account that becomes an owner of the team")
        add_csv_arguments(parser)

    def handle(self, *, file, team, owner, title, levels, verbosity, **options):
        """Store it; exit code 2 if it is refused, and nothing is changed then."""
        tell = telling(self, verbosity)
        known, user = self._team(team), self._user(owner)
        roles = known and [schema.Role(key=r.key, name=r.name, lens=r.lens) for r in known.roles.all()]
        said = read_file(file, tell=tell, title=title, levels=levels, roles=roles)
        begin = time.monotonic()
        workshop = self._stored(said, file, known, user, tell)
        tell(f"Stored in {time.monotonic() - begin:.1f} s.")
        self.stdout.write(
            f"Stored {workshop.title!r} for the team {workshop.team.name!r}: /workshops/{workshop.public_id}/"
        )

    def _stored(self, said, file, team, user, tell):
        try:
            with transaction.atomic():
                workshop = storing.store(said, team=team, on_progress=lambda what: tell(f"Storing: {what} …"))
                if user:
                    workshop.team.add_member(user, Membership.Access.OWNER)
        except FileRefused as error:
            raise refused(file, error) from None
        except DatabaseError as error:
            reason = str(error).partition("\n")[0]
            raise refused(file, f"the database refuses it, and nothing was stored: {reason}") from error
        return workshop

    def _team(self, public_id):
        if public_id is None:
            return None
        team = Team.objects.filter(public_id=public_id).first()
        if team is None:
            raise CommandError(f"There is no team with the id {public_id!r}.", returncode=2)
        return team

    def _user(self, email):
        if email is None:
            return None
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"There is no account {email!r}; make one with createowner.", returncode=2)
        return user
