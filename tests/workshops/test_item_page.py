import re

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from tests.people import compute, make_workshop, rate
from tests.queries import queries_of
from tests.workshops.talkative import make_talkative, vote_again_without
from workshops.models import Item, Link, Participant, Round, Statement, Workshop

PERSON = re.compile(r"Person \d+")


def shown(response):
    """The text of a page, without tags and folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def address(workshop, key="i000"):
    return f"/workshops/{workshop.public_id}/items/{workshop.items.get(key=key).public_id}/"


def become(client, user, workshop, key=None):
    """Sign `user` in, as the participant of that key if one is named."""
    if key:
        Participant.objects.filter(workshop=workshop, key=key).update(user=user)
    client.force_login(user)


@pytest.fixture
def told(client, team, ana, ben):
    """The text of the item's page, for a candour mode and one of: participant, member, facilitator."""

    def read(candour, who, **fields):
        workshop = make_talkative(team, candour=candour, k=5 if candour == "team" else 3, **fields)
        compute(workshop)
        become(
            client,
            *{"participant": (ben, workshop, "p003"), "member": (ben, workshop), "facilitator": (ana, workshop)}[who],
        )
        return shown(client.get(address(workshop)))

    return read


@pytest.mark.parametrize("who", ["participant", "facilitator"])
def test_in_open_the_page_names_who_said_what(told, who):
    page = told("open", who)

    assert "Person 0, Executive" in page
    assert re.search(r"‘?Label 0.{0,120}Person 0", page)
    assert (
        "6 people say so: Person 0, Person 10, Person 2, Person 4, Person 6, Person 8; 5 were asked and said no" in page
    )
    assert re.search(r"Person 1 .{0,10}Outcome 1", page)
    assert "We mean cash." in page
    assert "Not all." in page


@pytest.mark.parametrize(
    "candour, who",
    [("open", "member")]
    + [(mode, who) for mode in ("roles", "team") for who in ("participant", "member", "facilitator")],
)
def test_where_names_are_hidden_the_page_has_the_words_and_no_name(told, candour, who):
    page = told(candour, who)

    assert PERSON.findall(page) == []
    assert {f"Label {n}" for n in (0, 3, 6, 9)} <= set(re.findall(r"Label \d+", page))
    assert "Outcome 0" in page
    assert "6 people say so" in page
    assert "Too few people were asked to count them" in page


def test_in_team_no_role_is_told_apart(told):
    page = told("team", "participant")

    assert "Mean importance by role" not in page
    assert "Executive" not in page
    assert "Everyone 11" in page


def test_in_roles_only_large_lenses_are_told_apart(told):
    page = told("roles", "member")

    assert re.findall(r"(Decide|Build|Sell) \d of \d in", page) == ["Decide", "Sell"]


def test_a_draft_is_nobodys_statement(told):
    page = told("open", "facilitator")

    assert "Draft label" not in page
    assert "4 statements" in page


def test_the_order_of_texts_does_not_depend_on_who_wrote_first(client, team, ben):
    orders = []
    client.force_login(ben)
    for labels in ("0369", "9630"):
        workshop = make_talkative(team, candour="roles")
        Item.objects.filter(public_id="AAAAAAAAAAAAAAAA").update(public_id="BBBBBBBBBBBBBBBB")
        workshop.items.filter(key="i000").update(public_id="AAAAAAAAAAAAAAAA")
        for label, statement in zip(labels, workshop.statements.filter(draft=False).order_by("pk"), strict=True):
            Statement.objects.filter(pk=statement.pk).update(label=f"Label {label}", meaning="", example="")

        orders.append(re.findall(r"Label \d", shown(client.get(address(workshop)))))

    assert orders[0] == orders[1]
    assert sorted(orders[0]) == ["Label 0", "Label 3", "Label 6", "Label 9"]


def test_mine_are_marked_and_nobody_elses(client, team, ben):
    workshop = make_talkative(team, candour="roles")
    become(client, ben, workshop, "p003")

    page = shown(client.get(address(workshop)))

    assert page.count("yours") == 1
    assert re.search(r"Label 3.{0,60}Example 3 yours", page)


def test_before_the_reveal_nobody_but_the_facilitator_sees_anything(client, team, ana, ben):
    workshop = unrevealed(team)
    become(client, ben, workshop, "p003")

    page = shown(client.get(address(workshop)))

    assert "The differences are not revealed yet" in page
    assert "Secret" not in page


def test_before_the_reveal_the_facilitator_prepares_without_names_examples_or_links(client, team, ana):
    workshop = unrevealed(team)
    client.force_login(ana)

    page = shown(client.get(address(workshop)))

    assert "Secret label" in page
    assert "Secret example" not in page
    assert "people say so" not in page
    assert PERSON.findall(page) == []
    assert "Not revealed yet: only you see this" in page


