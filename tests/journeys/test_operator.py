"""The operator's pages in a browser, under the same strict policy as all others."""

from tests.workshops.filled import filled_workshop
from tests.workshops.operators import TABLES, list_of, operator, row_in
from tests.workshops.test_erasing import closed


def test_every_page_of_the_operator_works_without_a_violation(sign_in, site, console):
    workshop = closed(filled_workshop())
    operator()
    page = sign_in("operator@example.com")

    page.goto("/admin/")
    assert page.get_by_role("heading", name="On this server").is_visible()
    for table in TABLES:
        page.goto(list_of(table))
        page.get_by_role("link", name="zq-").first.wait_for()
        page.goto(f"{list_of(table)}{row_in(table, workshop)}/change/")
        assert page.locator("#content .readonly").count() >= 2, table

    console.verify()


def test_the_operator_asks_for_a_failed_job_again(sign_in, site):
    workshop = filled_workshop()
    operator()
    page = sign_in("operator@example.com")

    page.goto(f"{list_of('job')}?state__exact=failed")
    page.locator("input.action-select").check()
    page.get_by_label("Action:").select_option(label="Ask for it again")
    page.get_by_role("button", name="Run").click()

    page.get_by_text("1 job was asked for again.").wait_for()
    assert list(workshop.jobs.order_by("pk").values_list("state", flat=True)) == ["failed", "waiting"]
