"""Hands that have a keyboard and nothing else."""

import re

from playwright.sync_api import expect

# What a screen reader would call what has the focus, and the group it stands in.
NAME = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const group = at.closest("fieldset")?.querySelector("legend")?.innerText ?? "";
  const labels = [...(at.labels ?? [])].map((label) => label.innerText);
  return [at.ariaLabel, ...labels, at.innerText, group].filter(Boolean).join(" ");
}"""
FURTHEST = 150  # stops of Tab; further than that nobody goes


class Keys:
    """Goes through a page by Tab, and presses what it comes to; what has the focus has to be seen to have it."""

    def __init__(self, page):
        self.page = page

    def name(self):
        """What has the focus."""
        return " ".join(self.page.evaluate(NAME).split())

    def to(self, words):
        """Press Tab until something of this name has the focus."""
        passed = []
        for _stop in range(FURTHEST):
            self.page.keyboard.press("Tab")
            passed.append(self.name())
            if re.search(words, passed[-1]):
                expect(self.page.locator(":focus")).to_be_visible()
                return
        raise AssertionError(f"Tab does not come to {words!r}, only to {list(dict.fromkeys(passed))}")

    def press(self, words, key="Enter"):
        """Go there and press it."""
        self.to(words)
        self.page.keyboard.press(key)

    def type(self, words, text):
        """Go to a field and type."""
        self.to(words)
        self.page.keyboard.type(text)

    def follow(self, words, address):
        """Press what leads to another page."""
        self.press(words)
        self.page.wait_for_url(re.compile(address))
