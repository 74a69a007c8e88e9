"""What the rating pages show, and to whom."""

import re

import pytest
from django.test import Client

from tests.queries import assert_same_queries
from tests.workshops.raters import rating_workshop, say, sit_down
from tests.workshops.writers import write
from workshops.models import Item, Link, Pace, Participant, Rating, Round, Sitting, Workshop

PAGES = ("", "more/", "blocks/", "expected/", "done/")
pytestmark = pytest.mark.usefixtures("at_leisure")


@pytest.fixture
def workshop(team):
    return rating_workshop(team)


@pytest.fixture
def mia(workshop):
    return workshop.participants.get(name="Mia")


@pytest.fixture
def tom(workshop):
    return workshop.participants.get(name="Tom")


@pytest.fixture
def client(client, mia):
    return sit_down(client, mia)


def read(client, workshop, page=""):
    """The page's text."""
    return client.get(f"/workshops/{workshop.public_id}/rate/{page}", follow=True).content.decode()


def deck(html):
    """The cards of a page, without what differs from one reading to the next."""
    cards = html[html.index('id="deck"') : html.index('id="card-end"')]
    return re.sub(r'name="(csrfmiddlewaretoken|version)" value="\w*"| is-current', "", cards)


def rate_everything(person, **fields):
    """This person's answer about every item."""
    round_ = person.workshop.rounds.get(kind="rate")
    given = {"answer": "rated", "importance": 5} | fields
    Rating.objects.bulk_create(
        Rating(round=round_, participant=person, item=item, **given) for item in person.workshop.items.all()
    )


# -- blind -------------------------------------------------------------------------------------------------------------
def test_what_somebody_meets_does_not_depend_on_what_the_others_answered(client, workshop, mia, tom):
    rate_everything(mia, importance=3)
    before = [deck(read(client, workshop, page)) for page in PAGES[:4]]

    rate_everything(tom, importance=1, satisfaction=4, evidence=3, same_meaning=0, expected=2, star=True)
    pain, goal = workshop.items.get(title="Chasing invoices"), workshop.items.get(title="Sleep at night")
    Link.objects.create(workshop=workshop, participant=tom, kind="blocks", from_item=pain, to_item=goal)
    write(tom, "canary-label", example="canary-example", meaning="canary-meaning", draft=False, item=goal)
    Sitting.objects.create(round=workshop.rounds.get(kind="rate"), participant=tom, finished_at=workshop.created_at)
    pages = [read(client, workshop, page) for page in PAGES]

    assert [deck(page) for page in pages[:4]] == before
    assert not any("canary" in page or "Tom" in page for page in pages)


def test_what_the_others_say_is_never_asked_beside_ones_own_answer(client, workshop, mia):
    for row in Item.objects.all():
        say(client, workshop, row.title, "expected/", expected=2)
    blank = deck(read(client, workshop, "expected/"))
    own = [deck(read(client, workshop, page)) for page in ("", "more/")]
    Rating.objects.update(answer="rated", importance=5, satisfaction=4, evidence=3, same_meaning=0, star=True)

    answered = deck(read(client, workshop, "expected/"))

    assert answered == blank
    assert answered.count("checked") == len(re.findall(r'name="expected" value="2" checked', answered)) == 4
    assert not any('name="expected"' in page for page in own)
    assert not any(name in answered for name in ("says", "star", "satisfaction", "same_meaning"))


def test_an_observer_and_a_guest_who_waits_find_no_rating(client, workshop, tom):
    for standing in ("observer", "waiting"):
        Participant.everybody.filter(pk=tom.pk).update(standing=standing)
        browser = sit_down(Client(), tom)
        item = workshop.items.first()

        pages = [browser.get(f"/workshops/{workshop.public_id}/rate/{page}").status_code for page in PAGES]

        assert pages == [404] * 5
        assert say(browser, workshop, item.title, says=3).status_code == 404
    assert not Rating.objects.exists()


# -- what stands on it -------------------------------------------------------------------------------------------------
def test_each_kind_is_asked_in_its_own_words_about_the_customers(client, workshop):
    Item.objects.create(workshop=workshop, key="x", kind="alternative", title="Excel", position=9)

    page = read(client, workshop)

    assert "How much does it matter to these customers?" in page
    assert "How much does it hurt these customers?" in page
    assert "How many of them do this today?" in page
    assert page.count('name="star"') == 4  # no star for what they do today
    assert "counts, also if you do not come to the end" in page
    assert "Until this stage closes, nobody can see what you write, not even the facilitator." in page


