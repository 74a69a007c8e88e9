"""The first sample, as somebody meets it who has just started Parallax."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.people import compute
from workshops.models import Workshop

OPTIONS = {
    "laptop": {"viewport": {"width": 1280, "height": 900}},
    "phone in the dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


@pytest.fixture
def sample(site):
    """Both samples that come with Parallax, computed; the newest is the first one."""
    call_command("import_samples")
    for workshop in Workshop.objects.all():
        compute(workshop)
    return Workshop.objects.get(sample="invoicing")


@pytest.mark.parametrize("where", OPTIONS)
def test_one_click_after_signing_in_the_story_is_told(sign_in, sample, where):
    page = sign_in("owner@example.com", **OPTIONS[where])

    page.locator("main h3 a").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("4 of 11 mean something else by ‘Get paid on time’.")
    first = page.locator(".finding").first
    expect(first).to_contain_text("Superficial alignment")
    expect(first).to_contain_text("Fewer days of sales outstanding.")
    if where == "laptop":
        assert first.bounding_box()["y"] < 900


def test_filters_stand_in_the_address_and_lead_to_the_item_and_its_words(sign_in, sample):
    page = sign_in("owner@example.com")
    page.goto(f"/workshops/{sample.public_id}/diff/")

    page.get_by_text("Filter", exact=True).first.click()
    page.get_by_label("Finding", exact=True).select_option("blind_spot")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".finding")).to_have_count(2)
    assert "kind=blind_spot" in page.url
    expect(page.locator(".finding").first).to_contain_text("none of 3 has ‘Retention money is forgotten’ on their map")

    page.locator(".finding").first.get_by_role("link", name="Look closer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Retention money is forgotten")
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("alike")


def test_the_page_is_read_and_narrowed_by_keyboard_alone(sign_in, sample):
    page = sign_in("owner@example.com")
    page.goto(f"/workshops/{sample.public_id}/diff/")

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    page.locator("summary", has_text="Filter").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Likely only").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    page.wait_for_url("**tier=likely**")
    expect(page.locator(".finding .tag.possible")).to_have_count(0)
