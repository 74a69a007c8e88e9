"""A whole workshop, from setup to the reveal, once in each candour mode, beside another team.

Everything that the site sends to anybody is kept and searched: before the reveal nobody has anything of another's,
afterwards what the mode allows. Whatever the one team asked for, the other team asks for, and gets nothing.
"""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.journeys.cast import (
    ENGINEERING,
    PHONE,
    PRIVATE,
    ROLES,
    SALES,
    WRITTEN,
    Person,
    come_in,
    rate_alone,
    word,
    words,
    write_alone,
)
from tests.live.listening import session_of
from tests.recording import recording
from workshops.models import Item, Job, Letter, Workshop

FACILITATOR, MEMBER, OBSERVER, ELSEWHERE = "Ana", "Ben", "Oskar Blom", "Olga"
PLANTED = "Get paid on time"


@pytest.fixture
def tape(_server, site):
    """What the site was asked and sent."""
    with recording(_server) as recorder:
        yield recorder


@pytest.fixture
def meet(new_context, site):
    """Opens a browser for somebody; with an account, signed in."""

    def open_for(name, user=None, **options):
        person = Person(new_context, site, name, **options)
        if user is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": site}
            person.context.add_cookies([cookie])
        return person

    return open_for


@pytest.mark.parametrize("mode", ["open", "roles", "team"])
def test_a_team_finds_where_it_differs_and_nobody_else_learns_anything(
    mode, tape, meet, team, ana, ben, olga, worker, redis_client, caplog, tmp_path
):
    facilitator, member, elsewhere = meet(FACILITATOR, ana), meet(MEMBER, ben), meet(ELSEWHERE, olga)
    tape.phase = "setup"
    workshop, address = set_up(facilitator, mode)
    everybody = {name: meet(name, **(PHONE if name == SALES[0] else {})) for name in [*ROLES, OBSERVER]}
    tape.phase = "write"
    open_writing(facilitator, address)
    for person in everybody.values():
        come_in(person, workshop)
    for name in ROLES:
        write_alone(everybody[name], address)
    look_everywhere([facilitator, member, everybody[SALES[0]]], address)

    tape.phase = "consolidate"
    close_writing(facilitator, address)
    put_together(facilitator, workshop, address)
    look_everywhere([facilitator, member, everybody[SALES[0]]], address)

    tape.phase = "rate"
    open_rating(facilitator, address)
    rate_by_tapping(everybody[SALES[0]], address)
    for name in [*SALES[1:], *ENGINEERING]:
        rate_alone(everybody[name], workshop, 5 if name in SALES else 1, PLANTED)
    lookers = [facilitator, member, everybody[OBSERVER], everybody[SALES[0]], everybody[ENGINEERING[0]]]
    look_everywhere(lookers, address)

    tape.phase = "prepare"
    close_rating(facilitator, workshop, address)
    expect(facilitator.page.locator(".finding").first).to_contain_text(PLANTED)
    look_everywhere(lookers, address)

    waiting = everybody[SALES[0]].page
    waiting.goto(f"{address}diff/")
    expect(waiting.locator(".finding")).to_have_count(0)
    tape.phase = "revealed"
    reveal(facilitator, address)
    expect(waiting.locator(".finding").first).to_contain_text(PLANTED, timeout=20_000)
    look_everywhere(lookers, address)
    the_planted_difference_stands(mode, {person.name: person.read(f"{address}diff/") for person in lookers})

    before_the_reveal_nobody_has_anything_of_another_s(tape)
    after_it_they_have_what_the_mode_allows(tape, mode)
    nothing_is_told_beside_pages(tape, redis_client, [caplog.text, *outputs(tmp_path)])
    the_other_team_gets_nothing(tape, elsewhere, workshop)


# -- the path ----------------------------------------------------------------------------------------------------------
def set_up(ana, mode):
    """Make a workshop in its mode and list the people. Gives it, and its address."""
    page = ana.page
    page.goto("/")
    page.get_by_role("link", name="New workshop").first.click()
    page.get_by_label("Title").fill("Getting paid")
    page.get_by_label("Question").fill("What do builders want, when it comes to getting paid?")
    ana.press("Make the workshop")
    expect(page).to_have_url(re.compile("/setup/$"))
    address = page.url.removesuffix("setup/")
    page.locator(f"input[name=candour][value={mode}]").check(force=True)
    page.get_by_label("Strategy").fill("We win the smallest builders first.")
    ana.press("Save")
    page.goto(f"{address}people/")
    lines = [f"{name} <{address_of(name)}>, {role}" for name, role in {**ROLES, OBSERVER: "observer"}.items()]
    page.locator("#id_lines").fill("\n".join(lines))
    ana.press("Add these people")
    expect(page.locator("#who")).to_contain_text(SALES[0])
    return Workshop.objects.get(), address.removeprefix(ana.site)


