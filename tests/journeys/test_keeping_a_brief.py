"""What a facilitator typed into the brief is kept on the device until it is saved."""

import pytest
from playwright.sync_api import expect

from workshops.models import Workshop

KEPT = "Not saved yet: what you typed was kept on this device."


@pytest.fixture
def setup_page(sign_in, ana, workshop):
    """Ana's browser on the setup page."""
    page = sign_in("ana@example.com")
    page.goto(f"/workshops/{workshop.public_id}/setup/")
    return page


def kept_on(page):
    """The names under which the browser keeps something."""
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('keep:'))")


def test_what_was_typed_outlives_a_lost_connection_a_reload_and_another_facilitator(setup_page, console, workshop):
    page, horizon = setup_page, setup_page.get_by_label("Horizon")
    console.expect_status(409, f"/workshops/{workshop.public_id}/setup/")
    console.allow(r"net::ERR_INTERNET_DISCONNECTED|Failed to fetch")
    horizon.fill("The next year")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save the brief").click()
    expect(page.get_by_role("status")).to_contain_text("You are offline.")
    page.context.set_offline(False)
    Workshop.objects.filter(pk=workshop.pk).update(horizon="Six months")

    page.reload()
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(horizon).to_have_value("The next year")
    page.get_by_role("button", name="Save the brief").click()
    expect(page.get_by_role("row", name="Horizon")).to_contain_text("Six months")
    page.get_by_role("button", name="Keep mine").click()

    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_hidden()
    assert kept_on(page) == []
    workshop.refresh_from_db()
    assert workshop.horizon == "The next year"


def test_a_new_segment_that_was_saved_is_not_kept_and_discarding_forgets(setup_page, workshop):
    page = setup_page
    page.get_by_label("Or a new segment").fill("  Roofers ")
    page.get_by_label("Team: results of the whole team only").check()
    expect(page.get_by_label("Smallest group shown")).to_have_value("5")
    page.get_by_role("button", name="Save the brief").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(page.get_by_label("Segment", exact=True)).to_have_value("Roofers")
    assert kept_on(page) == []

    page.get_by_label("Title").fill("Changed my mind")
    page.reload()
    page.get_by_role("button", name="Discard it").click()

    expect(page.get_by_label("Title")).to_have_value("Getting paid")
    assert kept_on(page) == []
