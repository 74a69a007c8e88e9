"""Several facilitators press "next" at the same moment: the workshop moves once. Without the lock it would not."""

import threading
import time

import pytest
from django.db import connection
from django.db.models import QuerySet

from tests.people import account, add_items, make_workshop
from workshops import stages
from workshops.models import Membership, Rating, Round, Team, Workshop
from workshops.viewer import Viewer

ROUNDS = 50


@pytest.fixture
def workshop(transactional_db):
    """A workshop that somebody takes part in."""
    team = Team.objects.create(name="Invoicing for builders")
    team.add_default_roles()
    made = make_workshop(team, people=1, items=0)
    # Writing was open before: else that there is one write round would stop the second move, and not the lock.
    Round.objects.create(workshop=made, kind="write", key="write", position=1)
    return made


@pytest.fixture
def ana(workshop):
    """Facilitates, and presses in several windows."""
    user = account("Ana")
    workshop.team.add_member(user, Membership.Access.FACILITATOR)
    return Viewer(user=user)


def press_together(workshop, viewer, count, *, stage="setup", to="write"):
    """`count` threads press the same button at once. How many of them moved the workshop, and by how much it moved."""
    Workshop.objects.filter(pk=workshop.pk).update(stage=stage)
    seen = Workshop.objects.get(pk=workshop.pk).stage_version
    noted = workshop.audit.count()
    start, moved = threading.Barrier(count), []

    def press():
        mine = Workshop.objects.get(pk=workshop.pk)
        start.wait()
        try:
            stages.move(mine, to, seen=seen, viewer=viewer)
            moved.append(mine.stage_version)
        except stages.MovedMeanwhile:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    workshop.refresh_from_db()
    return len(moved), workshop.stage_version - seen, workshop.audit.count() - noted


def test_however_many_press_at_once_it_moves_once(workshop, ana):
    results = {press_together(workshop, ana, 2 + n % 4) for n in range(ROUNDS)}

    assert results == {(1, 1, 1)}


def rate_anew(workshop):
    """The rating is open, and nobody has been noted as asked and silent."""
    workshop.rounds.filter(kind=Round.Kind.RATE).update(closed_at=None)
    Rating.objects.all().delete()
    workshop.jobs.all().delete()


def test_however_many_close_the_rating_it_closes_once(workshop, ana):
    add_items(workshop, 1)
    results = set()
    for n in range(ROUNDS):
        rate_anew(workshop)
        pressed = press_together(workshop, ana, 2 + n % 4, stage="rate", to="live")
        results.add((*pressed, workshop.jobs.count(), Rating.objects.count()))

    assert results == {(1, 1, 1, 1, 1)}


def test_without_the_lock_it_would_move_more_than_once(workshop, ana, monkeypatch):
    checked = stages.moves_from
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    monkeypatch.setattr(stages, "moves_from", lambda found: time.sleep(0.02) or checked(found))

    results = [press_together(workshop, ana, 5) for _ in range(3)]

    assert max(moved for moved, _by, _noted in results) > 1