def address_of(name):
    """Where mail reaches them; it does not hold their name."""
    return f"{word(name, 'mail')}@example.com"


def open_writing(ana, address):
    """Writing is open."""
    ana.page.goto(f"{address}overview/")
    ana.press(re.compile("^Open writing"))
    expect(ana.page.get_by_text("Remind those not in")).to_be_visible()


def move_on(ana, to):
    """Press the button that moves the workshop to this stage, after what it asks."""
    form = ana.page.locator(f"form:has(input[name=to][value={to}])")
    if form.locator("xpath=ancestor::details").count():
        form.locator("xpath=ancestor::details/summary").click()
    form.get_by_role("button").click()


def close_writing(ana, address):
    """Everybody is in; writing is closed."""
    ana.page.goto(f"{address}overview/")
    move_on(ana, "consolidate")
    expect(ana.page.get_by_role("main")).to_contain_text("Consolidate")


def open_rating(ana, address):
    """Everybody is asked to rate."""
    ana.page.goto(f"{address}overview/")
    move_on(ana, "rate")
    expect(ana.page.get_by_role("main")).to_contain_text("Everybody rates alone")


def close_rating(ana, workshop, address):
    """The rating is closed, and the worker has computed what came of it."""
    ana.page.goto(f"{address}overview/")
    move_on(ana, "live")
    looks = ana.page.get_by_text("Look at the findings to prepare")
    expect(looks).to_be_visible(timeout=30_000)
    looks.click()
    ana.press("Look at them now")
    assert Job.objects.get(workshop=workshop).state == Job.State.DONE


def reveal(ana, address):
    """Everything is revealed."""
    ana.page.goto(f"{address}overview/")
    ana.page.get_by_role("main").get_by_text("Reveal everything", exact=True).first.click()
    ana.press("Reveal everything now")


def look_everywhere(people, address):
    """Everybody opens whatever there may be: every address of a workshop that takes no further id, and every item's."""
    of_kind = [Item.objects.filter(kind=kind, set_aside=aside).first() for kind, aside in LOOKED_AT]
    items = [item.public_id for item in of_kind if item]
    places = [*PLACES, *(f"items/{item}/" for item in items)]
    for person in people:
        for place in places:
            person.read(address + place)


LOOKED_AT = [("goal", False), ("pain", False), ("pain", True)]
PLACES = [
    *("", "overview/", "audit/", "people/", "diff/", "compare/", "my-data/", "consolidate/", "consolidate/history/"),
    *("rate/", "rate/?as=list", "rate/more/", "rate/blocks/", "rate/expected/", "rate/done/", "files/", "stage/line/"),
    *("diff/?part=differences", "compare/?left=me&right=team", "write/", "write/view/", "job/", "promise/"),
]


# -- what was told -----------------------------------------------------------------------------------------------------
def before_the_reveal_nobody_has_anything_of_another_s(tape):
    """Words of others: none while they write; without their author and without what is private afterwards."""
    for exchange in tape.exchanges:
        if exchange.who == ELSEWHERE or exchange.phase == "revealed":
            continue
        others = [name for name in ROLES if name != exchange.who]
        forbidden = set().union(*(words(name, *PRIVATE) for name in others))
        if exchange.phase == "write" or (exchange.phase == "consolidate" and exchange.who != FACILITATOR):
            forbidden |= set().union(*(words(name, *WRITTEN) for name in others))
        where = f"{exchange.phase} {exchange.who} {exchange.method} {exchange.path}?{exchange.query}"
        assert not {each for each in forbidden if each in exchange.text}, where
        if exchange.phase == "consolidate" and "/consolidate/" in exchange.path:
            assert not {name for name in ROLES if name in exchange.text}, where
        if exchange.phase == "prepare" and is_about_results(exchange):
            assert not {name for name in others if name in exchange.text}, where


