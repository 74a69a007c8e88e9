"""The page on which facilitators put statements together: who sees it, what is on it, and what never is."""

import re
import time

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import make_workshop, take_seat
from tests.queries import assert_same_queries
from tests.workshops.consolidated import Table, gathered
from tests.workshops.facilitating import change, words
from tests.workshops.writers import join, write
from workshops import gathering, resemblance
from workshops.models import Link, Participant, Statement, Workshop
from workshops.models.public_id import new_public_id

HTMX = {"HX-Request": "true"}


@pytest.fixture
def table(client, team, ana):
    client.force_login(ana)
    return Table(
        client, gathered(team, mia=[("Get paid on time", "Cash"), ("Calm", "")], tom=[("get paid, on time!", "")])
    )


def read(table, where="", **headers):
    response = table.client.get(table.address + where, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


# -- what is on it -----------------------------------------------------------------------------------------------------
def test_each_item_is_a_row_that_names_itself_its_version_and_what_people_wrote(table):
    table.merge("Get paid on time", "Calm")
    item = table.item("Get paid on time")

    page = read(table)

    row = re.search(rf'<li class="board-item" id="item-{item.public_id}".*', page)[0]
    assert f'data-item="{item.public_id}" data-version="2" data-kind="goal" data-depth="0"' in row
    assert f'name="item" value="{item.public_id}:2"' in row
    said = re.findall(r'data-statement="([\w-]{16})" tabindex="-1"><span data-words dir="auto">(.*?)</span>', row)
    assert sorted(said) == sorted(item.statements.values_list("public_id", "label"))
    assert 'id="board" class="board" data-version="1"' in page


def test_equal_words_are_suggested_with_both_texts_and_marked(table):
    page = words(table.client.get(table.address))

    assert "1 pair in nearly the same words" in page
    assert "The same words" in page
    assert "Cash" in page
    assert page.count("same words as another") == 2


def test_a_suggestion_that_was_answered_is_not_made_again(table):
    one, other = table.workshop.statements.filter(label__icontains="paid")
    known = [f"{row.item.public_id}:1" for row in (one, other)]

    table.post("suggestions/", one=one.public_id, other=other.public_id, answer="rejected", item=known)

    assert 'id="suggestions"' not in read(table)
    table.undo()
    assert 'id="suggestions"' in read(table)


def test_the_panel_has_the_meanings_and_the_tools(table):
    item = table.item("Get paid on time")

    whole, part = read(table, f"items/{item.public_id}/"), read(table, f"items/{item.public_id}/", **HTMX)

    assert "<html" in whole
    assert "<html" not in part
    for page in (whole, part):
        assert "Cash" in page
        for action in ("words", "place", "aside"):
            assert f"items/{item.public_id}/{action}/" in page
        assert "/removal/" not in page


def test_a_child_stands_below_its_parent(table):
    table.change("Get paid on time", "place", parent=table.item("Calm").public_id)

    page = read(table)

    depths = dict(re.findall(r'id="item-([\w-]{16})".*?data-depth="(\d)"', page))
    assert depths[table.item("Get paid on time").public_id] == "1"
    above, below = (page.index(f'id="item-{table.item(title).public_id}"') for title in ("Calm", "Get paid on time"))
    assert above < below


def test_words_and_kind_narrow_the_list(table):
    found = read(table, "?q=CALM&kind=goal")

    assert re.findall(r'data-title dir="auto">(.*?)<', found) == ["Calm"]
    assert "Nothing here has these words." in read(table, "?q=nowhere")


def test_without_a_script_every_change_leads_back_to_the_row(table):
    response = table.change("Calm", "words", title="Quiet", definition="")

    assert response["Location"] == f"{table.address}#item-{table.item('Quiet').public_id}"
    assert "Changed the words of “Calm”" in words(table.client.get(table.address))


def test_with_a_script_a_change_answers_with_the_board(table):
    headers, known = HTMX, table.known("Get paid on time", "Calm")
    done = table.client.post(table.address + "merge/", {"item": known}, headers=headers)
    stale = table.client.post(table.address + "merge/", {"item": known}, headers=headers)
    bad = table.client.post(table.address + "merge/", {"item": table.known("Get paid on time")}, headers=headers)

    assert [answer.status_code for answer in (done, stale, bad)] == [200, 409, 422]
    for answer in (done, stale, bad):
        page = answer.content.decode()
        assert page.lstrip().startswith('<div id="board"')
        assert "<html" not in page
        assert page.count('class="board-item') == 2
    assert 'role="alert"' in stale.content.decode()


def test_words_that_were_refused_come_back_as_typed_beside_what_stands_there_now(table):
    item = table.item("Calm")
    table.change("Calm", "words", title="Quiet", definition="")

    stale = table.post(f"items/{item.public_id}/words/", version=1, title="Silent", definition="Mine")

    page = stale.content.decode()
    assert stale.status_code == 409
    assert 'value="Silent"' in page
    assert "Mine" in page
    assert "<b>Quiet</b>" in page
    assert 'name="version" value="2"' in page


# -- what is never on it -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("candour", ["open", "roles", "team"])
def test_nothing_on_it_tells_an_author_or_what_is_not_shared_yet(client, team, ana, candour):
    workshop = gathered(team)
    change(workshop, candour=candour, k=5)
    mia = join(workshop, "Zq-mia-name")
    private = {"example": "zq-example", "evidence": 3, "draft": False}
    mine = [write(mia, f"Goal {n}", meaning=f"Meaning {n}", **private) for n in range(3)]
    write(mia, "zq-draft")
    write(mia, "zq-deleted", draft=False, deleted_at=timezone.now())
    Link.objects.create(workshop=workshop, participant=mia, kind="causes", from_statement=mine[0], to_statement=mine[1])
    gathering.gather(workshop)
    client.force_login(ana)
    table = Table(client, workshop)
    table.merge("Goal 0", "Goal 1")

    pages = [read(table), read(table, "?part=board"), read(table, "history/")]
    pages += [read(table, f"items/{item.public_id}/") for item in workshop.items.all()]

    told = "".join(pages)
    for secret in ("zq-", "Zq-", mia.public_id, "causes"):
        assert secret not in told
    assert "Meaning 2" in told


def test_neither_items_nor_statements_stand_in_the_order_in_which_they_were_written(team):
    workshop = gathered(
        team, mia=[(f"Mia {n:02}", "") for n in range(20)], tom=[(f"Tom {n:02}", "") for n in range(20)]
    )

    titles = list(workshop.items.values_list("title", flat=True))

    assert titles not in (sorted(titles), sorted(titles, reverse=True))
    assert len({title[:3] for title in titles[:20]}) == 2
    by_key = sorted(workshop.items.all(), key=lambda item: int(item.key[1:]))
    assert len({item.title[:3] for item in by_key[:20]}) == 2


# -- who sees it -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["account", "address", "seat"])
def test_who_takes_part_and_is_not_in_does_not_see_it_and_is_told_what_to_do(table, ana, way):
    person = join(table.workshop, "Ana")
    by = {"account": {"user": ana}, "address": {"email": "ANA@example.com"}, "seat": {}}[way]
    Participant.objects.filter(pk=person.pk).update(**by)
    if way == "seat":
        take_seat(table.client, person)
    item = table.item("Calm")

    answers = [
        table.client.get(table.address),
        table.client.get(table.address + "?part=board"),
        table.client.get(f"{table.address}items/{item.public_id}/"),
        table.client.get(table.address + "history/"),
        table.merge("Get paid on time", "Calm"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert not any("Calm" in answer.content.decode() for answer in answers)
    assert "Whoever takes part says their own view first" in words(answers[0])
    assert not table.workshop.edits.exists()
    Participant.objects.filter(pk=person.pk).update(submitted_at=timezone.now())
    assert table.client.get(table.address).status_code == 200


def test_participants_members_and_strangers_do_not_see_it(table, ben):
    guest, member = Client(), Client()
    take_seat(guest, table.workshop.participants.first())
    member.force_login(ben)

    assert [each.get(table.address).status_code for each in (Client(), guest, member)] == [404, 403, 403]


# -- other stages ------------------------------------------------------------------------------------------------------
def test_at_setup_items_are_made_ready_and_what_people_wrote_is_not_there(table):
    change(table.workshop, stage="setup")

    table.post("items/", kind="pain", title="Late again", definition="")
    page = words(table.client.get(table.address))

    assert "Items that are there before anybody writes" in page
    assert "Late again" in page
    assert "Calm" not in page
    assert table.change("Calm", "words", title="x", definition="").status_code == 409
    assert table.client.get(f"{table.address}items/{table.item('Calm').public_id}/").status_code == 404


@pytest.mark.parametrize(
    ("stage", "reason", "shown"),
    [
        ("write", "Everybody writes alone now.", False),
        ("rate", "items are not merged or split any more", True),
        ("closed", "The items were rated as they stand here", True),
    ],
)
def test_at_other_stages_it_only_reads_and_says_why(table, stage, reason, shown):
    change(table.workshop, stage=stage)

    page = table.client.get(table.address)

    assert reason in words(page)
    assert ("Calm" in words(page)) == shown
    assert 'type="checkbox"' not in page.content.decode()


# -- size --------------------------------------------------------------------------------------------------------------
def fill(workshop, count):
    """So many more statements of one person, each in an item of its own; labels as long as people write them."""
    person = workshop.participants.first()
    begin = Statement.objects.count()
    Statement.objects.bulk_create(
        Statement(
            workshop=workshop,
            participant=person,
            kind=["goal", "pain", "alternative"][n % 3],
            label=f"Builders know on which day their money arrives, number {n}",
            meaning="Nobody has to ask.",
            key=key,
            public_id=key,
            draft=False,
        )
        for n, key in enumerate((new_public_id() for _n in range(count)), begin)
    )
    gathering.gather(workshop)


@pytest.mark.parametrize("where", ["", "?part=board", "items/{}/", "history/"])
def test_a_page_asks_the_database_as_often_for_many_as_for_few(table, where):
    table.merge("Get paid on time", "Calm")
    where = where.format(table.item("Get paid on time").public_id)

    def grow():
        fill(table.workshop, 9)
        titles = list(table.workshop.items.filter(kind="goal").values_list("title", flat=True))
        table.merge("Get paid on time", *[title for title in titles if title.startswith("Builders")][:2])

    assert_same_queries(lambda: read(table, where), grow)


def test_a_thousand_items_are_a_page_of_600_kb_at_most(table):
    fill(table.workshop, 1000)

    assert len(read(table).encode()) <= 600_000


def test_labels_of_a_thousand_statements_are_compared_in_a_blink():
    labels = [f"{'Builders know when money arrives ' * 2}{n % 50}" for n in range(1000)]  # 2 in 100 pairs are equal

    began = time.process_time()
    resemblance.pairs(labels)

    assert time.process_time() - began < 1  # a fifth of it on an idle core


def test_labels_that_letters_alone_would_join_are_not_suggested():
    apart = [("Can pay", "Can't pay"), ("Paid in 30 days", "Paid in 60 days"), ("Visible costs", "Invisible costs")]
    alike = [("Get paid on time", "on time, get paid"), ("Work is organised", "Work is organized"), ("Café", "cafe")]

    assert [resemblance.pairs(pair) for pair in apart] == [[]] * 3
    assert [len(resemblance.pairs(pair)) for pair in alike] == [1] * 3


def test_an_empty_workshop_has_an_empty_board(client, team, ana):
    workshop = make_workshop(team, people=0, items=0)
    Workshop.objects.update(stage="consolidate")
    client.force_login(ana)

    assert words(client.get(f"/workshops/{workshop.public_id}/consolidate/")).count("Nothing here yet.") == 3
