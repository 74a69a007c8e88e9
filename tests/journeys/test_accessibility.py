"""No page has a fault that axe-core finds: light and dark, on a phone and on a laptop; none scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests.people import compute, make_workshop, rate, rate_at_random
from tests.workshops.talkative import make_talkative

STRANGERS_PAGES = ["/", "/sign-in/", "/join/", "/lost-link/", "/styleguide/", "/offline/", "/nowhere/"]
FACILITATORS_PAGES = [
    "overview",
    "consolidate",
    "setup",
    "preview",
    "people",
    "join-link",
    "promise",
    "audit",
    "deletion",
    "glossary",
    "rate/items",
]


@pytest.fixture
def browse(new_context, site):
    """Opens a page for somebody who is signed in already, or for a stranger."""

    def open_for(user=None, **options):
        context = new_context(**options)
        if user is not None:
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site}])
        return context.new_page()

    return open_for


def faults(page):
    """What axe says is wrong, each with the first place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_has_a_fault(browse, console, team, oda, width):
    console.expect_status(404, "/nowhere/")
    options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": 900}}
    workshop = make_workshop(team)
    rate(workshop, {"i000": [5, 5, 5, 4, 5, 5, 5, 4, 5, 5, 5], "i001": [1, 1, 1, 1, 1, 5, 5, 5, 5, 5, None]})
    compute(workshop)
    many = make_workshop(team, people=70, items=6)
    rate_at_random(many)
    compute(many)
    hidden = make_workshop(team)
    diffs = [f"/workshops/{each.public_id}/diff/" for each in (workshop, many, hidden)]
    told = make_talkative(team)
    compute(told)
    item = told.items.get(key="i000").public_id
    diffs += [f"/workshops/{told.public_id}/{page}/" for page in (f"items/{item}", "compare")]
    diffs += [f"/workshops/{hidden.public_id}/{page}/" for page in FACILITATORS_PAGES]
    ways_in = [f"/join/{hidden.join_token}/", f"/in/{hidden.participants.first().new_link()}/"]
    found = {}

    for user, addresses in ((None, [*STRANGERS_PAGES, *ways_in]), (oda, ["/", f"/teams/{team.public_id}/", *diffs])):
        page = browse(user, **options)
        for address in addresses:
            page.goto(address)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found[user, address] = [f"scrolls sideways by {wide} px"] if wide > 0 else []
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found[user, address] += [f"{scheme}: {fault}" for fault in faults(page)]

    assert {where: what for where, what in found.items() if what} == {}