def test_only_what_was_rated_is_asked_how_well_it_is_served(client, workshop, mia):
    mine = [item.title for item in workshop.items.filter(statements__participant=mia)]
    others = [item.title for item in workshop.items.exclude(statements__participant=mia)]
    say(client, workshop, mine[0], says="unknown")
    say(client, workshop, others[0], says="not_real")
    say(client, workshop, others[1], says="4")

    page = deck(read(client, workshop, "more/"))

    assert all(title in page for title in (*mine, others[1]))
    assert others[0] not in page
    assert (page.count('name="same_meaning" value="2"'), page.count('name="satisfaction" value="1"')) == (3, 1)


def test_the_three_worst_pains_are_asked_about_those_with_a_star_first(client, team):
    pains = [f"Pain {n}" for n in range(6)]
    workshop = rating_workshop(team, {"goal": ["Get paid"], "pain": pains})
    browser = sit_down(Client(), workshop.participants.get(name="Mia"))
    for title, points in zip(pains, (4, 5, 3, 4, 1, 4), strict=True):
        say(browser, workshop, title, says=points, **({"star": "on"} if title == "Pain 5" else {}))

    page = deck(read(browser, workshop, "blocks/"))

    asked = re.findall(r'<h2 id="title-[\w-]+" dir="auto">(Pain \d)</h2>', page)
    assert asked[:2] == ["Pain 1", "Pain 5"]
    assert asked[2] in ("Pain 0", "Pain 3")


def test_eight_are_asked_what_the_others_say_the_same_at_every_reading(client, team):
    workshop = rating_workshop(team, {"goal": [f"Goal {n:02}" for n in range(20)]})
    browser = sit_down(Client(), workshop.participants.get(name="Mia"))
    common = set(workshop.rounds.get(kind="rate").common)
    keys = {item.title: item.key for item in workshop.items.all()}

    asked = [re.findall(r">(Goal \d\d)</h2>", deck(read(browser, workshop, "expected/"))) for _n in range(2)]

    assert asked[0] == asked[1]
    assert len(set(asked[0])) == 8
    assert sum(keys[title] in common for title in asked[0]) == 5


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("setup", "Rating has not begun yet"),
        ("consolidate", "Rating has not begun yet"),
        ("live", "The rating has closed"),
        ("closed", "The rating has closed"),
    ],
)
def test_before_and_after_the_rating_the_pages_say_so(client, workshop, stage, words):
    Workshop.objects.filter(pk=workshop.pk).update(stage=stage)

    pages = [read(client, workshop, page) for page in PAGES]

    assert all(words in page for page in pages)
    assert not any("data-write" in page for page in pages)


def test_the_minutes_left_are_measured_once_five_people_were(client, workshop, mia):
    planned = read(client, workshop)  # 4 x 10 s, and 4 guesses and 2 closer looks of 14 s
    Pace.objects.bulk_create([Pace(part="rate", seconds=60)] * 5 + [Pace(part="follow-up", seconds=120)] * 5)

    measured = read(client, workshop)

    assert "about 3 minutes left" in planned
    assert ">16 minutes left<" in measured


# -- as many queries for many ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_as_many_queries_for_sixty_items_as_for_four(client, workshop, mia, page):
    rate_everything(mia)

    def grow():
        kinds = ("goal", "pain", "alternative")
        made = Item.objects.bulk_create(
            Item(workshop=workshop, key=f"more-{n}", kind=kinds[n % 3], title=f"More {n}", position=10 + n)
            for n in range(56)
        )
        round_ = Round.objects.get(workshop=workshop)
        Rating.objects.bulk_create(
            Rating(round=round_, participant=mia, item=item, answer="rated", importance=4) for item in made
        )

    assert_same_queries(lambda: read(client, workshop, page), grow)


def test_an_answer_costs_as_many_queries_among_sixty_items_as_among_four(client, workshop):
    version = iter(range(100))

    def answer():
        n = next(version)
        assert say(client, workshop, "Get paid on time", version=n, says=1 + n % 5).status_code == 200

    answer()
    assert_same_queries(
        answer,
        lambda: Item.objects.bulk_create(
            Item(workshop=workshop, key=f"more-{n}", kind="goal", title=f"More {n}", position=10 + n) for n in range(56)
        ),
    )
