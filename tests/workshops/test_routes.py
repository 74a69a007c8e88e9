"""Every address of the site has a declared answer for everybody who may ask."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from tests.people import make_workshop, take_seat
from workshops.models import Workshop

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
WRITERS = dict.fromkeys(EVERYBODY, 404) | {"participant": 200}
SEATED = WRITERS
TOO_LATE = WRITERS | {"participant": 409}  # its stage is past writing
RATERS = {name: 404 for name in EVERYBODY if name != "participant"}
BOARD = FACILITATORS | {"facilitator": 200, "owner": 200}
BOARD_LATER = FACILITATORS | {"facilitator": 409, "owner": 409}  # its stage is past putting items together
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
    "teams/<str:public_id>/workshops/": ("get", {}, TEAM | {"member": 403}),
    "teams/<str:public_id>/workshops/file/": ("get", {}, TEAM | {"member": 403}),
    "in/<str:token>/": ("get", {}, PUBLIC),
    "lost-link/": ("get", {}, PUBLIC),
    "join/": ("get", {}, PUBLIC),
    "join/<str:token>/": ("get", {}, PUBLIC | {"participant": 302}),
    "workshops/<str:public_id>/waiting/": ("get", {}, SEATED | {"participant": 302}),
    "workshops/<str:public_id>/files/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/files/<str:name>/": (
        "post",
        {},
        WORKSHOP | dict.fromkeys(EVERYBODY[2:], 409),  # nothing is revealed yet
    ),
    "workshops/<str:public_id>/my-data/": ("get", {}, SEATED),
    "workshops/<str:public_id>/my-data/file/": ("get", {}, SEATED),
    "workshops/<str:public_id>/my-data/devices/": ("post", {}, SEATED | {"participant": 302}),
    "workshops/<str:public_id>/my-data/devices/<str:device_id>/": ("post", {}, SEATED | {"participant": 302}),
    "workshops/<str:public_id>/my-data/withdrawal/": ("get", {}, SEATED),
    "workshops/<str:public_id>/setup/": ("get", {}, FACILITATORS | {"facilitator": 200, "owner": 200}),
    "workshops/<str:public_id>/preview/": ("get", {}, FACILITATORS | {"facilitator": 200, "owner": 200}),
    "workshops/<str:public_id>/promise/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/live.ics": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/archive/": ("post", {}, FACILITATORS),
    "workshops/<str:public_id>/deletion/": ("get", {}, FACILITATORS | {"facilitator": 403, "owner": 200}),
    "workshops/<str:public_id>/": ("get", {}, WORKSHOP | dict.fromkeys(EVERYBODY[2:], 302)),
    "workshops/<str:public_id>/overview/": ("get", {}, FACILITATORS | {"facilitator": 200, "owner": 200}),
    "workshops/<str:public_id>/stage/": (
        "post",
        {"to": "write", "seen": 0},
        FACILITATORS | {"facilitator": 422, "owner": 422},
    ),
    # The rating is open: there is nothing to be shown yet.
    "workshops/<str:public_id>/preparation/": ("post", {"seen": 0}, FACILITATORS | {"facilitator": 422, "owner": 422}),
    "workshops/<str:public_id>/reveal/": ("post", {"seen": 0}, FACILITATORS | {"facilitator": 422, "owner": 422}),
    "workshops/<str:public_id>/items/<str:item_id>/reveal/": (
        "post",
        {"seen": 0},
        FACILITATORS | {"facilitator": 422, "owner": 422},
    ),
    "workshops/<str:public_id>/stage/line/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/reminders/": ("post", {}, FACILITATORS | {"facilitator": 302, "owner": 302}),
    "workshops/<str:public_id>/late-writing/": ("post", {}, FACILITATORS | {"facilitator": 422, "owner": 422}),
    "workshops/<str:public_id>/audit/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/people/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/people/members/": ("post", {}, FACILITATORS | {"facilitator": 422, "owner": 422}),
    "workshops/<str:public_id>/people/<str:person_id>/": ("get", {}, FACILITATORS | {"facilitator": 200, "owner": 200}),
    "workshops/<str:public_id>/people/<str:person_id>/admission/": ("post", {}, FACILITATORS),
    "workshops/<str:public_id>/people/<str:person_id>/invitation/": ("post", {}, FACILITATORS),
    "workshops/<str:public_id>/people/<str:person_id>/link/": ("post", {}, FACILITATORS),
    "workshops/<str:public_id>/people/<str:person_id>/access/": ("post", {}, FACILITATORS),
    "workshops/<str:public_id>/people/<str:person_id>/replacement/": (
        "post",
        {"name": "Mia", "email": "mia@example.com"},
        FACILITATORS,
    ),
    "workshops/<str:public_id>/people/<str:person_id>/removal/": (
        "get",
        {},
        FACILITATORS | {"facilitator": 200, "owner": 200},
    ),
    "workshops/<str:public_id>/invitations/": ("post", {}, FACILITATORS),
    "workshops/<str:public_id>/join-link/": ("get", {}, FACILITATORS | {"facilitator": 200, "owner": 200}),
    "workshops/<str:public_id>/join-link.svg": ("get", {}, FACILITATORS | {"facilitator": 200, "owner": 200}),
    "workshops/<str:public_id>/diff/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/job/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/items/<str:item_id>/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/compare/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/glossary/": ("get", {}, WORKSHOP),
    "workshops/<str:public_id>/glossary/<str:entry_id>/": (
        "get",
        {},
        FACILITATORS | {"facilitator": 302, "owner": 302},  # it is gone: back to the glossary
    ),
    "workshops/<str:public_id>/glossary/<str:entry_id>/removal/": ("post", {"version": 1}, FACILITATORS),
    "workshops/<str:public_id>/analyses/": ("post", {}, FACILITATORS),
    "workshops/<str:public_id>/write/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/write/warm-up/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/write/view/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/write/review/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/write/thanks/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/write/submission/": ("post", {}, TOO_LATE),
    "workshops/<str:public_id>/write/statements/<str:key>/": ("post", {"version": 0, "kind": "goal"}, TOO_LATE),
    "workshops/<str:public_id>/write/statements/<str:key>/deletion/": ("post", {"version": 1}, TOO_LATE),
    "workshops/<str:public_id>/write/statements/<str:key>/restoration/": ("post", {"version": 1}, TOO_LATE),
    "workshops/<str:public_id>/write/statements/<str:key>/place/": ("post", {"version": 1, "to": "up"}, TOO_LATE),
    "workshops/<str:public_id>/rate/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/rate/more/": ("get", {}, WRITERS | {"participant": 302}),  # nothing rated yet
    "workshops/<str:public_id>/rate/blocks/": ("get", {}, WRITERS | {"participant": 302}),
    "workshops/<str:public_id>/rate/expected/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/rate/done/": ("get", {}, WRITERS),
    "workshops/<str:public_id>/rate/items/<str:item_id>/": ("post", {"version": 0, "says": 4}, RATERS),
    "workshops/<str:public_id>/rate/items/<str:item_id>/more/": ("post", {"version": 0, "same_meaning": 1}, RATERS),
    "workshops/<str:public_id>/rate/items/<str:item_id>/expected/": ("post", {"version": 0, "expected": 2}, RATERS),
    # The item is a goal, which blocks nothing.
    "workshops/<str:public_id>/rate/items/<str:item_id>/blocks/": (
        "post",
        {"version": 0, "none": "on"},
        dict.fromkeys(EVERYBODY, 404),
    ),
    "workshops/<str:public_id>/consolidate/": ("get", {}, BOARD),
    "workshops/<str:public_id>/consolidate/history/": ("get", {}, BOARD),
    "workshops/<str:public_id>/consolidate/items/<str:item_id>/": ("get", {}, BOARD),
    "workshops/<str:public_id>/consolidate/items/": ("post", {"kind": "goal", "title": "Get paid"}, BOARD_LATER),
    "workshops/<str:public_id>/consolidate/items/<str:item_id>/words/": (
        "post",
        {"version": 1, "title": "Get paid"},
        BOARD_LATER,
    ),
    "workshops/<str:public_id>/consolidate/items/<str:item_id>/place/": ("post", {"version": 1}, BOARD_LATER),
    "workshops/<str:public_id>/consolidate/items/<str:item_id>/aside/": (
        "post",
        {"version": 1, "set_aside": "1"},
        BOARD_LATER,
    ),
    "workshops/<str:public_id>/rate/items/": ("get", {}, BOARD),
    "workshops/<str:public_id>/consolidate/items/<str:item_id>/removal/": ("post", {"version": 1}, BOARD_LATER),
    "workshops/<str:public_id>/consolidate/merge/": ("post", {"item": ["a:1", "b:1"]}, BOARD_LATER),
    "workshops/<str:public_id>/consolidate/statements/<str:statement_id>/place/": (
        "post",
        {"from_version": 1, "to": ""},
        BOARD_LATER,
    ),
    "workshops/<str:public_id>/consolidate/suggestions/": (
        "post",
        {"one": "A" * 16, "other": "B" * 16, "answer": "rejected", "item": ["a:1", "b:1"]},
        BOARD_LATER,
    ),
    "workshops/<str:public_id>/consolidate/undo/": ("post", {"seen": 0}, BOARD_LATER),
    "workshops/<str:public_id>/consolidate/redo/": ("post", {"seen": 0}, BOARD_LATER),
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
    Workshop.objects.update(live_at=timezone.now())
    people = {"other team's owner": olga, "member": ben, "facilitator": ana, "owner": oda}

    def become(who, client=client):
        if who in people:
            client.force_login(people[who])
        elif who == "participant":
            take_seat(client, workshop.participants.first())
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
        .replace("<str:statement_id>", "statement-of-mia")
        .replace("<str:entry_id>", "entry-of-ana")
        .replace("<str:person_id>", workshop.participants.last().public_id)
        .replace("<str:key>", "statement-of-mia")
        .replace("<str:name>", "results.json")
        .replace("<str:device_id>", _device(workshop))
        .replace("join/<str:token>", f"join/{workshop.join_token}")
        .replace("in/<str:token>", f"in/{workshop.participants.last().new_link()}")
    )


def _device(workshop):
    """The device of the participant who looks, or else of somebody."""
    person = workshop.participants.first()
    device = person.devices.first()
    if device is None:
        person.new_device()
    return person.devices.first().public_id


@contextmanager
def taken_back():
    """What is done in here is not done afterwards, so that no address finds what another one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_answers_are_the_declared_ones(sign_in, ben, who):
    answers = {}
    for route, (method, data, _declared) in ROUTES.items():
        with taken_back():
            browser = Client()
            workshop = sign_in(who, browser)
            answers[route] = getattr(browser, method)(address(route, workshop, ben), data).status_code

    assert answers == {route: declared.get(who, 302) for route, (_method, _data, declared) in ROUTES.items()}


