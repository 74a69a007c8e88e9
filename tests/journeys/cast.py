"""The people of a whole workshop, each in a browser of their own, and words that nobody else could say."""

import hashlib
import re
import time
from functools import cached_property
from urllib.parse import parse_qs, urlencode

from tests.recording import WHO
from workshops.models import Participant
from workshops.models.public_id import new_public_id

LAPTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SALES = ["Clara Quist", "Piet Ostrom", "Rosa Delgado", "Yusuf Demir"]
ENGINEERING = ["Dan Whitlock", "Mina Sato", "Otto Fjeld", "Lena Vogt"]
ROLES = {**dict.fromkeys(SALES, "Sales"), **dict.fromkeys(ENGINEERING, "Engineering")}
PRIVATE = ("strategy", "example")
WRITTEN = ("label", "meaning")


def word(name, what):
    """What this person says there: it tells nobody who said it, but this test."""
    return "w" + hashlib.sha256(f"{name} {what}".encode()).hexdigest()[:12]


def words(name, *whats):
    """All that they say of this."""
    return {word(name, f"{what} {n}") for what in whats for n in (1, 2)}


class Person:
    """A browser, a page of it, and the same browser without a page, which sends what a page's script would send."""

    def __init__(self, new_context, site, name, **options):
        self.name, self.site = name, site
        self.context = new_context(extra_http_headers={WHO: name}, **(options or LAPTOP))
        self.token = ""

    @cached_property
    def page(self):
        """A page, opened when it is first looked at."""
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        return page

    def press(self, name):
        """Press a button in the page's content."""
        self.page.get_by_role("main").get_by_role("button", name=name).first.click()

    def read(self, path):
        """The text behind an address, without opening it in the page."""
        return self.context.request.get(path).text()

    def send(self, path, said, accept="application/json"):
        """Post a form; gives the status and the text."""
        if not self.token:
            self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.read("/join/"))[1]
        body = urlencode(said, doseq=True)
        headers = {
            "X-CSRFToken": self.token,
            "Accept": accept,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        answer = self.context.request.post(path, data=body, headers=headers, max_redirects=0)
        return answer.status, answer.text()

    def must(self, path, said):
        """Post a form that is taken; again after a moment where that was faster than anybody types."""
        status, text = self.send(path, said)
        while status == 429:
            time.sleep(0.3)
            status, text = self.send(path, said)
        assert status in (200, 302), (path, said, status, text[:2000])
        return text

    def again(self, method, path, query, asked):
        """Ask for what somebody else asked for, with one's own cookies; gives the status and the text."""
        where = path + (f"?{query}" if query else "")
        if method == "GET":
            answer = self.context.request.get(where, max_redirects=0)
            return answer.status, answer.text()
        form = {name: values for name, values in parse_qs(asked.decode()).items() if name != "csrfmiddlewaretoken"}
        return self.send(where, form, accept="text/html")


def come_in(person, workshop):
    """By the personal link that the mail would hold."""
    participant = Participant.everybody.get(workshop=workshop, name=person.name)
    link = f"/in/{participant.new_link(revoke=False)}/"
    assert f"Continue as {person.name}" in person.read(link)
    person.must(link, {})


def write_alone(person, address):
    """The warm-up, one goal and one pain with all their texts, and submit: as the page's script sends it."""
    name = person.name
    warm_up = {"version": 0, "strategy": word(name, "strategy 1"), "vision": 4, "voice": 3, "decides": 2, "help": 5}
    person.must(f"{address}write/warm-up/", warm_up)
    for n, kind in enumerate(("goal", "pain"), start=1):
        said = {what: word(name, f"{what} {n}") for what in (*WRITTEN, "example")}
        key = new_public_id()
        person.must(f"{address}write/statements/{key}/", {"version": 0, "kind": kind, "evidence": 1, **said})
    person.must(f"{address}write/submission/", {})


def rate_alone(person, workshop, points, planted):
    """Every item, as the page's script sends it: `points` for the planted one, 4 for the others."""
    for item in workshop.items.filter(set_aside=False):
        said = {"version": 0, "says": points if item.title == planted else 4}
        person.must(f"/workshops/{workshop.public_id}/rate/items/{item.public_id}/", said)
