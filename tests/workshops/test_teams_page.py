import pytest

from tests.people import account
from tests.queries import assert_same_queries
from workshops.models import Letter, Membership, User


def members(team):
    """Who belongs to the team, with access."""
    return {m.user.email: m.access for m in team.memberships.select_related("user")}


def test_an_owner_adds_a_member_who_had_no_account(client, oda, team):
    client.force_login(oda)

    response = client.post(
        f"/teams/{team.public_id}/members/", {"email": "Mia@Example.com", "name": " Mia  Lin ", "access": "member"}
    )

    assert response.status_code == 302
    assert members(team) == {"oda@example.com": "owner", "mia@example.com": "member"}
    assert User.objects.get(email="mia@example.com").name == "Mia Lin"


def test_somebody_who_was_added_is_told_by_mail(client, oda, team):
    client.force_login(oda)

    client.post(f"/teams/{team.public_id}/members/", {"email": "mia@example.com", "name": "Mia", "access": "member"})

    [letter] = Letter.objects.all()
    assert (letter.kind, letter.membership.user.email, letter.state) == ("membership", "mia@example.com", "waiting")


def test_adding_a_member_twice_is_refused_with_what_was_typed(client, oda, ben, team):
    client.force_login(oda)

    response = client.post(
        f"/teams/{team.public_id}/members/", {"email": "ben@example.com", "name": "Benny", "access": "member"}
    )

    assert response.status_code == 422
    assert "This person is a member already." in response.content.decode()
    assert 'value="Benny"' in response.content.decode()


@pytest.mark.parametrize("name", ["", "  ", "a\x00b", "x" * 121])
def test_a_name_that_cannot_be_kept_is_refused(client, oda, team, name):
    client.force_login(oda)

    response = client.post(
        f"/teams/{team.public_id}/members/", {"email": "mia@example.com", "name": name, "access": "member"}
    )

    assert response.status_code == 422
    assert members(team) == {"oda@example.com": "owner"}


def test_a_facilitator_sees_the_team_and_cannot_change_it(client, ana, ben, team):
    client.force_login(ana)
    page = client.get(f"/teams/{team.public_id}/")
    membership = team.memberships.get(user=ben)

    response = client.post(f"/teams/{team.public_id}/members/{membership.public_id}/", {"access": "owner"})

    assert page.status_code == 200
    assert "Add a member" not in page.content.decode()
    assert response.status_code == 403
    assert members(team)["ben@example.com"] == "member"


def test_an_owner_changes_access_and_role_of_a_member(client, oda, ben, team):
    client.force_login(oda)
    membership = team.memberships.get(user=ben)
    design = team.roles.get(key="design")

    client.post(
        f"/teams/{team.public_id}/members/{membership.public_id}/", {"access": "facilitator", "role": design.pk}
    )

    membership.refresh_from_db()
    assert (membership.access, membership.role) == ("facilitator", design)


def test_a_role_of_another_team_is_refused(client, oda, ben, olga, team):
    client.force_login(oda)
    membership = team.memberships.get(user=ben)
    foreign = olga.memberships.get().team.roles.first()

    response = client.post(
        f"/teams/{team.public_id}/members/{membership.public_id}/", {"access": "member", "role": foreign.pk}
    )

    membership.refresh_from_db()
    assert response.status_code == 422
    assert membership.role is None


@pytest.mark.parametrize("change", [{"remove": "1"}, {"access": "member"}])
def test_a_team_keeps_its_last_owner(client, oda, team, change):
    client.force_login(oda)
    membership = team.memberships.get(user=oda)

    response = client.post(f"/teams/{team.public_id}/members/{membership.public_id}/", change, follow=True)

    assert "A team keeps at least one owner." in response.content.decode()
    assert members(team) == {"oda@example.com": "owner"}


def test_a_removed_member_no_longer_finds_the_team_or_its_workshops(client, oda, ben, team, workshop):
    client.force_login(oda)
    membership = team.memberships.get(user=ben)

    client.post(f"/teams/{team.public_id}/members/{membership.public_id}/", {"remove": "1"})
    client.force_login(ben)

    assert client.get(f"/teams/{team.public_id}/").status_code == 404
    assert client.get(f"/workshops/{workshop.public_id}/diff/").status_code == 404


def test_an_owner_adds_and_renames_roles(client, oda, team):
    client.force_login(oda)
    client.post(f"/teams/{team.public_id}/roles/", {"name": "Data science", "lens": "build"})
    role = team.roles.get(name="Data science")

    client.post(f"/teams/{team.public_id}/roles/{role.public_id}/", {"name": "Research", "lens": "decide"})

    role.refresh_from_db()
    assert (role.key, role.name, role.lens) == ("data-science", "Research", "decide")


def test_two_roles_of_one_name_are_refused(client, oda, team):
    client.force_login(oda)

    response = client.post(f"/teams/{team.public_id}/roles/", {"name": "engineering", "lens": "build"})

    assert response.status_code == 422
    assert team.roles.count() == 8


def test_an_owner_adds_a_segment_once(client, oda, team):
    client.force_login(oda)

    first = client.post(f"/teams/{team.public_id}/segments/", {"name": "Roofers"})
    second = client.post(f"/teams/{team.public_id}/segments/", {"name": "Roofers"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert list(team.segments.values_list("name", flat=True)) == ["Roofers"]


def test_the_page_runs_as_many_queries_for_three_members_as_for_one(client, oda, team):
    client.force_login(oda)

    def grow():
        for name in ("Cleo", "Dele", "Emil"):
            team.add_member(account(name), Membership.Access.MEMBER, team.roles.first())

    assert_same_queries(lambda: client.get(f"/teams/{team.public_id}/"), grow)
