"""Every address of the site has a declared answer for everybody who may ask."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.people import make_workshop
from workshops.viewer import PARTICIPANT_KEY

EVERYBODY = ("stranger", "other team's owner", "participant", "member", "facilitator", "owner")
PUBLIC = dict.fromkeys(EVERYBODY, 200)
WORKSHOP = {
    "stranger": 404,
    "other team's owner": 404,
    "participant": 200,
    "member": 200,
    "facilitator": 200,
    "owner": 200,
}
TEAM = WORKSHOP | {"participant": 404}
OWNERS = {"stranger": 404, "other team's owner": 404, "participant": 404, "member": 403, "facilitator": 403}
FACILITATORS = {"stranger": 404, "other team's owner": 404, "participant": 403, "member": 403}
SIGN_IN = {"stranger": 200, "participant": 200} | dict.fromkeys(EVERYBODY[1:2] + EVERYBODY[3:], 302)

# route: method, data, answer for each. A missing person in a POST's answers is one for whom it does something: 302.
ROUTES = {
    "": ("get", {}, PUBLIC),
    "teams/<str:public_id>/": ("get", {}, TEAM),
    "teams/<str:public_id>/members/": ("post", {"email": "mia@example.com", "name": "Mia", "access": "member"}, OWNERS),
    "teams/<str:public_id>/members/<str:member_id>/": ("post", {"access": "member"}, OWNERS),
    "teams/<str:public_id>/roles/": ("post", {"name": "Research", "lens": "none"}, OWNERS),
    "teams/<str:public_id>/roles/<str:role_id>/": ("post", {"name": "Research", "lens": "none"}, OWNERS),
    "teams/<str:public_id>/segments/": ("post", {"name": "Roofers"}, OWNERS),
    "workshops/<str:public_id>/": ("get", {}, WORKSHOP | dict.fromkeys(EVERYBODY[2:], 302)),
    "workshops/<str:public_id>/diff/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/job/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/items/<str:item_id>/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/compare/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/analyses/": ("post", {}, FACILITATORS),
    "healthz": ("get", {}, PUBLIC),
    "readyz": ("get", {}, PUBLIC),
    "styleguide/": ("get", {}, PUBLIC),
    "offline/": ("get", {}, PUBLIC),
    "sw.js": ("get", {}, PUBLIC),
    "sign-in/": ("get", {}, SIGN_IN),
    "sign-in/code/": ("get", {}, dict.fromkeys(EVERYBODY, 302)),
    "sign-in/inactive/": ("get", {}, PUBLIC),
    "sign-up/": ("get", {}, SIGN_IN),
    "sign-up/code/": ("get", {}, dict.fromkeys(EVERYBODY, 302)),
    "sign-out/": ("post", {}, dict.fromkeys(EVERYBODY, 302)),
}


def routes(patterns=None, prefix=""):
    """Every route of the site as Django writes it."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def test_every_route_has_a_declared_answer():
    found = {route for route in routes() if not route.startswith("admin/")}  # those are tried in test_admin.py

    assert found == set(ROUTES)


@pytest.fixture
def sign_in(client, team, oda, ana, ben, olga):
    """Makes the client the person named; gives the workshop and the address of a route in it."""
    workshop = make_workshop(team)
    people = {"other team's owner": olga, "member": ben, "facilitator": ana, "owner": oda}

    def become(who):
        if who in people:
            client.force_login(people[who])
        elif who == "participant":
            session = client.session
            session[PARTICIPANT_KEY] = workshop.participants.first().pk
            session.save()
            client.cookies["session"] = session.session_key
        return workshop

    return become


def address(route, workshop, ben):
    """The route with the ids of this workshop and its team."""
    team = workshop.team
    ids = team.public_id if route.startswith("teams/") else workshop.public_id
    return "/" + (
        route.replace("<str:public_id>", ids)
        .replace("<str:member_id>", team.memberships.get(user=ben).public_id)
        .replace("<str:role_id>", team.roles.first().public_id)
        .replace("<str:item_id>", workshop.items.first().public_id)
    )


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("route", ROUTES)
def test_the_answer_is_the_declared_one(client, sign_in, ben, route, who):
    method, data, answers = ROUTES[route]
    workshop = sign_in(who)

    response = getattr(client, method)(address(route, workshop, ben), data)

    assert response.status_code == answers.get(who, 302)


@pytest.mark.parametrize("route", [route for route in ROUTES if "<str:" in route])
def test_what_is_not_mine_looks_like_what_is_not_there(client, sign_in, ben, route):
    method, data, _answers = ROUTES[route]
    workshop = sign_in("other team's owner")
    mine = address(route, workshop, ben)
    nobodys = "/".join("AAAAAAAAAAAAAAAA" if len(part) == 16 else part for part in mine.split("/"))

    foreign, missing = (getattr(client, method)(where, data) for where in (mine, nobodys))

    assert foreign.status_code == missing.status_code == 404
    assert foreign.content.replace(mine.encode(), b"") == missing.content.replace(nobodys.encode(), b"")


@pytest.mark.parametrize("route", [route for route, (method, _, _) in ROUTES.items() if method == "post"])
def test_reading_an_address_that_writes_is_refused(client, sign_in, ben, route):
    workshop = sign_in("owner")

    response = client.get(address(route, workshop, ben))

    # Signing out is asked about first, on a page with a button.
    assert response.status_code == (200 if route == "sign-out/" else 405)


def test_a_post_without_its_token_is_refused(sign_in, ben):
    from django.test import Client

    workshop = sign_in("owner")
    strict = Client(enforce_csrf_checks=True)
    posts = [route for route, (method, _, _) in ROUTES.items() if method == "post"]

    answers = {route: strict.post(address(route, workshop, ben)).status_code for route in posts}

    assert answers == dict.fromkeys(posts, 403)
    assert not workshop.jobs.exists()


def test_an_empty_workshop_is_open_to_nobody_from_outside(client, team, olga):
    workshop = make_workshop(team, people=0, items=0)
    strangers = [client.get(f"/workshops/{workshop.public_id}/diff/").status_code]
    client.force_login(olga)
    strangers.append(client.get(f"/workshops/{workshop.public_id}/diff/").status_code)
    elsewhere = make_workshop(olga.memberships.get().team)
    session = client.session
    session[PARTICIPANT_KEY] = elsewhere.participants.first().pk
    session.save()
    strangers.append(client.get(f"/workshops/{workshop.public_id}/diff/").status_code)

    assert strangers == [404, 404, 404]


def test_every_answer_carries_the_security_headers(client, sign_in, ben):
    workshop = sign_in("owner")
    responses = [client.get(address(route, workshop, ben)) for route in ROUTES] + [client.get("/nowhere/")]

    for response in responses:
        assert response["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response["Permissions-Policy"]
