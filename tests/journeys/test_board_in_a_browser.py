"""Putting statements together in browsers: by dragging, by keys alone, by two at once, and without a script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.people import account
from tests.workshops.writers import join, open_workshop
from workshops import stages
from workshops.models import Item, Membership, Statement
from workshops.models.public_id import new_public_id
from workshops.viewer import Viewer

GOALS = ["Get paid on time", "Money by Friday", "No evenings on paperwork"]


def gather(team, ana, said, kind="goal"):
    """A workshop whose writing is closed: each of `said` is an item of its own, here in this order."""
    workshop = open_workshop(team)
    mia = join(workshop, "Mia")
    Statement.objects.bulk_create(
        Statement(
            workshop=workshop, participant=mia, kind=kind, draft=False, position=n, public_id=key, key=key, label=label
        )
        for n, (label, key) in enumerate((label, new_public_id()) for label in said)
    )
    stages.move(workshop, "consolidate", seen=workshop.stage_version, viewer=Viewer(user=ana))
    items = list(workshop.items.order_by("title"))
    for item in items:
        item.position = said.index(item.title)
    Item.objects.bulk_update(items, ["position"])
    return workshop


@pytest.fixture
def workshop(team, ana):
    """Three goals, each in an item of its own."""
    return gather(team, ana, GOALS)


@pytest.fixture
def board(sign_in, workshop):
    """Ana's browser on the board."""
    page = sign_in("ana@example.com")
    page.goto(f"/workshops/{workshop.public_id}/consolidate/")
    return page


def row(page, title):
    """The item of this title."""
    return page.locator(".board-item").filter(has=page.locator("[data-title]").get_by_text(title, exact=True))


def made(workshop):
    """What the items hold: for each title the labels, in alphabetical order."""
    return {
        item.title: sorted(item.statements.values_list("label", flat=True))
        for item in Item.objects.filter(workshop=workshop)
    }


def carry(page, what, onto):
    """Drag with the mouse, as a hand does: take, move, wait for the place to light up, let go."""
    what.scroll_into_view_if_needed()
    begin = what.bounding_box()
    page.mouse.move(begin["x"] + 40, begin["y"] + begin["height"] / 2)
    page.mouse.down()
    page.mouse.move(begin["x"] + 60, begin["y"] + begin["height"] / 2 + 8, steps=4)
    end = onto.bounding_box()
    page.mouse.move(end["x"] + 80, end["y"] + end["height"] / 2, steps=6)
    expect(onto).to_have_class(re.compile("is-target"))
    page.mouse.up()


def told(page):
    """The line at the foot of the board."""
    return page.locator("#board-toast")


def test_dragging_an_item_onto_another_puts_them_together_and_undo_takes_it_back(board, workshop):
    carry(board, row(board, "Money by Friday").locator("[data-title]"), row(board, "Get paid on time"))

    expect(told(board)).to_contain_text("Put together as “Get paid on time”.")
    expect(board.locator(".board-item")).to_have_count(2)
    assert made(workshop) == {
        "Get paid on time": ["Get paid on time", "Money by Friday"],
        "No evenings on paperwork": ["No evenings on paperwork"],
    }

    told(board).get_by_role("button", name="Undo").click()

    expect(board.locator(".board-item")).to_have_count(3)
    assert made(workshop) == {label: [label] for label in GOALS}


def test_a_statement_is_dragged_out_and_into_another_item(board, workshop):
    put_together(board, "Get paid on time", "Money by Friday")
    statement = row(board, "Get paid on time").locator("[data-statement]").filter(has_text="Money by Friday")

    carry(board, statement, row(board, "No evenings on paperwork"))

    expect(told(board)).to_contain_text("Moved to “No evenings on paperwork”.")
    assert made(workshop)["No evenings on paperwork"] == ["Money by Friday", "No evenings on paperwork"]

    carry(board, row(board, "No evenings on paperwork").get_by_text("Money by Friday"), board.locator("#board-own"))

    expect(board.locator(".board-item")).to_have_count(3)
    assert made(workshop)["Money by Friday"] == ["Money by Friday"]


