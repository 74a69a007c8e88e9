"""The first half of a workshop, whole: set up, invite, join, write, lose the network, lose the server, submit, close.

A facilitator and three participants, each in a browser of their own, on everything that `make run` starts.
"""

import re
import signal

import pytest
from playwright.sync_api import expect

from tests.embedded.tree import Tree, free_port

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 900}}
# What each of them says: nobody else may ever receive it.
SAID = {
    "Clara": ["canary-clara-strategy", "canary-clara-goal", "canary-clara-meaning"],
    "Dan": ["canary-dan-strategy", "canary-dan-goal", "canary-dan-meaning"],
    "Gus": ["canary-gus-strategy", "canary-gus-goal", "canary-gus-meaning"],
}


class Person:
    """A browser of somebody's own, and all that it received."""

    def __init__(self, tree, browser, name, **options):
        self.name, self.received = name, []
        self.context = browser.new_context(base_url=tree.address, **(options or LAPTOP))
        self.context.on("response", self._keep)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def _keep(self, response):
        kind = response.headers.get("content-type", "")
        if kind.startswith(("text/html", "application/json")):  # a stream never ends; it carries names only
            self.received.append(response)

    def texts(self):
        """Bodies of what was received; a body that is gone with its page was read by nobody else either."""
        for response in self.received:
            try:
                yield response.url, response.text()
            except Exception:  # noqa: S112  a redirect, a stream, or a page that was left
                continue

    def press(self, name):
        """Press a button in the page's content."""
        self.page.get_by_role("main").get_by_role("button", name=name).first.click()


@pytest.fixture
def tree(tmp_path):
    tree = Tree(tmp_path / "var", free_port())
    tree.start()
    yield tree
    tree.process.send_signal(signal.SIGTERM)
    tree.process.wait(timeout=30)


@pytest.fixture
def meet(tree, browser):
    """Opens a browser for somebody."""
    people = []

    def open_for(name, **options):
        people.append(Person(tree, browser, name, **options))
        return people[-1]

    yield open_for
    for person in people:
        person.context.close()


def sign_in(tree, person, email="owner@example.com"):
    """By the code in the terminal."""
    codes = len(codes_in(tree))
    person.page.goto("/sign-in/")
    person.page.get_by_label("E-mail address").fill(email)
    person.press("Send me a code")
    tree.wait_for(lambda: len(codes_in(tree)) > codes)
    person.page.get_by_label("Code").fill(codes_in(tree)[-1])
    person.press("Sign in")
    expect(person.page.get_by_role("button", name="Sign out")).to_be_visible()


def codes_in(tree):
    """Every code that the terminal has shown."""
    return re.findall(r"\b\d{6}\b", "\n".join(tree.lines))


def look_at_every_table(operator):
    """The operator opens the admin, every table in it and every row that the tables list first."""
    waiting, seen = ["/admin/"], {}
    while waiting:
        path = waiting.pop()
        seen[path] = operator.context.request.get(path).text()
        leads = re.findall(r'href="(/admin/workshops/[\w/-]*)"', seen[path])
        waiting += [each for each in dict.fromkeys(leads) if each not in seen and each not in waiting]
    assert sum(1 for path in seen if path.count("/") == 4) > 10, list(seen)
    return seen


def set_up(ana):
    """Make a workshop, write its brief and add two people. Gives the address of the workshop."""
    page = ana.page
    page.get_by_role("link", name="New workshop").first.click()
    page.get_by_label("Title").fill("Getting paid")
    page.get_by_label("Question").fill("What do builders want, when it comes to getting paid?")
    ana.press("Make the workshop")
    expect(page).to_have_url(re.compile("/setup/$"))
    address = page.url.removesuffix("setup/")
    page.get_by_label("Strategy").fill("The brief says: money on Friday.")
    page.locator("input[name=candour][value=roles]").check(force=True)
    ana.press("Save")
    page.goto(f"{address}people/")
    page.locator("#id_lines").fill("Clara <clara@example.com>, Sales\nDan <dan@example.com>, Engineering")
    ana.press("Add these people")
    expect(page.locator("#who")).to_contain_text("Clara")
    return address


def open_writing(ana, address):
    """Open it, and have invitations sent."""
    ana.page.goto(f"{address}overview/")
    ana.press(re.compile("^Open writing"))
    expect(ana.page.get_by_text("Remind those not in")).to_be_visible()


def link_in_mail(tree, name):
    """The personal link in the mail to this person, printed by the worker."""

    def found():
        mails = "\n".join(tree.lines).split("Content-Type:")
        return [re.search(r"\S+/in/\S+", each) for each in mails if f"To: {name.lower()}@example.com" in each]

    tree.wait_for(found)
    return found()[-1][0]


def write(person, strategy, goal, meaning):
    """The warm-up, then one goal with its meaning, each saved by itself."""
    page = person.page
    page.get_by_label("What is our strategy?").fill(strategy)
    assert "money on Friday" not in page.content()
    person.press("Save and go on")
    expect(page.get_by_text("The brief says: money on Friday.")).to_be_visible()
    page.get_by_role("group", name=re.compile("vision")).get_by_role("radio", name="4").check()
    person.press("On to the goals")
    new = page.locator("#goals .is-blank")
    new.get_by_label("Goal", exact=True).fill(goal)
    page.locator("#goals").get_by_label("What I mean").first.fill(meaning)
    saved(page)


def saved(page):
    """Everything is taken."""
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Saved \d\d:\d\d"), timeout=30_000)


