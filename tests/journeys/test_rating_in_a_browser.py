"""Rating in Chromium: one tap a card on a phone, by keys alone, as a list, with no script; no answer is lost unsaid."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from tests.journeys.cards import LAST, Cards
from tests.journeys.test_accessibility import faults
from tests.workshops.raters import rating_workshop
from workshops import stages
from workshops.models import Item, Link, Rating, Round, Sitting
from workshops.viewer import Viewer

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
TITLES = {
    "goal": ["Get paid on time", "Sleep at night"],
    "pain": ["Chasing invoices", "Paper gets lost", "Nobody picks up"],
    "alternative": ["A folder in the van"],
}
SAVED = re.compile(r"Saved \d\d:\d\d")


@pytest.fixture
def workshop(site, team):
    made = rating_workshop(team, TITLES)
    Item.objects.filter(workshop=made, key="i0").update(definition="Cash in the bank by Friday.")
    return made


@pytest.fixture
def tom(workshop):
    return workshop.participants.get(name="Tom")


def said(workshop, name="importance"):
    """What is kept, by the item's title."""
    return dict(Rating.objects.filter(round__workshop=workshop).values_list("item__title", name))


def sound(page):
    """Nothing that axe finds, and nothing beyond the window's edge."""
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished)).then(() => true)")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def further_parts(cards, page):
    """The parts that ask about what was answered, up to the end."""
    cards.onwards("more")
    sound(page)
    for _card in cards.rest():
        for name, value in (("same_meaning", 0), ("satisfaction", 2), ("evidence", 3)):
            cards.field(name, value).tap()
    cards.onwards("blocks")
    sound(page)
    for _card in cards.rest():
        cards.card.get_by_label("None of them").tap()
        cards.card.get_by_label("Sleep at night").tap()
        expect(cards.card.get_by_label("None of them")).not_to_be_checked()
        cards.next.tap()
    cards.onwards("expected")
    sound(page)
    for _card in cards.rest():
        cards.field("expected", 1).tap()
    cards.onwards("done")


def test_one_tap_a_card_leads_through_the_whole_of_it_on_a_phone(browser_of, workshop, tom):
    page = browser_of(tom, **PHONE).new_page()
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.goto(f"/workshops/{workshop.public_id}/rate/")
    expect(page.locator("[data-left]")).to_have_text("about 3 minutes left")
    sound(page)
    page.get_by_role("link", name="Begin").tap()
    cards = Cards(page)
    sound(page)

    # A tap answers and goes on by itself; the place to tap stays where it is; the moment can be stopped.
    place = cards.field("says", 4).bounding_box()
    page.wait_for_timeout(600)  # there is something to measure
    first = cards.answer("says", 4)
    assert cards.field("says", 4).bounding_box() == place
    assert place["height"] >= 44
    assert place["width"] >= 44
    second = cards.title.inner_text()
    cards.card.locator("[name=star]").tap()
    cards.field("says", 5).tap()
    cards.back.tap()
    page.wait_for_timeout(900)
    expect(cards.title).to_have_text(second)
    cards.back.tap()
    expect(cards.title).to_have_text(first)

    # A locked screen, and the page is gone: it comes back to the same card.
    page.reload()
    expect(cards.title).to_have_text(first)
    expect(cards.field("says", 4)).to_be_checked()
    cards.next.tap()
    cards.next.tap()
    third = cards.title.inner_text()
    cards.next.tap()
    for value in (3, "unknown", 2):
        cards.answer("says", value)
    expect(cards.title).to_have_text(LAST)
    sound(page)
    page.get_by_role("link", name="Show me those").tap()
    expect(cards.title).to_have_text(third)
    cards.answer("says", "not_real")
    expect(page.locator("[data-count]")).to_have_text("6 of 6")
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    assert {said(workshop)[title] for title in (first, second, third)} == {4, 5, None}
    assert Rating.objects.get(star=True).item.title == second
    assert any(parse_qs(body).get("seconds", ["0"])[0] != "0" for body in sent)

    further_parts(cards, page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Tom. It is in.")
    sound(page)
    assert Sitting.objects.get().participant == tom
    assert set(said(workshop, "same_meaning").values()) >= {0}
    assert set(Link.objects.values_list("to_item__title", "drawn")) == {
        ("Sleep at night", True),
        ("Get paid on time", False),
    }


def test_what_is_tapped_without_a_connection_is_kept_and_sent_later(browser_of, console, workshop, tom):
    console.expect(r"net::ERR_(INTERNET_DISCONNECTED|FAILED)|Failed to fetch")
    context = browser_of(tom, **PHONE)
    page = context.new_page()
    page.goto(f"/workshops/{workshop.public_id}/rate/")
    page.get_by_role("link", name="Begin").tap()
    cards = Cards(page)

    context.set_offline(True)
    titles = [cards.answer("says", value) for value in (5, 1, 3)]
    expect(page.locator("#saved")).to_have_text("Offline, kept on this device")
    assert said(workshop) == {}
    page.route("**/rate/items/**", lambda route: route.abort())
    context.set_offline(False)
    page.reload()
    expect(page.locator("[data-count]")).to_have_text("3 of 6")
    page.unroute("**/rate/items/**")

    expect(page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=15_000)
    assert said(workshop) == dict(zip(titles, (5, 1, 3), strict=True))
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('rate:'))") == []


