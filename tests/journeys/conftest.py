import re

import pytest
from django.core import mail


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
