"""An open page finds its way back by itself: after the server was killed, and after Redis was away."""

import re
import signal
import subprocess

import pytest
import redis
from playwright.sync_api import expect

from alignment.embedded.valkey import program
from tests.embedded.tree import Tree, free_port

ASK_AGAIN = """
from workshops import jobs
from workshops.models import Workshop
jobs.request_analysis(Workshop.objects.get(sample="napire"))
"""
# Answers of a closed round never change; a test may, with its triggers off.
UNLOCKED = "SET session_replication_role = replica; "
EVERYBODY_AGREES = UNLOCKED + "UPDATE workshops_rating SET importance = 3 WHERE answer = 'rated'"  # noqa: S608
AS_BEFORE = UNLOCKED + "UPDATE workshops_rating r SET importance = b.importance FROM before b WHERE b.id = r.id"  # noqa: S608
BEFORE = "You agree only a little more than chance would have it."
AFTER = "You see the customer much alike."


class Redis:
    """A Redis of the test's own, to be stopped and started again."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        """Return when it answers."""
        command = [program(), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.url) as client:
            while True:
                try:
                    return client.ping()
                except redis.ConnectionError:
                    assert self.process.poll() is None

    def stop(self):
        """Kill it; what it held is gone."""
        self.process.kill()
        self.process.wait()


class TreeWithRedis(Tree):
    """`make run` on its own PostgreSQL and a Redis given by its address."""

    redis_url = ""

    @property
    def environment(self):
        return {**super().environment, "REDIS_URL": self.redis_url}


@pytest.fixture(scope="module")
def own_redis(tmp_path_factory):
    made = Redis(tmp_path_factory.mktemp("redis"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def tree(tmp_path_factory, own_redis):
    tree = TreeWithRedis(tmp_path_factory.mktemp("tree") / "var", free_port())
    tree.redis_url = own_redis.url
    tree.start()
    yield tree
    tree.process.send_signal(signal.SIGTERM)
    tree.process.wait(timeout=30)


@pytest.fixture
def page(tree, browser):
    """NaPiRE's differences, opened by the owner who signed in with the code from the terminal."""
    context = browser.new_context(base_url=tree.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("owner@example.com")
    page.get_by_role("button", name="Send me a code").click()
    tree.wait_for(lambda: any(re.fullmatch(r".*\b\d{6}\b.*", line) for line in tree.lines))
    code = re.findall(r"\b\d{6}\b", "\n".join(tree.lines))[-1]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="NaPiRE 2014: what hurts").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(BEFORE)
    yield page
    context.close()


def test_the_page_catches_up_after_the_server_was_killed_and_redis_was_away(tree, own_redis, page):
    tree.query("CREATE TABLE before AS SELECT id, importance FROM workshops_rating")
    tree.kill("web")
    tree.wait_for(lambda: tree.get("/healthz") is not None)
    tree.query(EVERYBODY_AGREES)
    tree.run("shell", "--verbosity", "0", "-c", ASK_AGAIN)
    expect(page.get_by_role("heading", level=1)).to_contain_text(AFTER, timeout=40_000)

    own_redis.stop()
    expect(page.locator("#status")).to_contain_text("Live updates paused.", timeout=15_000)
    tree.query(AS_BEFORE)
    page.get_by_role("button", name="Compute again").click()
    expect(page.locator("#job")).to_contain_text("Waiting for a worker", timeout=15_000)
    assert tree.query("SELECT state FROM workshops_job ORDER BY id DESC LIMIT 1") == ("waiting",)

    own_redis.start()
    expect(page.get_by_role("heading", level=1)).to_contain_text(BEFORE, timeout=60_000)
    expect(page.locator("#status")).to_contain_text("Live again.", timeout=40_000)
    assert tree.query("SELECT state FROM workshops_job ORDER BY id DESC LIMIT 1") == ("done",)
