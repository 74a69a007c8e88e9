"""The rating pages as somebody sees them who rates one card at a time."""

import re

from playwright.sync_api import expect

LAST = "That was the last one here"


class Cards:
    """The page of one part, and its card."""

    def __init__(self, page):
        self.page = page
        self.card = page.locator(".card.is-current")
        self.title = self.card.locator("h2")
        self.next = page.locator("[data-next-one]")
        self.back = page.locator("[data-back-one]")

    def field(self, name, value):
        return self.card.locator(f"input[name={name}][value='{value}']")

    def answer(self, name, value):
        """Tap, and wait for the next card."""
        before = self.title.inner_text()
        self.field(name, value).tap()
        expect(self.title).not_to_have_text(before)
        return before

    def rest(self):
        """Each card up to the last; whoever asks answers it, and the next one comes."""
        while (before := self.title.inner_text()) != LAST:
            yield before
            expect(self.title).not_to_have_text(before)

    def onwards(self, page):
        self.page.get_by_role("link", name=re.compile("^(On to|Finish)")).click()
        self.page.wait_for_url(f"**/rate/{page}/")
