"""Putting statements together as items: every operation, what it refuses, and that all of it can be undone."""

import pytest
from django.utils import timezone

from tests.workshops.consolidated import Table, close_writing, gathered
from tests.workshops.facilitating import change, words
from tests.workshops.writers import join, write
from workshops import gathering, stages, withdrawing
from workshops.models import Edit, Item, Merge, Rating, Round, Statement
from workshops.viewer import Viewer

PAID = ("Get paid on time", "The money is there on Friday, so wages go out")
MONEY = ("Money by Friday", "The money is there on Friday, so I can pay wages")
CALM = ("No surprises", "Nobody rings on Sunday")
LATE = ("Clients pay late", "They wait for the second letter", "pain")


@pytest.fixture
def table(client, team, ana):
    """Three goals and a pain of two people, each in an item of its own."""
    client.force_login(ana)
    return Table(client, gathered(team, mia=[PAID, CALM], tom=[MONEY, LATE]))


def test_every_submitted_statement_is_an_item_of_its_own(table):
    assert table.stands == {
        label: [label] for label in ("Get paid on time", "Money by Friday", "No surprises", LATE[0])
    }
    assert table.item("No surprises").definition == "Nobody rings on Sunday"


def test_merged_statements_move_to_the_first_and_the_others_vanish(table):
    response = table.merge("Get paid on time", "Money by Friday", "No surprises")

    kept = table.item("Get paid on time")
    assert response["Location"] == f"{table.address}#item-{kept.public_id}"
    assert table.stands == {kept.title: sorted([PAID[0], MONEY[0], CALM[0]]), LATE[0]: [LATE[0]]}
    assert kept.version == 2


def test_the_page_may_say_which_one_is_kept(table):
    table.merge("Get paid on time", "Money by Friday", into=table.item("Money by Friday").public_id)

    assert table.stands["Money by Friday"] == [PAID[0], MONEY[0]]


def test_the_definition_is_what_the_most_central_statement_means(table):
    table.merge("No surprises", "Get paid on time", "Money by Friday")

    assert table.item("No surprises").definition in (PAID[1], MONEY[1])


@pytest.mark.parametrize("by_hand", ["No surprises", "Money by Friday"])
def test_a_definition_that_was_written_by_hand_stays(table, by_hand):
    table.change(by_hand, "words", title=by_hand, definition="Written by hand")

    table.merge("No surprises", "Get paid on time", "Money by Friday")

    assert table.item("No surprises").definition == "Written by hand"


def test_a_statement_moves_to_another_item_and_an_item_that_only_stood_for_it_goes(table):
    table.move("Money by Friday", to="Get paid on time")

    assert table.stands == {PAID[0]: [PAID[0], MONEY[0]], CALM[0]: [CALM[0]], LATE[0]: [LATE[0]]}


def test_an_item_with_words_of_its_own_stays_when_its_last_statement_goes(table):
    table.change("Money by Friday", "words", title="Cash", definition="")

    table.move("Money by Friday", to="Get paid on time")

    assert table.stands["Cash"] == []


def test_a_statement_is_taken_out_right_after_its_item_and_takes_its_label_along(table):
    table.merge("Get paid on time", "Money by Friday")

    table.move("Get paid on time")

    titles = list(table.workshop.items.filter(kind="goal").values_list("title", flat=True))
    assert table.stands == {label: [label] for label in (PAID[0], MONEY[0], CALM[0], LATE[0])}
    assert titles.index(PAID[0]) == titles.index(MONEY[0]) + 1


def test_an_item_stands_under_another_and_its_children_follow_a_merge(table):
    table.change("No surprises", "place", parent=table.item("Money by Friday").public_id)

    table.merge("Get paid on time", "Money by Friday")

    assert table.item("No surprises").parent == table.item("Get paid on time")


