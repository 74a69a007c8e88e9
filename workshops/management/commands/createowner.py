from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from workshops.models import Membership, Team, User


class Command(BaseCommand):
    """Makes an account that owns a team, so that somebody can sign in to a new installation."""

    help = "Make an account that owns a team. It signs in by a code sent to its e-mail address."

    def add_arguments(self, parser):
        """An e-mail address; the names are optional."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the name others see")
        parser.add_argument("--team", default="", help="the team's name; an existing one of that name is joined")
        parser.add_argument("--operator", action="store_true", help="the account may also use the pages at /admin/")

    @transaction.atomic
    def handle(self, *, email, name, team, operator, **options):
        """Add the account and the membership; what exists already is kept."""
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address.") from None
        user = User.objects.of_email(email, name)
        owned = self._team(team, user)
        owned.memberships.update_or_create(user=user, defaults={"access": Membership.Access.OWNER})
        if operator:
            user.is_staff = user.is_superuser = True
            user.save(update_fields=["is_staff", "is_superuser"])
        self.stdout.write(f"{email} owns the team {owned.name!r} and signs in with a code sent by e-mail.")
        if user.is_staff:
            self.stdout.write(f"The operator's pages are at {settings.SITE_URL}/admin/.")

    def _team(self, name, user):
        name = name.strip() or f"{user}’s team"
        team = Team.objects.filter(name=name).order_by("pk").first()
        if team is None:
            team = Team.objects.create(name=name)
            team.add_default_roles()
        return team
