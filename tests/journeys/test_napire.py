"""From nothing to the differences of 228 real people, in Chromium, with a real worker."""

import re

from django.core.management import call_command
from playwright.sync_api import expect

from workshops import jobs
from workshops.models import Workshop

HEADLINE = "You agree only a little more than chance would have it."


def test_two_clicks_after_signing_in_napires_differences_are_there(sign_in, worker):
    call_command("import_samples", "napire")

    page = sign_in("owner@example.com")
    page.get_by_role("link", name="NaPiRE 2014: what hurts").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(HEADLINE)
    whole = page.locator("table.interval").first.locator("tbody tr").first
    assert re.sub(r"\s+", " ", whole.inner_text()).strip() == "All 22 items .15 .11 to .19"
    expect(page.get_by_text("209 of 228 people answered, 22 items.")).to_be_visible()
    expect(page.locator(".finding .eyebrow", has_text="Scattered")).to_have_count(6)
    expect(page.locator(".finding .eyebrow", has_text="Role gap")).to_have_count(0)
    expect(page.locator("table.matrix tbody tr")).to_have_count(22)
    box = page.locator(".finding").first.bounding_box()
    assert box["y"] < 900


def test_the_page_shows_each_step_of_a_computation_and_then_the_result(sign_in, site):
    call_command("import_samples", "napire")
    workshop = Workshop.objects.get()
    page = sign_in("owner@example.com")
    page.goto(f"/workshops/{workshop.public_id}/diff/")
    line = page.locator("#job")

    expect(line).to_contain_text("Waiting for a worker")
    expect(page.get_by_text("The findings are being computed")).to_be_visible()
    job = workshop.jobs.get()
    job.claim()
    expect(line).to_contain_text("Computing the findings")
    job.at_step(3, 6, "role gaps")
    expect(line).to_contain_text("step 3 of 6, role gaps")
    type(job).objects.update(state="waiting", lease_until=None)
    jobs.run(job.pk)

    expect(page.get_by_role("heading", level=1)).to_contain_text(HEADLINE)
    expect(line).to_contain_text("Computed")


def test_computing_again_says_that_nothing_has_changed(sign_in, worker):
    call_command("import_samples", "napire")
    page = sign_in("owner@example.com")
    page.get_by_role("link", name="NaPiRE 2014: what hurts").click()

    page.get_by_role("button", name="Compute again").click()

    expect(page.locator("#job")).to_contain_text("Nothing has changed")
    expect(page.get_by_role("heading", level=1)).to_contain_text(HEADLINE)
    assert list(Workshop.objects.get().jobs.values_list("state", flat=True)) == ["done", "done"]