def test_merging_an_item_with_one_far_above_it_leaves_no_circle(table):
    top, middle, low = "Get paid on time", "Money by Friday", "No surprises"
    table.change(middle, "place", parent=table.item(top).public_id)
    table.change(low, "place", parent=table.item(middle).public_id)

    table.merge(low, top)

    assert table.item(low).parent is None
    assert table.item(middle).parent == table.item(low)


def test_items_are_set_aside_and_brought_back_added_and_removed(table):
    table.change("No surprises", "aside", set_aside="1")
    aside = table.item("No surprises").set_aside
    table.change("No surprises", "aside", set_aside="0")
    table.post("items/", kind="goal", title="  Get   paid on time ", definition="Added")
    added = table.workshop.items.get(definition="Added")
    table.post(f"items/{added.public_id}/removal/", version=added.version)

    assert (aside, table.item("No surprises").set_aside) == (True, False)
    assert added.title == "Get paid on time"
    assert not Item.objects.filter(pk=added.pk).exists()
    assert list(table.workshop.edits.order_by("number").values_list("act", flat=True)) == [
        "set_aside",
        "brought_back",
        "added",
        "removed",
    ]


# -- refusals ----------------------------------------------------------------------------------------------------------
def refused(table, response, status, reason):
    """The answer says why, and nothing has changed."""
    assert response.status_code == status
    assert reason in words(response)
    assert not table.workshop.edits.exists()
    assert table.stands == {label: [label] for label in (PAID[0], MONEY[0], CALM[0], LATE[0])}


def test_what_cannot_be_put_together_is_refused_in_words(table):
    goal, pain = "No surprises", LATE[0]
    mine = table.item(goal).public_id

    refused(table, table.merge(goal), 422, "Choose at least two items")
    refused(table, table.merge(goal, pain), 422, "Only items of one kind")
    refused(table, table.move(goal, to=pain), 422, "Only what is of one kind")
    refused(table, table.move(goal, to=goal), 422, "It stands in this item already.")
    refused(table, table.move(goal), 422, "It is an item of its own already.")
    refused(table, table.change(goal, "place", parent=mine), 422, "It cannot stand under itself")
    refused(table, table.change(pain, "place", parent=mine), 422, "An item stands under one of its own kind")
    refused(table, table.change(goal, "removal"), 422, "It holds what people wrote")
    refused(table, table.change(goal, "words", title=" ", definition=""), 422, "Say it in a few words first.")
    refused(table, table.change(goal, "words", title="x" * 201, definition=""), 422, "at most 200 characters")
    refused(table, table.post("items/", kind="nothing", title="x"), 422, "Select a valid choice")
    refused(table, table.post("merge/", item=["x", "y"]), 422, "This leads nowhere.")
    refused(table, table.post("undo/", seen=0), 422, "There is nothing to undo.")
    refused(table, table.post("undo/"), 422, "does not say which version")


def test_what_stands_there_otherwise_by_now_is_not_changed(table):
    known = table.known("Get paid on time", "No surprises")
    Item.objects.filter(title="No surprises").update(version=2)
    row = table.workshop.statements.get(label="No surprises")
    gone = [*table.known("Get paid on time"), "A" * 16 + ":1"]

    refused(table, table.post("merge/", item=known), 409, "Somebody has changed this meanwhile")
    refused(table, table.post("merge/", item=gone), 409, "This item is not there any more")
    refused(
        table, table.change("No surprises", "words", version=1, title="x"), 409, "Somebody has changed this meanwhile"
    )
    refused(table, table.post(f"statements/{row.public_id}/place/", from_version=1, to=""), 409, "Somebody has changed")
    refused(table, table.post("undo/", seen=7), 409, "Somebody has changed something meanwhile")


@pytest.mark.parametrize(
    "fields", [{"stage": stage} for stage in ("write", "rate", "live", "closed")] + [{"archived_at": 1}]
)
def test_at_other_stages_and_in_the_archive_nothing_is_changed(table, fields):
    change(table.workshop, **(fields if "stage" in fields else {"archived_at": timezone.now()}))

    refused(table, table.merge("Get paid on time", "Money by Friday"), 409, "Items are not put together now.")


