"""How long the pre-work takes who sees it for the first time: python -m bench.newcomer [person] [times as fast]

Starts servers of its own and the real site, opens Chromium with a personal link, and goes through write as a person of
the sample would, in real time: reads every line that appears once, thinks before each statement and each choice, types
that person's own texts. Nobody is hurried and nothing is skipped. Prints what it took beside what the pages promised
and what they measured of it themselves.

It is a model and no person: how fast it reads, thinks and types are the figures below. Reading silently: Brysbaert,
"How many words do we read per minute?", Journal of Memory and Language 109 (2019). Typing and thinking are our guesses.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

READS = 238 / 60  # words a second
TYPES = 200 / 60  # letters a second
THINKS = {"statement": 6, "choice": 2, "sentence": 8}  # seconds
SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "invoicing.json"


def main():
    """Prints minutes; the second argument makes everything that many times as fast, to try the script."""
    who = sys.argv[1] if len(sys.argv) > 1 else "ines"
    faster = float(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        os.environ |= {"PARALLAX_DATA": folder, "DJANGO_SETTINGS_MODULE": "alignment.settings", "LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
        from alignment.embedded import servers

        with servers.available(Path(folder), "bench"):
            import django

            django.setup()
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            call_command("collectstatic", verbosity=0, interactive=False)
            walk(json.loads(SAMPLE.read_text()), who, faster)


def walk(sample, who, faster):
    """One person of the sample, from the mail's link to the thank-you page."""
    from playwright.sync_api import sync_playwright

    from alignment.asgi import application
    from tests import chromium
    from tests.serving import Server

    server = Server(application)
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=chromium.ARGUMENTS)
            context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=server.address)
            newcomer = Newcomer(context.new_page(), faster)
            told, took = prework(newcomer, *invited(sample, who), sample, who)
            browser.close()
    finally:
        server.stop()
    report(sample, who, told, took * faster, newcomer)


def invited(sample, who):
    """A workshop with the sample's brief, and the link that this person's mail would hold."""
    from tests.workshops.writers import join, open_workshop
    from workshops.models import Team

    brief = sample["workshop"]
    team = Team.objects.create(name=sample["team"]["name"])
    team.add_default_roles()
    workshop = open_workshop(team, title=brief["title"], question=brief["question"], strategy=brief["strategy"])
    name = next(person["name"] for person in sample["people"] if person["key"] == who)
    return workshop, join(workshop, name).new_link()


class Newcomer:
    """Reads, thinks and types at the pace of a person."""

    def __init__(self, page, faster):
        self.page, self.faster = page, faster
        self.known, self.words, self.letters, self.choices = set(), 0, 0, 0

    def wait(self, seconds):
        """Time goes by on the page, too."""
        self.page.wait_for_timeout(1000 * seconds / self.faster)

    def read(self):
        """Read each line of the page that was not there before."""
        lines = [line.strip() for line in self.page.locator("main").inner_text().splitlines()]
        new = [line for line in lines if line and line not in self.known]
        self.known |= set(new)
        count = sum(len(line.split()) for line in new)
        self.words += count
        self.page.mouse.wheel(0, 300)  # as a reader does: the pages measure only while somebody does something
        self.wait(count / READS)

    def think(self, about):
        """Before saying something."""
        self.wait(THINKS[about])

    def type(self, field, text):
        """Letter by letter."""
        field.click()
        field.press_sequentially(text, delay=1000 / TYPES / self.faster, timeout=0)
        self.letters += len(text)

    def choose(self, field):
        """One tap."""
        self.think("choice")
        field.locator("xpath=..").click()
        self.choices += 1

    def press(self, name):
        """A button or a link, and the page it leads to."""
        self.page.get_by_role("main").get_by_text(name, exact=True).first.click()
        self.page.wait_for_load_state()


def prework(newcomer, workshop, link, sample, who):
    """All of write. Gives the minutes that the page promised, and the seconds that it took."""
    page = newcomer.page
    began = time.monotonic()
    page.goto(f"/in/{link}/")
    newcomer.read()
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(f"/workshops/{workshop.public_id}/write/")
    told = page.locator("#rail").inner_text()
    newcomer.read()
    warm_up(newcomer, next(each for each in sample["readiness"] if each["person"] == who))
    for said in (each for each in sample["statements"] if each["person"] == who):
        write(newcomer, said)
    newcomer.press("Look over, then submit")
    newcomer.read()
    newcomer.press("Submit")
    page.get_by_text("It is in.").wait_for()
    newcomer.read()
    return " ".join(told.split()), time.monotonic() - began


def warm_up(newcomer, said):
    """The strategy in one sentence, then four questions."""
    newcomer.think("sentence")
    newcomer.type(newcomer.page.locator("#strategy"), said["strategy"])
    newcomer.press("Save and go on")
    newcomer.page.locator("[name=vision]").first.wait_for(state="attached")
    newcomer.read()
    for name in ("vision", "voice", "decides", "help"):
        newcomer.choose(newcomer.page.locator(f"[name={name}][value='{said[name]}']"))
    newcomer.press("On to the goals")
    newcomer.page.locator("#goals").wait_for()
    newcomer.read()


def write(newcomer, said):
    """One statement with all that the person gave: words, meaning, how they know, an example."""
    section = newcomer.page.locator(f"#{said['kind']}s")
    form = section.locator("article").last
    key = form.get_attribute("data-statement")
    form = newcomer.page.locator(f"#statement-{key}")
    newcomer.think("statement")
    newcomer.type(form.locator("[name=label]"), said["label"])
    newcomer.read()
    if said.get("meaning"):
        newcomer.type(form.locator("[name=meaning]"), said["meaning"])
    if said.get("evidence") is not None:
        newcomer.choose(form.locator(f"[name=evidence][value='{said['evidence']}']"))
    if said.get("example"):
        form.locator("details:has([name=example]) summary").click()
        newcomer.type(form.locator("[name=example]"), said["example"])
    newcomer.read()


def report(sample, who, told, seconds, newcomer):
    """What it took, beside what was promised, what the pages measured, and how much others of the sample say."""
    from workshops.models import Pace

    measured = dict(Pace.objects.values_list("part", "seconds"))
    written = {person["key"]: 0 for person in sample["people"]}
    for each in sample["statements"]:
        written[each["person"]] += sum(len(each.get(what) or "") for what in ("label", "meaning", "example"))
    least, *_, most = lengths = sorted(written.values())
    print(f"{who}: {seconds / 60:.1f} minutes; at the beginning the rail said: {told}")
    print(f"  read {newcomer.words} words, typed {newcomer.letters} letters, chose {newcomer.choices} times")
    print(f"  the sample's people wrote {least} to {most} letters, {statistics.median(lengths):.0f} at the median")
    print(f"  the pages measured {measured}, {sum(measured.values()) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
