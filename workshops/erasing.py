"""Deleting what otherwise never changes, in a transaction that says so: a workshop, a sample, a person's data."""

from contextlib import contextmanager

from django.db import connection, transaction

from . import live


@contextmanager
def erasing():
    """A transaction in which closed rounds and analyses may be deleted; the triggers ask for it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('parallax.erasing', 'on', true)")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('parallax.erasing', 'off', true)")


def erase_workshop(workshop):
    """Delete a workshop with all that was ever answered in it. Open streams on it end."""
    with erasing():
        live.close_streams([workshop])
        workshop.delete()


def erase_team(team):
    """Delete a team with its workshops. Accounts of its members stay."""
    with erasing():
        for workshop in team.workshops.all():
            erase_workshop(workshop)
        team.delete()