def test_what_people_said_something_about_does_not_vanish(table):
    round_ = Round.objects.create(workshop=table.workshop, kind="rate", key="r1", position=1)
    person = table.workshop.participants.first()
    Rating.objects.create(round=round_, participant=person, item=table.item("Money by Friday"), answer="asked")

    refused(
        table, table.merge("Get paid on time", "Money by Friday"), 422, "People have said something about this item"
    )


def test_a_statement_of_another_workshop_is_not_found(table, team):
    other = gathered(team, ida=[("Elsewhere", "")])
    row = other.statements.get()

    response = table.post(f"statements/{row.public_id}/place/", from_version=1, to="")

    assert response.status_code == 404


# -- undo and redo -----------------------------------------------------------------------------------------------------
def a_long_day(table):
    """One change of each kind; gives how everything stood before and after each."""
    stood = [table.everything]
    for step in (
        lambda: table.change("No surprises", "place", parent=table.item("Money by Friday").public_id),
        lambda: table.merge("Get paid on time", "Money by Friday"),
        lambda: table.change("Get paid on time", "words", title="Paid", definition="Money in the bank"),
        lambda: table.move("No surprises", to="Paid"),
        lambda: table.move("Get paid on time"),
        lambda: table.change("Paid", "aside", set_aside="1"),
        lambda: table.post("items/", kind="goal", title="Paid", definition="Added"),
        lambda: table.change(LATE[0], "words", title="Late", definition=LATE[1]),
        lambda: answer(table, "Money by Friday", "Get paid on time", "rejected"),
        lambda: answer(table, "No surprises", "Get paid on time", "accepted"),
    ):
        assert step().status_code == 302
        assert stood[-1] != table.everything
        stood.append(table.everything)
    return stood


def answer(table, one, other, said):
    """Answer whether two statements mean the same."""
    pair = [table.workshop.statements.get(label=label) for label in (one, other)]
    known = [f"{row.item.public_id}:{row.item.version}" for row in pair]
    return table.post("suggestions/", one=pair[0].public_id, other=pair[1].public_id, answer=said, item=known)


def test_every_change_is_undone_and_done_again_to_the_letter(table):
    stood = a_long_day(table)

    for before in reversed(stood[:-1]):
        assert table.undo().status_code == 302
        assert table.everything == before
    for after in stood[1:]:
        assert table.redo().status_code == 302
        assert table.everything == after
    assert table.redo().status_code == 422


def test_a_version_never_comes_back(table):
    seen = set()
    title = "Money by Friday"
    for _n in range(2):
        table.change(title, "aside", set_aside="1")
        seen.add(table.item(title).version)
        table.merge("Get paid on time", title)
        table.undo()
        table.undo()
        assert table.item(title).version not in seen
        table.redo()
        table.redo()
        table.undo()
        table.undo()
        assert table.item(title).version not in seen
        seen.add(table.item(title).version)


def test_after_an_undo_a_new_change_leaves_what_was_undone_behind(table):
    table.change("No surprises", "aside", set_aside="1")
    table.undo()
    table.merge("Get paid on time", "Money by Friday")
    merged = table.everything
    table.undo()

    table.redo()

    assert table.everything == merged
    assert table.redo().status_code == 422


def test_a_second_press_of_undo_changes_nothing(table):
    table.change("No surprises", "aside", set_aside="1")
    table.merge("Get paid on time", "Money by Friday")
    seen = table.seen
    table.undo()

    again = table.post("undo/", seen=seen)

    assert again.status_code == 409
    assert table.item("No surprises").set_aside


