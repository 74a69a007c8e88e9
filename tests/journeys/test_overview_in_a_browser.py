"""The overview while others write: the count moves by itself, and what somebody is busy with stays in their hands."""

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from tests.workshops.writers import join, open_workshop, sit_down, write
from workshops import stages
from workshops.viewer import Viewer


def test_the_overview_follows_what_happens(sign_in, console, team, ana):
    workshop = open_workshop(team)
    mia, _tom = join(workshop, "Mia"), join(workshop, "Tom")
    write(mia)
    page = sign_in("ana@example.com", viewport={"width": 390, "height": 844})
    page.goto(f"/workshops/{workshop.public_id}/")
    expect(page.get_by_role("heading", name="0 of 2 in")).to_be_visible()
    page.get_by_text("Close writing and consolidate").click()
    page.get_by_role("button", name="Close it now").focus()

    mias = sit_down(Client(), mia)
    assert mias.post(f"/workshops/{workshop.public_id}/write/submission/").status_code == 302

    expect(page.get_by_role("heading", name="1 of 2 in")).to_be_visible()
    expect(page.get_by_role("button", name="Close it now")).to_be_focused()

    stages.move(workshop, "consolidate", seen=0, viewer=Viewer(user=ana))

    expect(page.get_by_role("alert")).to_contain_text("it is at “Consolidate” now")
    expect(page.get_by_role("button", name="Close it now")).to_be_focused()
    faults = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [fault["id"] for fault in faults] == []

    console.expect_status(409, f"/workshops/{workshop.public_id}/stage/")
    page.get_by_role("button", name="Close it now").click()

    expect(page.get_by_role("alert")).to_have_text("It is at “Consolidate” already. Nothing was done twice.")
    expect(page.get_by_role("heading", name="Writing is closed")).to_be_visible()