def put_together(page, *titles):
    """Tick these and press the button."""
    for title in titles:
        row(page, title).get_by_role("checkbox").check()
    page.get_by_role("button", name="Put the ticked ones together").click()
    expect(row(page, titles[-1])).to_have_count(0)


def test_keys_alone_put_together_move_split_and_undo(board, workshop):
    keys, focus = board.keyboard, board.locator(":focus")
    row(board, "Get paid on time").get_by_role("checkbox").focus()

    keys.press("m")
    keys.type("friday")
    expect(board.locator("#board-move").get_by_role("option")).to_have_text(["Money by Friday"])
    keys.press("Enter")

    expect(board.locator(".board-item")).to_have_count(2)
    assert made(workshop)["Money by Friday"] == ["Get paid on time", "Money by Friday"]
    expect(board.get_by_role("status").first).to_have_text("Put together as “Money by Friday”.")
    expect(row(board, "Money by Friday").get_by_role("checkbox")).to_be_focused()

    keys.press("ArrowDown")
    expect(focus).to_have_attribute("data-statement", re.compile("."))
    keys.press("m")
    keys.type("evenings")
    keys.press("Enter")

    expect(row(board, "No evenings on paperwork").locator("[data-statement]")).to_have_count(2)
    expect(focus).to_have_attribute("data-statement", re.compile("."))

    keys.press("s")

    expect(board.locator(".board-item")).to_have_count(3)

    for _each in range(3):
        stands = board.locator("#board").get_attribute("data-version")
        keys.press("u")
        expect(board.locator("#board")).not_to_have_attribute("data-version", stands)
        expect(board.get_by_role("status").first).to_have_text(re.compile("^Undone.\\s?$"))

    expect(row(board, "Get paid on time")).to_have_count(1)
    assert made(workshop) == {label: [label] for label in GOALS}


def test_ticks_by_keys_and_letters_that_are_typed_do_nothing_else(board, workshop):
    keys = board.keyboard
    row(board, "Get paid on time").get_by_role("checkbox").focus()

    keys.press("x")
    row(board, "Money by Friday").get_by_role("checkbox").focus()
    keys.press("x")
    expect(board.get_by_text("2 ticked", exact=True)).to_be_visible()
    keys.press("/")
    keys.type("xmus?")

    expect(board.locator("#board-filter")).to_have_value("xmus?")
    expect(board.locator(".board-item:visible")).to_have_count(0)
    keys.press("Escape")
    expect(board.locator(".board-item:visible")).to_have_count(3)
    expect(board.get_by_text("2 ticked", exact=True)).to_be_visible()

    keys.press("ArrowDown")
    keys.press("?")
    expect(board.get_by_role("dialog", name="Keys")).to_be_visible()
    keys.press("Escape")
    keys.press("m")

    expect(board.locator(".board-item")).to_have_count(2)
    assert len(made(workshop)) == 2


def test_two_facilitators_see_each_other_and_nothing_in_hand_is_lost(board, sign_in, team, workshop):
    team.add_member(account("Cleo"), Membership.Access.FACILITATOR)
    cleo = sign_in("cleo@example.com")
    cleo.goto(board.url)
    row(board, "No evenings on paperwork").get_by_role("checkbox").check()
    row(board, "No evenings on paperwork").get_by_role("link", name="Look closer").click()
    definition = in_hand(board)
    definition.fill("Home at six")

    put_together(cleo, "Get paid on time", "Money by Friday")

    expect(board.locator(".board-item")).to_have_count(2)
    expect(definition).to_be_focused()
    expect(definition).to_have_value("Home at six")
    expect(row(board, "No evenings on paperwork").get_by_role("checkbox")).to_be_checked()


def in_hand(page):
    """The definition's field of the item that is open beside the board."""
    return page.locator("#item-panel").get_by_label("Working definition")


