"""Adding people to a workshop: by a pasted list, and from the team."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.people import add_people, make_workshop
from tests.workshops.guest_list import audited, paste, put_in, there
from workshops.models import Letter, Workshop


@pytest.fixture
def workshop(team):
    """In setup, with nobody in it."""
    made = make_workshop(team, people=0)
    Workshop.objects.update(stage="setup")
    made.refresh_from_db()
    return made


def test_a_pasted_list_adds_participants_observers_and_members_with_their_account(client, workshop, team, ana, ben):
    team.memberships.filter(user=ben).update(role=team.roles.get(key="engineering"))
    client.force_login(ana)

    response = paste(
        client,
        workshop,
        "Mia Lin <Mia@Example.com>, customer SUPPORT\n\n"
        '"Lin, Tom" <tom@example.com>; Sales\n'
        "ben@example.com\n"
        "eve@example.com, Observer\n",
    )

    assert response.status_code == 302
    assert there(workshop) == [
        ("Ben", "ben@example.com", "engineering", "Ben"),
        ("Lin, Tom", "tom@example.com", "sales", None),
        ("Mia Lin", "mia@example.com", "support", None),
        ("eve", "eve@example.com", "observer", None),
    ]
    assert audited(workshop) == [("Ana", "added", name) for name in ("Mia Lin", "Lin, Tom", "Ben", "eve")]
    assert not Letter.objects.exists()


def test_lines_without_a_role_get_the_chosen_one(client, workshop, team, ana):
    client.force_login(ana)

    paste(client, workshop, "mia@example.com\nTom <tom@example.com>, Sales", place=team.roles.get(key="other").pk)

    assert [(name, role) for name, _email, role, _user in there(workshop)] == [("Tom", "sales"), ("mia", "other")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("nonsense", "“nonsense” is no e-mail address."),
        ("Mia <mia@example.com", "write it as “Name &lt;address&gt;, Role”."),
        ("Mia <mia@example.com> Design", "write it as “Name &lt;address&gt;, Role”."),
        ("mia@example.com, Enginering", "the team has no role “Enginering”."),
        ("mia@example.com", "a role is missing, such as “mia@example.com, Executive”."),
        ("here@example.com, Design", "here@example.com is in this workshop already."),
        ("GOOD@example.com, Design", "it has the address of line 1."),
        (f"{'x' * 121} <mia@example.com>, Design", "its name has more than 120 characters."),
        ("Mia\x07 <mia@example.com>, Design", "it holds a broken character."),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_number_and_nobody_is_added(client, workshop, ana, line, reason):
    put_in(workshop, "here")
    client.force_login(ana)

    response = paste(client, workshop, f"Good <good@example.com>, Design\n{line}")

    page = response.content.decode()
    assert response.status_code == 422
    assert f"Line 2: {reason}" in page
    assert "Good &lt;good@example.com&gt;, Design" in page
    assert [name for name, *_rest in there(workshop)] == ["here"]


def test_right_to_left_names_and_emoji_are_kept(client, workshop, ana):
    client.force_login(ana)

    paste(client, workshop, "مريم 🧱 <maryam@example.com>, Design")

    assert [name for name, *_rest in there(workshop)] == ["مريم 🧱"]


@pytest.mark.parametrize("lines", ["", " \n ", "a\x00@example.com, Design"])
def test_an_empty_or_broken_list_is_refused(client, workshop, ana, lines):
    client.force_login(ana)

    assert paste(client, workshop, lines).status_code == 422
    assert there(workshop) == []


def test_a_workshop_takes_500_people(client, workshop, ana):
    add_people(workshop, 499)
    client.force_login(ana)

    both = paste(client, workshop, "mia@example.com, Design\ntom@example.com, Design")
    one = paste(client, workshop, "mia@example.com, Design")

    assert "A workshop has room for 500 people." in both.content.decode()
    assert (both.status_code, one.status_code) == (422, 302)
    assert workshop.participants.count() == 500


def test_members_are_chosen_from_the_team_each_with_a_role(client, workshop, team, ana, ben, oda):
    of = {name: team.memberships.get(user=user).public_id for name, user in (("ben", ben), ("ana", ana))}
    client.force_login(ana)

    response = client.post(
        f"/workshops/{workshop.public_id}/people/members/",
        {
            f"take-{of['ben']}": "on",
            f"place-{of['ben']}": team.roles.get(key="sales").pk,
            f"take-{of['ana']}": "on",
            f"place-{of['ana']}": "observer",
        },
    )

    assert response.status_code == 302
    assert there(workshop) == [
        ("Ana", "ana@example.com", "observer", "Ana"),
        ("Ben", "ben@example.com", "sales", "Ben"),
    ]


def test_a_chosen_member_without_a_role_is_asked_for_one(client, workshop, team, ana, ben):
    member = team.memberships.get(user=ben).public_id
    client.force_login(ana)

    response = client.post(f"/workshops/{workshop.public_id}/people/members/", {f"take-{member}": "on"})

    assert response.status_code == 422
    assert "Choose a role for Ben." in response.content.decode()
    assert there(workshop) == []


def test_a_role_of_another_team_is_refused(client, workshop, team, ana, ben, olga):
    foreign = olga.memberships.get().team.roles.first()
    member = team.memberships.get(user=ben).public_id
    client.force_login(ana)

    chosen = client.post(
        f"/workshops/{workshop.public_id}/people/members/", {f"take-{member}": "on", f"place-{member}": foreign.pk}
    )
    pasted = paste(client, workshop, "mia@example.com", place=foreign.pk)

    assert (chosen.status_code, pasted.status_code) == (422, 422)
    assert there(workshop) == []


@pytest.mark.parametrize("change", [{"stage": "closed"}, {"archived_at": timezone.now()}])
def test_a_workshop_that_is_over_takes_nobody(client, workshop, ana, change):
    Workshop.objects.update(**change)
    client.force_login(ana)

    response = paste(client, workshop, "mia@example.com, Design")

    assert response.status_code == 422
    assert "This workshop is over: it takes no new people." in response.content.decode()
    assert there(workshop) == []


def test_ten_equal_posts_at_once_add_a_person_once(transactional_db, workshop, ana):
    at_once = Barrier(10)
    first = Client()
    first.force_login(ana)

    def post():
        client = Client()
        client.cookies = first.cookies
        at_once.wait()
        try:
            return paste(client, workshop, "Mia <mia@example.com>, Design").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        answers = sorted(future.result() for future in [pool.submit(post) for _ in range(10)])

    assert answers == [302] + [422] * 9
    assert [name for name, *_rest in there(workshop)] == ["Mia"]