def test_what_is_not_mine_looks_like_what_is_not_there(client, sign_in, ben):
    workshop = sign_in("other team's owner")
    for route in [route for route in ROUTES if "<str:" in route and "token" not in route]:
        method, data, _answers = ROUTES[route]
        mine = address(route, workshop, ben)
        nobodys = "/".join("AAAAAAAAAAAAAAAA" if len(part) == 16 else part for part in mine.split("/"))

        foreign, missing = (getattr(client, method)(where, data) for where in (mine, nobodys))

        assert foreign.status_code == missing.status_code == 404, route
        assert foreign.content.replace(mine.encode(), b"") == missing.content.replace(nobodys.encode(), b""), route


def test_reading_an_address_that_writes_is_refused(client, sign_in, ben):
    workshop = sign_in("owner")
    posts = [route for route, (method, _, _) in ROUTES.items() if method == "post"]

    answers = {route: client.get(address(route, workshop, ben)).status_code for route in posts}

    # Signing out is asked about first, on a page with a button.
    assert answers == dict.fromkeys(posts, 405) | {"sign-out/": 200}


def test_a_post_without_its_token_is_refused(sign_in, ben):
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
    take_seat(client, elsewhere.participants.first())
    strangers.append(client.get(f"/workshops/{workshop.public_id}/diff/").status_code)

    assert strangers == [404, 404, 404]


def test_every_answer_carries_the_security_headers(client, sign_in, ben):
    workshop = sign_in("owner")
    responses = {route: client.get(address(route, workshop, ben)) for route in [*ROUTES, "nowhere/"]}

    for route, response in responses.items():
        assert response["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        # An address that lets somebody in is told to no other page, not even one of ours.
        assert response["Referrer-Policy"] == ("strict-origin" if "token" in route else "same-origin")
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response["Permissions-Policy"]
