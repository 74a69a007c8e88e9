"""Writing in Chromium: what is typed survives a lost connection, a reload, a second window; and no script is needed."""

import re

import pytest
from playwright.sync_api import expect

from tests.workshops.writers import join, open_workshop
from workshops.models import Link, Readiness, Statement

SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.fixture
def workshop(site, team):
    return open_workshop(team)


@pytest.fixture
def mia(workshop):
    return join(workshop, "Mia")


def goal(page, name="Goal"):
    """The field of a goal: the last of this name."""
    return page.locator("#goals").get_by_role("textbox", name=name, exact=True).last


def test_nothing_typed_is_lost(browser_of, console, workshop, mia):
    console.expect(r"net::ERR_INTERNET_DISCONNECTED")
    console.expect(r"net::ERR_FAILED")
    console.expect(r"status of 409")
    address = f"/workshops/{workshop.public_id}/write/view/"
    context = browser_of(mia, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    status = page.locator("#saved")

    goal(page).fill("Get paid on time")
    expect(status).to_have_text(SAVED)
    assert Statement.objects.get().label == "Get paid on time"

    # The connection goes while they type: one statement changed, one begun. It stays on the device, over a reload.
    context.set_offline(True)
    goal(page).fill("Get paid on Friday 👩🏽‍🚒")
    goal(page, "Another goal").fill("Sleep well")
    expect(status).to_have_text("Offline, kept on this device")
    page.route("**/write/statements/**", lambda route: route.abort())
    context.set_offline(False)
    page.reload()
    expect(page.locator("#goals").get_by_role("textbox", name="Goal", exact=True)).to_have_count(2)
    expect(goal(page)).to_have_value("Sleep well")
    page.unroute("**/write/statements/**")
    expect(status).to_have_text(SAVED, timeout=15_000)
    expect(page.locator("#rail")).to_contain_text("Goals 2")
    assert set(Statement.objects.values_list("label", flat=True)) == {"Get paid on Friday 👩🏽‍🚒", "Sleep well"}
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('write:'))") == []

    # A second window: the slower one is told, sees both texts and chooses.
    other = context.new_page()
    other.goto(address)
    goal(other).fill("Sleep at night")
    expect(other.locator("#saved")).to_have_text(SAVED)
    goal(page).fill("Sleep on Sunday")
    expect(page.locator(".choice")).to_contain_text("Sleep at night")
    expect(goal(page)).to_have_value("Sleep on Sunday")
    page.get_by_role("button", name="Keep what is typed here").click()
    expect(status).to_have_text(SAVED)
    goal(other).fill("Sleep at last")
    other.get_by_role("button", name="Take the saved one").click()
    expect(goal(other)).to_have_value("Sleep on Sunday")
    assert set(Statement.objects.values_list("label", flat=True)) == {"Get paid on Friday 👩🏽‍🚒", "Sleep on Sunday"}

    # A pain can be linked to a goal that was written a moment ago; a deleted goal comes back.
    pains = page.locator("#pains")
    pains.get_by_role("textbox", name="Pain", exact=True).fill("Chasing invoices")
    pains.get_by_label("Sleep on Sunday").first.check()
    expect(pains.get_by_role("button", name="Delete")).to_be_visible()
    page.locator("#goals").get_by_role("button", name="Delete").last.click()
    page.get_by_role("button", name="Undo").click()
    expect(goal(page)).to_have_value("Sleep on Sunday")
    page.get_by_role("link", name="Look over, then submit").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Mia. It is in.")
    assert Link.objects.get().to_statement.label == "Sleep on Sunday"
    assert Statement.objects.filter(draft=False).count() == 3


def test_who_is_told_to_wait_goes_on_as_soon_as_it_is_saved(browser_of, console, workshop, mia):
    console.expect(r"status of 429")
    page = browser_of(mia).new_page()
    page.goto(f"/workshops/{workshop.public_id}/write/")
    page.get_by_label("What is our strategy?").fill("Be simple")
    page.route("**/write/warm-up/", lambda route: route.fulfill(status=429), times=1)

    page.get_by_role("button", name="Save and go on").click()

    expect(page.get_by_text("We win the smallest builders first.")).to_be_visible()
    assert Readiness.objects.get().strategy == "Be simple"


def test_a_quick_hand_is_never_told_to_wait(browser_of, workshop, mia):
    page = browser_of(mia).new_page()
    page.goto(f"/workshops/{workshop.public_id}/write/view/")

    for n in range(12):
        goal(page).fill(f"Get paid, {n}")
        goal(page).evaluate("(field) => field.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))")
        page.wait_for_timeout(20)

    expect(page.locator("#saved")).to_have_text(SAVED)
    assert Statement.objects.get().label == "Get paid, 11"


def test_everything_works_without_a_script_on_the_narrowest_phone(browser_of, workshop, mia):
    context = browser_of(mia, java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"/workshops/{workshop.public_id}/write/")

    page.get_by_label("What is our strategy?").fill("Be simple")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("We win the smallest builders first.")).to_be_visible()
    for question in ("The vision", "I can say", "It is clear", "We help"):
        page.get_by_role("group", name=re.compile(question)).get_by_role("radio", name="4").check()
    page.get_by_role("button", name="On to the goals").click()

    for section, name, words in (
        ("#goals", "Goal", "Get paid"),
        ("#goals", "Another goal", "Sleep"),
        ("#pains", "Pain", "Chasing"),
    ):
        field = page.locator(section).get_by_role("textbox", name=name, exact=True)
        field.fill(words)
        field.locator("xpath=ancestor::form").get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    page.locator("#goals").get_by_role("button", name="Move up").nth(1).click()
    page.locator("#goals").get_by_role("button", name="Delete").first.click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="Look over, then submit").click()
    page.get_by_role("button", name="Submit").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Mia. It is in.")
    goals = Statement.objects.filter(kind="goal").values_list("label", flat=True)
    assert list(goals) == ["Sleep", "Get paid"]
    assert Readiness.objects.values_list("strategy", "vision", "help").get() == ("Be simple", 4, 4)
    assert not Statement.objects.filter(draft=True).exists()
