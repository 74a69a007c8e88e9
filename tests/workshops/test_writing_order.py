"""What statements are to each other: links, places, how many; and what is deleted and comes back."""

import pytest

from tests.workshops.writers import KEY, OTHER, kept, post, sit_down, words, write
from workshops.models import Link, Statement

pytestmark = pytest.mark.usefixtures("at_leisure")


@pytest.fixture
def client(client, mia):
    return sit_down(client, mia)


def test_a_deleted_statement_comes_back_with_its_links(client, writing, mia):
    goal, pain = write(mia, "Goal"), write(mia, "Pain", "pain")
    post(client, writing, pain.public_id, kind="pain", version=1, label="Pain", blocks=[goal.public_id])

    post(client, writing, goal.public_id, "deletion/", version=1)
    again = post(client, writing, goal.public_id, "deletion/", version=1)
    saved_meanwhile = post(client, writing, pain.public_id, kind="pain", version=2, label="Pain, worse")
    gone = kept(mia)
    post(client, writing, goal.public_id, "restoration/", version=2)

    assert (again.json()["version"], saved_meanwhile.status_code) == (2, 200)
    assert gone == [(pain.public_id, 3, "Pain, worse")]
    assert {label for _key, _version, label in kept(mia)} == {"Goal", "Pain, worse"}
    assert Link.objects.get().to_statement == goal


def test_writing_on_what_another_window_deleted_asks_first(client, writing, mia):
    post(client, writing, KEY)
    post(client, writing, KEY, "deletion/", version=1)

    refused = post(client, writing, KEY, version=1, label="Still here")
    kept_anyway = post(client, writing, KEY, version=2, label="Still here")

    assert (refused.status_code, refused.json()["is_gone"]) == (409, True)
    assert kept_anyway.status_code == 200
    assert kept(mia) == [(KEY, 3, "Still here")]


def test_links_are_drawn_and_taken_away_with_the_form(client, writing, mia):
    goal, pain, other = write(mia, "Goal"), write(mia, "Pain", "pain"), write(mia, "Other pain", "pain")
    said = {"kind": "pain", "label": "Pain"}

    post(client, writing, pain.public_id, version=1, blocks=[goal.public_id], causes=[other.public_id], **said)
    drawn = set(Link.objects.values_list("kind", "from_statement", "to_statement"))
    post(client, writing, pain.public_id, version=2, causes=[other.public_id], **said)

    assert drawn == {("blocks", pain.pk, goal.pk), ("causes", pain.pk, other.pk)}
    assert list(Link.objects.values_list("kind", "to_statement")) == [("causes", other.pk)]


def test_new_words_and_other_links_are_kept_together(client, writing, mia):
    one, other, pain = write(mia, "One"), write(mia, "Other"), write(mia, "Pain", "pain")
    post(client, writing, pain.public_id, version=1, kind="pain", label="Pain", blocks=[one.public_id])

    post(client, writing, pain.public_id, version=2, kind="pain", label="Pain, worse", blocks=[other.public_id])

    assert (pain.public_id, 3, "Pain, worse") in kept(mia)
    assert Link.objects.get().to_statement == other


def test_a_link_leads_only_to_ones_own_and_only_where_its_kind_may(client, writing, mia, tom):
    goal, pain, theirs = write(mia, "Goal"), write(mia, "Pain", "pain"), write(tom, "Tom’s goal")
    said = {"kind": "pain", "label": "Pain", "version": 1}

    refused = [
        post(client, writing, pain.public_id, blocks=[theirs.public_id], **said),
        post(client, writing, pain.public_id, blocks=[pain.public_id], **said),
        post(client, writing, pain.public_id, causes=[goal.public_id], **said),
        post(client, writing, pain.public_id, causes=[pain.public_id], **said),
    ]

    assert [answer.status_code for answer in refused] == [422] * 4
    assert not Link.objects.exists()


def test_places_change_one_by_one_and_stop_at_the_ends(client, writing, mia):
    one, _two, three = (write(mia, label) for label in ("One", "Two", "Three"))
    write(mia, "Between", "pain", position=1)

    def order():
        return [label for (label,) in Statement.objects.filter(kind="goal").values_list("label")]

    post(client, writing, three.public_id, "place/", version=1, to="up")
    moved = order()
    stale = post(client, writing, three.public_id, "place/", version=1, to="up")
    post(client, writing, one.public_id, "place/", version=1, to="up")
    nowhere = post(client, writing, one.public_id, "place/", version=1, to="sideways")

    assert moved == order() == ["One", "Three", "Two"]
    assert (stale.status_code, nowhere.status_code) == (409, 422)


def test_moving_without_a_script_keeps_what_is_typed(client, writing, mia):
    write(mia, "One")
    two = write(mia, "Two")

    response = client.post(
        f"/workshops/{writing.public_id}/write/statements/{two.public_id}/place/",
        {"version": 1, "kind": "goal", "label": "Two, typed", "to": "up"},
    )

    assert response["Location"] == f"/workshops/{writing.public_id}/write/view/#statement-{two.public_id}"
    assert [label for _key, _version, label in kept(mia)] == ["Two, typed", "One"]


def test_sixty_statements_are_enough(client, writing, mia):
    for n in range(59):
        write(mia, f"Goal {n}")

    last, over = post(client, writing, KEY), post(client, writing, OTHER)

    assert (last.status_code, over.status_code) == (200, 422)
    assert words(over) == ["You have 60 statements; more are not taken. Delete one to add another."]


def test_a_full_workshop_says_so(client, writing, mia, monkeypatch):
    monkeypatch.setattr("workshops.writing.MOST_IN_WORKSHOP", 1)
    write(mia)

    response = post(client, writing, KEY)

    assert words(response) == ["This workshop is full: it takes no more statements. Please tell the facilitator."]
