import re

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail

from workshops.viewer import DEVICES_KEY


@pytest.fixture
def sign_in(new_context, site):
    """Opens a browser for somebody and signs in with the code from the mail; gives the page."""

    def open_for(email, **options):
        page = new_context(**({"viewport": {"width": 1280, "height": 900}} | options)).new_page()
        page.goto("/")
        page.get_by_role("link", name="Sign in").first.click()
        page.get_by_label("E-mail address").fill(email)
        page.locator("main").get_by_role("button").first.click()
        page.wait_for_url("**/sign-in/code/")
        code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
        page.get_by_label("Code").fill(code)
        page.locator("main").get_by_role("button").first.click()
        page.wait_for_url(f"{site}/")
        return page

    return open_for


@pytest.fixture
def browser_of(new_context, site):
    """Opens a browser that came in by somebody's personal link."""

    def open_for(participant, **options):
        session = SessionStore()
        session[DEVICES_KEY] = [participant.new_device()]
        session.save()
        context = new_context(**options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site}])
        return context

    return open_for