def test_a_clash_is_told_and_what_was_typed_stays(board, sign_in, console, team, workshop):
    item = Item.objects.get(workshop=workshop, title="No evenings on paperwork")
    console.expect_status(409, f"/workshops/{workshop.public_id}/consolidate/items/{item.public_id}/words/")
    row(board, item.title).get_by_role("link", name="Look closer").click()
    in_hand(board).fill("Home at six")
    Item.objects.filter(pk=item.pk).update(definition="The invoices are out", version=item.version + 1)

    board.get_by_role("button", name="Keep these words").click()

    panel = board.locator("#item-panel")
    expect(panel.get_by_text(re.compile("Somebody (else )?has changed this"))).to_be_visible()
    expect(panel.locator(".stands")).to_contain_text("The invoices are out")
    expect(in_hand(board)).to_have_value("Home at six")

    board.get_by_role("button", name="Keep these words").click()

    expect(told(board)).to_contain_text("Done.")
    item.refresh_from_db()
    assert item.definition == "Home at six"


def test_without_a_script_ticks_and_a_button_do(sign_in, team, ana, workshop):
    page = sign_in("ana@example.com", java_script_enabled=False)
    page.goto(f"/workshops/{workshop.public_id}/consolidate/")

    row(page, "Get paid on time").get_by_role("checkbox").check()
    row(page, "Money by Friday").get_by_role("checkbox").check()
    page.get_by_role("button", name="Put the ticked ones together").click()

    expect(page.locator(".board-item")).to_have_count(2)
    assert sorted(map(len, made(workshop).values())) == [1, 2]

    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".board-item")).to_have_count(3)
    assert made(workshop) == {label: [label] for label in GOALS}


def test_on_a_narrow_phone_taps_are_enough(sign_in, team, ana, workshop):
    options = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
    page = sign_in("ana@example.com", **options)
    page.goto(f"/workshops/{workshop.public_id}/consolidate/")

    row(page, "Get paid on time").locator("[data-title]").tap()
    row(page, "Money by Friday").locator("[data-title]").tap()
    page.get_by_role("button", name="Put the ticked ones together").tap()
    expect(page.locator(".board-item")).to_have_count(2)
    row(page, "Get paid on time").get_by_role("button", name="Move to …").first.tap()
    page.locator("#board-move").get_by_role("option", name="No evenings on paperwork").tap()

    expect(told(page)).to_contain_text("Moved to “No evenings on paperwork”.")
    assert sorted(map(len, made(workshop).values())) == [1, 2]
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_thousand_items_stay_usable(sign_in, team, ana):
    workshop = gather(team, ana, [f"Statement number {n:04}" for n in range(1000)])
    page = sign_in("ana@example.com")
    page.goto(f"/workshops/{workshop.public_id}/consolidate/")
    expect(page.locator(".board-item")).to_have_count(1000)

    page.get_by_role("searchbox", name="Find items").fill("number 0042")
    expect(page.locator(".board-item:visible")).to_have_count(1)
    expect(page.locator("#board-found")).to_have_text("1 of 1000 items")
    page.get_by_role("searchbox", name="Find items").press("ArrowDown")
    page.keyboard.press("m")
    page.keyboard.type("0977")
    page.keyboard.press("Enter")

    expect(told(page)).to_contain_text("Put together as “Statement number 0977”.")
    assert workshop.items.count() == 999
    assert page.evaluate(SLOWEST_LETTER) < 1000


# The slowest of a few narrowings with its layout, in milliseconds.
SLOWEST_LETTER = """() => {
  const field = document.getElementById("board-filter"), took = [];
  for (const text of ["", "n", "nu", "num 1", "num 12", ""]) {
    const began = performance.now();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
    took.push(performance.now() - began);
  }
  return Math.max(...took);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_board_and_what_opens_on_it_have_no_fault(sign_in, workshop, scheme):
    page = sign_in("ana@example.com", color_scheme=scheme)
    page.goto(f"/workshops/{workshop.public_id}/consolidate/")
    put_together(page, "Get paid on time", "Money by Friday")
    found = [faults(page)]

    row(page, "No evenings on paperwork").get_by_role("link", name="Look closer").click()
    expect(in_hand(page)).to_be_visible()
    found.append(faults(page))
    row(page, "No evenings on paperwork").get_by_role("checkbox").focus()
    page.keyboard.press("m")
    expect(page.get_by_role("combobox", name="Find an item")).to_be_focused()
    found.append(faults(page))

    assert found == [[], [], []]


def faults(page):
    """What axe says is wrong, each with the first place."""
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in violations]