def test_the_history_says_who_did_what_and_no_author(table):
    table.merge("Get paid on time", "Money by Friday")
    table.undo()

    page = words(table.client.get(table.address + "history/"))

    assert "Put together: “Get paid on time” undone Ana ·" in page
    assert "Mia" not in page
    assert "Tom" not in page


# -- suggestions -------------------------------------------------------------------------------------------------------
def test_an_accepted_suggestion_merges_and_a_rejected_one_is_kept_apart_for_good(table):
    answer(table, "Get paid on time", "Money by Friday", "accepted")
    again = answer(table, "Get paid on time", "No surprises", "rejected")
    twice = answer(table, "Get paid on time", "No surprises", "rejected")

    assert (again.status_code, twice.status_code) == (302, 302)
    assert table.stands["Get paid on time"] == [PAID[0], MONEY[0]]
    assert sorted(Merge.objects.values_list("answer", flat=True)) == ["accepted", "rejected"]


def test_a_suggestion_whose_statements_were_moved_meanwhile_is_not_carried_out(table):
    pair = [table.workshop.statements.get(label=label) for label in ("Get paid on time", "No surprises")]
    known = table.known("Get paid on time", "Money by Friday")

    response = table.post("suggestions/", one=pair[0].public_id, other=pair[1].public_id, answer="accepted", item=known)

    refused(table, response, 409, "The two do not stand in these items any more.")


# -- gathering ---------------------------------------------------------------------------------------------------------
def test_who_writes_late_comes_in_when_that_ends_and_between_the_others(client, team, ana):
    workshop = gathered(team, mia=[(f"Goal {n}", "") for n in range(30)])
    ida = join(workshop, "Ida")
    stages.reopen_for(ida, Viewer(user=ana))
    for n in range(3):
        write(ida, f"Late {n}", draft=False)
    before = workshop.items.count()

    stages.end_late_writing(workshop, ida)

    titles = list(workshop.items.values_list("title", flat=True))
    assert (before, len(titles)) == (30, 33)
    assert not all(title.startswith("Late") for title in titles[-3:])  # by chance in one of 5,456
    assert len(set(workshop.items.values_list("position", flat=True))) == 33


def test_who_facilitates_is_not_let_in_late(team, ana):
    workshop = gathered(team, mia=[PAID])
    same_account, same_address = join(workshop, "Ana"), join(workshop, "Anna")
    type(same_account).objects.filter(pk=same_account.pk).update(user=ana)
    type(same_account).objects.filter(pk=same_address.pk).update(email="Ana@Example.com")

    for person in workshop.participants.exclude(name="Mia"):
        with pytest.raises(stages.CannotMove, match="facilitates and may have seen"):
            stages.reopen_for(person, Viewer(user=ana))


def test_what_somebody_deletes_after_writing_opened_again_stays_on_in_no_item(table):
    table.merge("Get paid on time", "Money by Friday")
    table.workshop.refresh_from_db()
    stages.move(table.workshop, "write", seen=1, viewer=Viewer())
    Statement.objects.filter(label__in=["No surprises", "Clients pay late"]).update(deleted_at=timezone.now())

    close_writing(table.workshop)

    assert table.stands == {PAID[0]: [PAID[0], MONEY[0]]}
    assert not Edit.objects.exists()


def test_what_is_taken_back_leaves_its_item(table):
    table.merge("Get paid on time", "Money by Friday")
    Statement.objects.filter(label="Money by Friday").update(draft=True)

    gathering.gather(table.workshop)

    assert table.stands["Get paid on time"] == ["Get paid on time"]
    assert "Money by Friday" not in table.stands


def test_who_withdraws_takes_the_history_along_and_no_item(table):
    table.merge("Get paid on time", "Money by Friday")

    withdrawing.withdraw(table.workshop.participants.get(name="Tom"), Viewer(), leave=False)

    assert table.stands == {PAID[0]: [PAID[0]], CALM[0]: [CALM[0]], LATE[0]: []}
    assert not Edit.objects.exists()
