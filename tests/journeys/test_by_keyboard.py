"""From a new workshop to the page of differences by facilitator and participant, without a mouse or a finger."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.cast import LAPTOP, Person, come_in, rate_alone, word, write_alone
from tests.journeys.keys import Keys
from tests.live.listening import session_of
from workshops.models import Participant, Rating, Statement, Workshop

SAVED = re.compile(r"Saved \d\d:\d\d")
PEOPLE = {"Mia Stone": "Sales", "Tom Reed": "Engineering", "Eva Lund": "Engineering"}


@pytest.fixture
def ana_s(browser_of_account, ana):
    """Ana's keyboard."""
    return Keys(browser_of_account(ana).new_page())


@pytest.fixture
def browser_of_account(new_context, site, settings):
    """Opens a browser that somebody with an account has signed in with."""

    def open_for(user):
        context = new_context(**LAPTOP)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}])
        return context

    return open_for


def test_the_whole_path_is_gone_by_keyboard_alone(ana_s, team, new_context, site, worker):
    workshop, address = set_up(ana_s)
    others = [Person(new_context, site, name) for name in list(PEOPLE)[1:]]
    mia = Keys(new_context(**LAPTOP).new_page())
    write(mia, Participant.objects.get(name="Mia Stone"))
    for person in others:
        come_in(person, workshop)
        write_alone(person, address)

    put_together(ana_s, address)
    rate(mia, address)
    for person in others:
        rate_alone(person, workshop, 1, "Get paid on time")
    close_and_reveal(ana_s, address)

    expect(mia.page.get_by_role("heading", level=1)).to_be_visible()
    mia.page.goto(f"{address}diff/")
    mia.follow("Compare", "/compare/")
    expect(mia.page.get_by_role("heading", level=1)).to_be_visible()
    assert [participant.name for participant in Participant.objects.exclude(ratings=None).distinct()] == list(PEOPLE)


def set_up(ana):
    """A workshop, its people, and writing open."""
    ana.page.goto("/")
    ana.follow("^New workshop", "/workshops/$")
    ana.type("^Title", "Getting paid")
    ana.type("^Question", "What do builders want?")
    ana.press("^Make the workshop")
    ana.page.wait_for_url("**/setup/")
    ana.type("^Strategy", "We win the smallest builders first.")
    ana.press("^Save")
    expect(ana.page.get_by_text("Saved.").first).to_be_visible()
    ana.follow("^People$", "/people/")
    lines = [f"{name} <{name.split()[0].lower()}@example.com>, {role}" for name, role in PEOPLE.items()]
    ana.to("^People")
    ana.to("Paste a list|One person")
    ana.page.keyboard.insert_text("\n".join(lines))
    ana.press("^Add these people")
    expect(ana.page.locator("#who")).to_contain_text("Mia Stone")
    ana.follow("^Overview$", "/overview/")
    ana.press("^Open writing")
    expect(ana.page.get_by_role("button", name="Remind those not in")).to_be_visible()
    workshop = Workshop.objects.get()
    return workshop, f"/workshops/{workshop.public_id}/"


def write(mia, participant):
    """In by the link of the mail; the warm-up, a goal, a pain that blocks it; submitted."""
    mia.page.goto(f"/in/{participant.new_link(revoke=False)}/")
    mia.press("^Continue as Mia")
    mia.page.wait_for_url("**/workshops/**")
    if "/write/" not in mia.page.url:
        mia.follow("[Ww]rite", "/write/")
    mia.type("strategy", "Small builders first")
    mia.press("^Save and go on")
    expect(mia.page.get_by_text("We win the smallest builders first.")).to_be_visible()
    for question in ("vision", "say", "decides", "help"):
        mia.press(question, key="Space")
        mia.page.keyboard.press("ArrowRight")
    mia.follow("^On to the goals", "/write/view/")
    mia.type("^Goal$", "Get paid on time")
    mia.type("^Pain$", "Chasing invoices")
    mia.press("^Get paid on time", key="Space")
    expect(mia.page.locator("#saved")).to_have_text(SAVED)
    mia.follow("^Look over, then submit", "/write/review/")
    mia.press("^Submit")
    expect(mia.page.get_by_role("heading", level=1)).to_have_text("Thank you, Mia Stone. It is in.")
    assert Statement.objects.filter(participant=participant, draft=False).count() == 2
    assert Participant.objects.get(pk=participant.pk).links.count() == 1


def put_together(ana, address):
    """Two goals become one, by ticks and one key; then the rating opens."""
    ana.page.goto(f"{address}overview/")
    ana.press("^Close writing")
    ana.press("^Close it now")
    expect(ana.page.get_by_role("link", name="Put items together")).to_be_visible()
    ana.follow("^Put items together", "/consolidate/")
    goals = ana.page.locator("section[data-kind=goal] .board-item")
    before = goals.count()
    ana.press("^Get paid on time$", key="x")
    ana.press(word("Tom Reed", "label 1"), key="x")
    ana.page.keyboard.press("m")
    expect(goals).to_have_count(before - 1)
    ana.follow("^Overview$", "/overview/")
    ana.press("^Open the rating")
    ana.press("^Open it now")
    expect(ana.page.get_by_role("main")).to_contain_text("Everybody rates alone")


def rate(mia, address):
    """Every card by a digit, to the end."""
    mia.page.goto(f"{address}rate/")
    mia.press("^Begin")
    cards = mia.page.locator("article.card:has([name=says])")
    shown = mia.page.locator("article.card:visible").get_by_role("heading")
    for _card in range(cards.count()):
        title = shown.inner_text()
        mia.page.keyboard.press("5")
        expect(shown).not_to_have_text(title)
    expect(mia.page.locator("#saved")).to_have_text(SAVED)
    assert Rating.objects.filter(participant__name="Mia Stone", importance=5).count() == cards.count()


def close_and_reveal(ana, address):
    """The rating closes, the findings are looked at and shown to everybody."""
    ana.page.goto(f"{address}overview/")
    ana.press("^Close the rating")
    ana.press("^Close it now")
    expect(ana.page.get_by_text("Look at the findings to prepare")).to_be_visible(timeout=60_000)
    ana.press("^Look at the findings to prepare")
    ana.press("^Look at them now")
    ana.page.wait_for_url("**/diff/")
    ana.press("^Reveal everything")
    ana.press("^Reveal everything now")
    expect(ana.page.get_by_text("Only facilitators see this now")).to_have_count(0)
