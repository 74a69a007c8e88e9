"""Deleting what otherwise never changes, in a recorded transaction: a workshop with all answers, a team, a sample."""

from contextlib import contextmanager

from django.db import connection, transaction

from . import live
from .models import Erasure, Team, Workshop


@contextmanager
def erasing(kind, sample=""):
    """A transaction in which closed rounds and analyses may be deleted; the triggers ask for it. It leaves a record."""
    with transaction.atomic():
        Erasure.objects.create(kind=kind, sample=sample)
        _allow("on")
        yield
        _allow("off")


def erase_workshop(workshop):
    """Delete a workshop with all that was ever answered in it. Open streams on it end."""
    with erasing(Erasure.Kind.WORKSHOP, workshop.sample):
        _keep_others_out(workshop)
        live.close_streams([workshop])
        workshop.delete()


def erase_team(team):
    """Delete a team with its workshops. Accounts of its members stay."""
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        for workshop in team.workshops.all():
            erase_workshop(workshop)
        Erasure.objects.create(kind=Erasure.Kind.TEAM)
        team.delete()


def erase_sample(workshop):
    """Delete a sample with the team that came with it, unless the team has begun workshops of its own.

    Returns
    -------
    bool
        Whether the team went too.
    """
    with transaction.atomic():
        team = Team.objects.select_for_update().get(pk=workshop.team_id)
        alone = team.is_sample and not team.workshops.exclude(pk=workshop.pk).exists()
        if alone:
            erase_team(team)
        else:
            erase_workshop(workshop)
    return alone


def _allow(state):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('parallax.erasing', %s, true)", [state])


def _keep_others_out(workshop):
    """Lock what every answer points to: one that comes now waits, and then finds nothing, instead of staying behind."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    for rows in (workshop.rounds, workshop.participants):
        list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