def test_two_windows_that_say_different_things_are_shown_both(browser_of, console, workshop, tom):
    console.expect(r"status of 409")
    context = browser_of(tom, **LAPTOP)
    page, other = context.new_page(), context.new_page()
    for each in (page, other):
        each.goto(f"/workshops/{workshop.public_id}/rate/")
        each.get_by_role("link", name="Begin").click()
    title = Cards(page).title.inner_text()
    Cards(other).field("says", 1).click()
    expect(other.locator("#saved")).to_have_text(SAVED)

    Cards(page).field("says", 5).click()
    page.get_by_role("button", name="Show it").or_(page.locator(".choice")).first.wait_for()
    if page.get_by_role("button", name="Show it").is_visible():  # it had gone on already
        page.get_by_role("button", name="Show it").click()
    expect(Cards(page).title).to_have_text(title)
    expect(page.locator(".choice")).to_contain_text("Your answer1")
    sound(page)
    page.get_by_role("button", name="Keep what is chosen here").click()

    expect(page.locator("#saved")).to_have_text(SAVED)
    assert said(workshop) == {title: 5}


def test_every_card_can_be_answered_by_keys_alone(browser_of, workshop, tom):
    page = browser_of(tom, **LAPTOP).new_page()
    page.goto(f"/workshops/{workshop.public_id}/rate/")
    page.get_by_role("link", name="Begin").focus()
    page.keyboard.press("Enter")
    cards = Cards(page)

    def press(key):
        before = cards.title.inner_text()
        page.keyboard.press(key)
        expect(cards.title).not_to_have_text(before)
        expect(cards.card).to_be_focused()  # so that a screen reader hears it
        return before

    sound(page)
    page.keyboard.press("s")
    first = press("5")
    assert [press(key) for key in ("ArrowLeft", "ArrowRight")][1] == first
    for key in ("n", "r", "1", "2", "3"):
        press(key)
    expect(cards.title).to_have_text(LAST)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert sorted(value or 0 for value in said(workshop).values()) == [0, 0, 1, 2, 3, 5]
    assert Rating.objects.get(star=True).item.title == first

    for page_name, keys in (("more", ["1", "2", "3"]), ("blocks", ["Tab", "Space", "Enter"]), ("expected", ["4"])):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/rate/{page_name}/")
        cards.card.focus()
        for _card in cards.rest():
            for key in keys:
                page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Tom. It is in.")


def test_a_sixth_star_is_not_given_and_a_list_moves_nothing_by_itself(browser_of, workshop, tom):
    page = browser_of(tom, **LAPTOP).new_page()
    page.goto(f"/workshops/{workshop.public_id}/rate/")
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("As a list").check(force=True)
    sound(page)
    Item.objects.filter(workshop=workshop, kind="alternative").update(kind="pain")
    page.reload()
    stars = page.locator("[name=star]")
    expect(stars).to_have_count(6)

    for star in stars.all():
        star.click()
    expect(page.locator("[name=star]:checked")).to_have_count(5)
    expect(page.locator(".error")).to_have_text(
        "You have given five stars already. Take one away to give it to another."
    )
    page.locator("[name=says][value='2']").first.click()
    page.wait_for_timeout(900)
    expect(page.locator("article.card:visible")).to_have_count(7)
    expect(page.locator("#saved")).to_have_text(SAVED)
    assert Rating.objects.filter(star=True).count() == 5


def test_everything_works_without_a_script(browser_of, workshop, tom):
    page = browser_of(tom, java_script_enabled=False, viewport={"width": 320, "height": 700}).new_page()
    page.goto(f"/workshops/{workshop.public_id}/rate/")

    def answer_all(*answers):
        """Each card of the part, by its button."""
        for n in range(page.locator("form[data-write]").count()):
            form = page.locator("form[data-write]").nth(n)
            for name, value in answers[n % len(answers)].items():
                form.locator(f"[name={name}][value='{value}']").check()
            form.get_by_role("button", name="Save").click()
            expect(page.get_by_role("main")).to_contain_text(re.compile("Saved|It is in"))

    answer_all(*({"says": points} for points in (1, 2, 3, 4, 5)))
    answer_all({"same_meaning": 2, "satisfaction": 3, "evidence": 1})
    answer_all({"none": "on"})
    answer_all({"expected": 4})

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Tom. It is in.")
    assert sorted(said(workshop).values()) == [1, 1, 2, 3, 4, 5]


def test_when_the_rating_closes_the_last_tap_is_in_or_said_not_to_be(browser_of, console, workshop, tom, ana):
    console.expect(r"status of 409")
    page = browser_of(tom, **PHONE).new_page()
    address = f"/workshops/{workshop.public_id}/rate/"
    page.goto(address)
    page.get_by_role("link", name="Begin").tap()
    cards = Cards(page)
    taken = cards.answer("says", 5)
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")

    stages.move(workshop, "live", seen=workshop.stage_version, viewer=Viewer(user=ana))
    missed = cards.title.inner_text()
    cards.field("says", 4).tap()

    told = page.get_by_role("alert").filter(has_text="The rating has closed.")
    expect(told).to_contain_text(re.compile(f"{missed}: .* 4"))
    expect(told).not_to_contain_text(taken)
    expect(page.locator("#saved")).to_have_attribute("data-state", "closed")
    assert list(Rating.objects.exclude(answer="asked").values_list("item__title", "importance")) == [(taken, 5)]
    assert Round.objects.get(workshop=workshop, kind="rate").closed_at
    page.goto(address)
    expect(page.get_by_role("heading", name="Kept on this device only")).to_be_visible()
    expect(page.locator("#left-over li")).to_contain_text([re.compile(f"{missed}: .* 4")])
