"""Facilitators put the same items together at the same moment: one does, the other is told."""

import time

import pytest
from django.db.models import QuerySet

from tests.people import account
from tests.workshops.consolidated import gathered
from tests.workshops.test_write_races import at_once
from workshops import consolidating
from workshops.models import Team
from workshops.viewer import Viewer

ROUNDS = 50
TITLES = ("Get paid", "Calm", "Evenings free")


@pytest.fixture
def workshop(transactional_db):
    """Three goals, each an item of its own."""
    team = Team.objects.create(name="Invoicing for builders")
    team.add_default_roles()
    return gathered(team, mia=[(title, "") for title in TITLES])


@pytest.fixture
def ana(workshop):
    """Facilitates, in several windows."""
    return Viewer(user=account("Ana"))


def merge_together(workshop, viewer):
    """Two merge the same three items at once, each into another one. What came of it, and what then stands there."""
    items = {item.title: item for item in workshop.items.all()}
    known = {title: (item.public_id, item.version) for title, item in items.items()}
    orders = (TITLES, (TITLES[1], TITLES[0], TITLES[2]))

    def merge(order):
        try:
            return consolidating.merge(workshop, viewer, [known[title] for title in order]).title
        except consolidating.Stale:
            return None
        except Exception as error:  # without the lock it may fail in any way
            return type(error).__name__

    done = at_once(*[lambda order=order: merge(order) for order in orders])
    return done, sorted(workshop.items.values_list("title", flat=True))


def test_of_two_who_merge_the_same_items_one_does_and_undo_brings_all_back(workshop, ana):
    for _n in range(ROUNDS):
        done, stands = merge_together(workshop, ana)
        held = workshop.statements.values_list("item__title", flat=True)

        assert sorted(map(bool, done)) == [False, True]
        assert stands == [title for title in done if title]
        assert set(held) == set(stands)
        assert workshop.edits.filter(undone_at__isnull=True).count() == 1

        consolidating.undo(workshop, seen=workshop.edits.get(undone_at__isnull=True).number)
        assert sorted(workshop.items.values_list("title", flat=True)) == sorted(TITLES)


def test_of_many_who_press_undo_one_takes_back_the_last_change(workshop, ana):
    for title in TITLES[1:]:
        item = workshop.items.get(title=title)
        consolidating.set_aside(workshop, ana, (item.public_id, item.version), aside=True)

    pressed = at_once(*[lambda: press(consolidating.undo, workshop, 2)] * 6)

    assert sorted(pressed) == [False] * 5 + [True]
    assert list(workshop.items.filter(set_aside=True).values_list("title", flat=True)) == [TITLES[1]]


def press(step, workshop, seen):
    """Whether it was this press that did it."""
    try:
        step(workshop, seen=seen)
    except consolidating.Stale:
        return False
    return True


def test_without_the_lock_more_than_one_would(workshop, ana, monkeypatch):
    found = consolidating._found
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows.all())
    monkeypatch.setattr(consolidating, "_found", lambda *given: (found(*given), time.sleep(0.05))[0])

    done, _stands = merge_together(workshop, ana)

    assert None not in done