def after_it_they_have_what_the_mode_allows(tape, mode):
    """Names only in open, and only for those who take part or facilitate."""
    for exchange in tape.exchanges:
        if exchange.phase != "revealed" or not is_about_results(exchange):
            continue
        audience = mode == "open" and exchange.who in (*ROLES, FACILITATOR)
        named = {name for name in ROLES if name != exchange.who and name in exchange.text}
        assert audience or not named, (exchange.who, exchange.path, exchange.query)
        if mode == "team":
            assert "Engineering" not in exchange.text, (exchange.who, exchange.path, exchange.query)
    results = [exchange.text for exchange in tape.exchanges if is_about_results(exchange)]
    assert any(name in text for text in results for name in SALES[1:]) == (mode == "open")


def is_about_results(exchange):
    """Whether it is a page of results or a file of them."""
    return any(part in exchange.path for part in ("/diff/", "/items/", "/compare/", "/files/"))


def the_planted_difference_stands(mode, pages):
    """Sales find it matters, engineering does not: told by name, by role, or of the whole team."""
    for name, page in pages.items():
        assert PLANTED in page, name
        assert ("Engineering" in page) == (mode != "team"), name
    assert (ENGINEERING[1] in pages[SALES[0]]) == (mode == "open")
    assert ENGINEERING[1] not in pages[MEMBER]
    assert ENGINEERING[1] not in pages[OBSERVER]


def outputs(folder):
    """What the worker printed or left in its folder."""
    return [path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()]


def nothing_is_told_beside_pages(tape, redis_client, outputs):
    """Streams, mail, Redis and the worker's output carry names of things and numbers, never what somebody said."""
    said = set().union(*(words(name, *PRIVATE, *WRITTEN) for name in ROLES))
    streams = [exchange.text for exchange in tape.exchanges if exchange.path.startswith("/stream/")]
    assert len(streams) > 3
    letters = [str(row) for row in Letter.objects.values()]
    in_redis = [str(each) for each in everything_in(redis_client)]
    for text in [*streams, *letters, *in_redis]:
        assert not {each for each in (*said, *ROLES) if each in text}, text[:300]
    for text in outputs:  # mail, which the worker prints here, greets people by name
        assert not {each for each in said if each in text}


def everything_in(redis_client):
    """Every value that Redis holds, of whatever kind."""
    for key in redis_client.scan_iter():
        yield key
        yield redis_client.dump(key)


def the_other_team_gets_nothing(tape, olga, workshop):
    """Whatever was asked about this workshop or its team, asked by the owner of another: the same 404, to the byte."""
    own = [workshop.public_id, workshop.team.public_id]
    asked = {
        (exchange.method, exchange.path, exchange.query, bytes(exchange.asked))
        for exchange in tape.exchanges
        if exchange.method in ("GET", "POST") and any(each in exchange.path for each in own)
        if not exchange.path.startswith("/stream/")
    }
    assert len(asked) > 80
    answers = {olga.again(*each) for each in sorted(asked)}
    assert {status for status, _ in answers} == {404}
    assert len({text for _, text in answers}) == 1


# -- one of them, by hand ----------------------------------------------------------------------------------------------
def put_together(ana, workshop, address):
    """All goals become one item, by ticks and one button; it gets its name."""
    page = ana.page
    page.goto(f"{address}consolidate/")
    ticks = page.locator("section[data-kind=goal] input[name=item]")
    expect(ticks).to_have_count(len(ROLES))
    for tick in ticks.all():
        tick.check()
    ana.press(re.compile("together", re.IGNORECASE))
    expect(ticks).to_have_count(1)
    row = Item.objects.get(workshop=workshop, kind="goal")
    said = {"version": row.version, "title": PLANTED, "definition": "The money is there on the day agreed."}
    ana.must(f"{address}consolidate/items/{row.public_id}/words/", said)
    pain = Item.objects.filter(workshop=workshop, kind="pain").first()
    ana.must(f"{address}consolidate/items/{pain.public_id}/aside/", {"version": pain.version, "set_aside": 1})


def rate_by_tapping(person, address):
    """Every card by hand on a phone: the planted one matters most."""
    page = person.page
    page.goto(f"{address}rate/")
    page.locator("[data-begin]").click()
    for n in range(1, 1 + len(ROLES)):
        card = page.locator("article.card:visible")
        points = 5 if PLANTED in card.inner_text() else 4
        card.locator(f"label:has(input[name=says][value='{points}'])").tap()
        expect(page.locator("[data-count]")).to_contain_text(f"{n} of")
        expect(page.locator(".card:visible input[name=says]:checked")).to_have_count(0)
    expect(page.get_by_text("Every one has an answer.")).to_be_visible()
    page.goto(f"{address}rate/")  # leaving the page waits for nothing: what is kept is told by the next one
    expect(page.locator("[data-count]")).to_contain_text(f"{len(ROLES)} of")