def submit(person):
    """Look over, submit; lands on the thank-you page."""
    person.page.get_by_role("link", name="Look over, then submit").click()
    person.press("Submit")
    expect(person.page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def meanings(tree):
    """What is stored, by the name of its author."""
    with tree.connect() as connection:
        rows = connection.execute(
            "SELECT p.name, s.label, s.meaning, s.draft FROM workshops_statement s"
            " JOIN workshops_participant p ON p.id = s.participant_id"
            " JOIN workshops_workshop w ON w.id = s.workshop_id WHERE w.sample = ''"
        ).fetchall()
    return {name: (label, meaning, draft) for name, label, meaning, draft in rows}


def test_each_records_their_own_view_alone_and_nothing_is_lost_or_told(tree, meet):
    ana, clara, dan = meet("Ana"), meet("Clara"), meet("Dan", **PHONE)
    gus = meet("Gus", **PHONE)
    sign_in(tree, ana)
    address = set_up(ana)
    open_writing(ana, address)

    # By mail, on a laptop; then the same page in a second window.
    clara.page.goto(link_in_mail(tree, "Clara"))
    clara.press("Continue as Clara")
    write(clara, *SAID["Clara"])
    second_tab = clara.context.new_page()
    second_tab.goto(f"{address}write/view/")
    clara.page.locator("#goals").get_by_label("What I mean").first.fill("canary-clara-meaning, first window")
    saved(clara.page)
    second_tab.locator("#goals").get_by_label("What I mean").first.fill("canary-clara-meaning, second window")
    expect(second_tab.locator(".choice")).to_contain_text("first window")
    second_tab.get_by_role("button", name="Keep what is typed here").click()
    saved(second_tab)
    second_tab.close()

    # By mail, on a phone, on a train; meanwhile the server goes down.
    dan.page.goto(link_in_mail(tree, "Dan"))
    dan.press("Continue as Dan")
    write(dan, *SAID["Dan"])
    dan.context.set_offline(True)
    dan.page.locator("#goals").get_by_label("What I mean").first.fill("canary-dan-meaning, typed in a tunnel")
    expect(dan.page.locator("#saved")).to_contain_text("Offline, kept on this device")
    tree.kill("web")
    tree.kill("valkey")
    tree.wait_for(lambda: tree.get("/healthz") is not None)
    dan.context.set_offline(False)
    saved(dan.page)
    tree.kill("postgres")
    dan.page.locator("#goals").get_by_label("What I mean").first.fill("canary-dan-meaning, after the tunnel")
    tree.wait_for(lambda: (tree.get("/readyz") or [0])[0] == 200)
    dan.page.reload()
    tree.wait_for(lambda: meanings(tree)["Dan"][1] == "canary-dan-meaning, after the tunnel")
    expect(dan.page.locator("#goals").get_by_label("What I mean").first).to_have_value(re.compile("after the tunnel"))

    # By the code on the wall.
    ana.page.goto(f"{address}join-link/")
    join = re.search(r"http\S+/join/[\w-]+/", ana.page.content())[0]
    gus.page.goto(join)
    gus.page.get_by_label("Your name").fill("Gus")
    gus.page.get_by_label("Your role").select_option(label="Marketing")
    gus.press("Come in")
    gus.page.get_by_role("link", name="Go on").click()
    expect(gus.page.get_by_role("heading", level=1)).to_contain_text("One moment, Gus")
    ana.page.goto(f"{address}people/")
    ana.press("Let in Gus")
    expect(gus.page).to_have_url(re.compile("/write/"), timeout=20_000)
    write(gus, *SAID["Gus"])

    for person in (clara, dan):
        person.page.goto(f"{address}write/view/")
        submit(person)
    ana.page.goto(f"{address}overview/")
    expect(ana.page.locator("#progress")).to_contain_text("2 of 3", timeout=30_000)
    ana.page.get_by_text("Close writing and consolidate").click()
    ana.press("Close it now")
    expect(ana.page.locator("[aria-current=step], .steps [aria-current]").first).to_contain_text("Consolidate")

    assert meanings(tree) == {
        "Clara": ("canary-clara-goal", "canary-clara-meaning, second window", False),
        "Dan": ("canary-dan-goal", "canary-dan-meaning, after the tunnel", False),
        "Gus": ("canary-gus-goal", "canary-gus-meaning", True),
    }
    gus.page.goto(f"{address}write/view/")
    expect(gus.page.get_by_role("main")).to_contain_text("closed")
    for page in ("overview/", "people/", "audit/", "setup/", "diff/"):
        ana.page.goto(f"{address}{page}")
    assert_nobody_received_another_s([ana, clara, dan, gus])
    operator = meet("the operator")
    assert tree.run("createowner", "op@example.com", "--name", "Op", "--team", "Operations", "--operator")[0] == 0
    sign_in(tree, operator, "op@example.com")
    assert [path for path, text in look_at_every_table(operator).items() if "canary" in text] == []
    assert not [line for line in tree.lines if "canary" in line]
    assert not [line for path in tree.data.rglob("*.log") for line in path.read_text().splitlines() if "canary" in line]


def assert_nobody_received_another_s(people):
    """Search every answer that every browser got."""
    for person in people:
        foreign = [word for name, words in SAID.items() if name != person.name for word in words]
        leaks = {(url, word) for url, text in person.texts() for word in foreign if word in text}
        assert leaks == set(), person.name
    assert sum(1 for person in people for _ in person.texts()) > 30