def unrevealed(team, **fields):
    """A workshop whose round is closed, with a statement and a link, and nothing revealed."""
    workshop = make_workshop(team)
    Workshop.objects.filter(pk=workshop.pk).update(**fields)
    item, other = workshop.items.all()[:2]
    person = workshop.participants.get(key="p000")
    Statement.objects.create(
        workshop=workshop,
        participant=person,
        item=item,
        key="s",
        kind="goal",
        label="Secret label",
        example="Secret example",
    )
    for each in workshop.participants.all():
        Link.objects.create(workshop=workshop, participant=each, kind="blocks", from_item=other, to_item=item)
    rate(workshop, {"i000": [5, 5, 5, 4, 1, 1, 2, 1, 5, 5, 1]}, reveal=False)
    compute(workshop)
    workshop.refresh_from_db()
    return workshop


def test_an_item_revealed_on_its_own_is_seen_by_those_in_the_session_and_no_other_is(client, team, ben):
    workshop = unrevealed(team)
    workshop.items.filter(key="i000").update(revealed_at=timezone.now())
    become(client, ben, workshop, "p003")

    alone, other = (shown(client.get(address(workshop, key))) for key in ("i000", "i001"))

    assert "Person 4, Engineering" in alone
    assert "Secret example" in alone
    assert "people say so" not in alone  # the item at the other end is not revealed
    assert "This item is revealed on its own; the others follow." in alone
    assert "Not everything is revealed yet" in other


def test_an_item_revealed_on_its_own_is_not_seen_by_a_member_who_takes_no_part(client, team, ben):
    workshop = unrevealed(team)
    workshop.items.filter(key="i000").update(revealed_at=timezone.now())
    client.force_login(ben)

    assert "The differences are not revealed yet" in shown(client.get(address(workshop)))


def test_rounds_stand_side_by_side_with_mean_and_distance(told):
    page = told("open", "facilitator")

    assert "Rating r1 11 2.8 2.0 Re-vote r2 11 4 0.0" in page


def test_a_round_of_nearly_the_same_people_shows_no_figures_where_names_are_hidden(client, team, ben):
    workshop = make_talkative(team, candour="roles")
    vote_again_without(workshop, "r4", ["p000", "p001"], 4)
    vote_again_without(workshop, "r5", ["p000", "p001", "p002"], 5)
    client.force_login(ben)

    page = shown(client.get(address(workshop)))

    assert "Re-vote r4 nearly the same people as before" in page
    assert "Re-vote r5 8 2 0.0" in page


def test_an_open_round_shows_nothing_of_its_answers(client, team, ana):
    workshop = make_talkative(team)
    Round.objects.create(workshop=workshop, key="r9", kind="revote", position=9)
    client.force_login(ana)

    assert "r9" not in shown(client.get(address(workshop)))


def test_an_item_of_another_workshop_is_not_found_here(client, team, ben):
    here, there = make_talkative(team), make_talkative(team)
    client.force_login(ben)
    item = there.items.first()

    assert client.get(f"/workshops/{here.public_id}/items/{item.public_id}/").status_code == 404


def test_parent_and_parts_are_linked(client, team, ben):
    workshop = make_talkative(team)
    parent, child = workshop.items.all()[:2]
    Item.objects.filter(pk=child.pk).update(parent=parent)
    client.force_login(ben)

    pages = [client.get(address(workshop, key)).content.decode() for key in ("i000", "i001")]

    assert f'<a href="{address(workshop, "i001")}">Item 1</a>' in pages[0]
    assert f'part of <a href="{address(workshop, "i000")}">Item 0</a>' in pages[1]


def test_what_people_wrote_is_text_and_never_markup(client, team, ana):
    workshop = make_talkative(team)
    hostile = "<script>alert(1)</script>"
    Statement.objects.update(label=hostile, meaning=hostile, example=hostile)
    Item.objects.update(title=hostile, definition=hostile)
    workshop.outcomes.update(wording=hostile, dissent=hostile)
    Participant.objects.update(name=hostile)
    compute(workshop)
    client.force_login(ana)

    page = client.get(address(workshop)).content.decode()

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 20


@pytest.mark.parametrize("small, large", [(11, 30), (70, 140)])
def test_the_number_of_queries_depends_on_neither_people_nor_items(client, ana, team, small, large):
    client.force_login(ana)
    counts = []
    for people, items in ((small, 3), (large, 9)):
        workshop = make_talkative(team, people=people, items=items)
        compute(workshop)
        client.get(address(workshop))
        counts.append(len(queries_of(lambda workshop=workshop: client.get(address(workshop)))))

    assert counts[0] == counts[1]
    assert counts[0] <= 24


def test_items_that_were_there_before_they_had_ids_get_one_each(team):
    workshop = make_workshop(team)
    migrate = MigrationExecutor(connection).migrate
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    migrate([("workshops", "0004_erasure")])

    MigrationExecutor(connection).migrate([("workshops", "0005_item_public_id")])

    ids = set(workshop.items.values_list("public_id", flat=True))
    assert len(ids) == 3
    assert {len(each) for each in ids} == {16}
