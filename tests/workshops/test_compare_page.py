import re

import pytest
from django.db import connection

from tests.people import compute, make_workshop, rate
from tests.queries import queries_of
from tests.workshops.talkative import make_talkative, vote_again_without
from workshops.models import Item, Participant, Rating, Statement

PERSON = re.compile(r"Person \d+")
REFUSED = "What you asked to compare is not here, or may not be shown to you."


def shown(page):
    """The text of a page, without tags and folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def choices(page):
    """What may be chosen on the left."""
    return re.findall(r'<option value="([^"]+)"', page.split('id="id_right"')[0])


def chosen(page):
    """The two that are compared."""
    return re.findall(r'<option value="([^"]+)" selected', page)


def bands(page):
    """The text of each band by its heading."""
    parts = re.split(r'<h3 class="diff-band">([^<]*)', page)
    return {parts[n].strip(): shown(parts[n + 1]) for n in range(1, len(parts), 2)}


@pytest.fixture
def compare(client, team, ana, ben):
    """The page that somebody gets, in a candour mode: participant (p003, Design, builds), member or facilitator."""

    def read(candour="open", who="participant", left="", right="", prepare=lambda workshop: None, **size):
        workshop = make_talkative(team, candour=candour, k=5 if candour == "team" else 3, **size)
        prepare(workshop)
        compute(workshop)
        if who == "participant":
            Participant.objects.filter(workshop=workshop, key="p003").update(user=ben)
        client.force_login(ana if who == "facilitator" else ben)
        asked = {name: value for name, value in (("left", left), ("right", right)) if value}
        return client.get(f"/workshops/{workshop.public_id}/compare/", asked).content.decode()

    return read


# -- who may be chosen -------------------------------------------------------------------------------------------------
def test_in_open_everybody_and_every_group_may_be_chosen(compare):
    page = compare("open", "participant")

    assert choices(page)[:3] == ["me", "team", "role:executive"]
    assert "lens:none" in choices(page)
    assert [value for value in choices(page) if value.startswith("person:")] == [
        f"person:p{n:03}" for n in (0, 1, 10, 2, 4, 5, 6, 7, 8, 9)
    ]
    assert choices(page)[-1] == "round:r2"


@pytest.mark.parametrize(
    "candour, who, expected",
    [
        ("open", "member", ["team", "lens:decide", "lens:sell", "round:r2"]),
        ("roles", "facilitator", ["team", "lens:decide", "lens:sell", "round:r2"]),
        ("roles", "member", ["team", "lens:decide", "lens:sell", "round:r2"]),
        ("roles", "participant", ["me", "team", "lens:sell", "round:r2"]),
        ("team", "facilitator", ["team", "round:r2"]),
        ("team", "member", ["team", "round:r2"]),
        ("team", "participant", ["me", "team", "round:r2"]),
    ],
)
def test_where_names_are_hidden_only_what_may_be_told_apart_is_offered(compare, candour, who, expected):
    page = compare(candour, who)

    assert choices(page) == expected
    assert PERSON.findall(page) == []


@pytest.mark.parametrize("asked", ["person:p001", "role:executive", "person:nobody", "serial:1", "lens:build"])
def test_what_may_not_be_shown_looks_like_what_is_not_there(compare, asked):
    page = compare("roles", "participant", left=asked, right="team")

    assert REFUSED in shown(page)
    assert asked not in page
    assert chosen(page) == ["me", "team"]


def test_the_default_is_you_and_the_team_and_without_you_the_two_roles_least_alike(compare):
    yours = chosen(compare("open", "participant"))
    facilitators = chosen(compare("open", "facilitator"))
    members = chosen(compare("roles", "member"))

    assert yours == ["me", "team"]
    assert [value.split(":")[0] for value in facilitators] == ["role", "role"]
    assert members == ["lens:decide", "lens:sell"]


def test_two_of_the_same_are_not_compared(compare):
    page = compare("open", "participant", left="team", right="team")

    assert "Choose two that are not the same." in shown(page)
    assert chosen(page) == ["team", "me"]


def test_sides_can_be_swapped_by_a_link(compare):
    page = compare("open", "participant", left="me", right="person:p000")

    assert 'href="?left=person%3Ap000&amp;right=me"' in page


def test_with_nothing_to_compare_the_page_says_so(client, ben, team):
    workshop = make_workshop(team, people=4)
    rate(workshop, {"i000": [1, 2, 3, 4]})
    compute(workshop)
    client.force_login(ben)

    page = client.get(f"/workshops/{workshop.public_id}/compare/").content.decode()

    assert "There are no two to compare" in shown(page)


def test_before_the_reveal_only_the_facilitator_compares(client, ana, ben, team):
    workshop = make_workshop(team)
    rate(workshop, {"i000": [5, 5, 5, 4, 1, 1, 2, 1, 5, 5, 1]}, reveal=False)
    compute(workshop)
    Participant.objects.filter(workshop=workshop, key="p003").update(user=ben)
    address = f"/workshops/{workshop.public_id}/compare/"
    client.force_login(ben)
    participant = shown(client.get(address).content.decode())
    client.force_login(ana)
    facilitator = client.get(address).content.decode()

    assert "The differences are not revealed yet" in participant
    assert "Item 0" not in participant
    assert choices(facilitator) == ["team", "lens:decide", "lens:sell"]


# -- what is compared --------------------------------------------------------------------------------------------------
def test_two_people_are_set_side_by_side_in_four_bands(compare):
    page = compare("open", "facilitator", left="person:p000", right="person:p006")

    found = bands(page)

    assert "Person 0 and Person 6 see 1 of 3 items alike." in shown(page)
    assert list(found) == ["Only Person 0", "Both, rated apart", "Both, meaning apart", "The rest"]
    assert "Item 2 Person 0, Executive Rated 5." in found["Only Person 0"]
    assert "New to them, or they cannot say." in found["Only Person 0"]
    assert "Item 0 3 points apart" in found["Both, rated apart"]
    assert "Invoices become shorter Is the working definition what they mean? Same." in found["Both, meaning apart"]
    assert "Cash arrives before wages 6 Is the" in found["Both, meaning apart"]
    assert found["The rest"].startswith("1 alike")


def test_words_that_the_other_side_does_not_say_are_marked(compare):
    page = compare("open", "facilitator", left="person:p000", right="person:p006")

    assert re.findall(r"<mark>([^<]*)</mark>", page) == [
        "Invoices become shorter",
        "Cash arrives before wages",
    ]


def test_one_point_of_five_is_apart_and_less_is_not(compare):
    a_point = bands(compare("open", "facilitator", left="person:p009", right="person:p000"))
    a_third = bands(compare("open", "facilitator", left="person:p000", right="lens:decide"))

    assert "Item 0 1 point apart" in a_point["Both, rated apart"]
    assert "Item 1" not in a_point["Both, rated apart"]
    assert "Both, rated apart" not in a_third
    assert a_third["The rest"].startswith("3 alike")


def test_a_group_has_what_at_least_half_of_it_has_and_is_rated_by_its_mean(compare):
    page = compare("open", "facilitator", left="lens:decide", right="lens:sell")

    found = bands(page)

    assert "Item 2 Decide 4 of 4 have it. Mean 5." in found["Only Decide"]
    assert "Sell: 0 of 4 have it." in found["Only Decide"]
    assert "Decide 4.8 Sell 1.2" in re.sub(r".*Importance", "", found["Both, rated apart"])


def test_who_was_not_asked_is_left_out(client, ana, team):
    workshop = make_workshop(team)
    rate(workshop, {"i000": [5, None, *[3] * 9]})
    compute(workshop)
    client.force_login(ana)

    page = client.get(f"/workshops/{workshop.public_id}/compare/?left=person:p000&right=person:p001").content.decode()

    assert "there is no item that both can be compared on" in shown(page)
    assert "3 that not both were asked about, or answered" in shown(page)


def test_somebody_who_wrote_an_item_has_it_even_where_they_did_not_rate_it(client, ana, team):
    workshop = make_workshop(team)
    person = workshop.participants.get(key="p001")
    Statement.objects.create(
        workshop=workshop, participant=person, item=workshop.items.first(), key="s", kind="goal", label="In my words"
    )
    rate(workshop, {"i000": [5, None, *[3] * 9]})
    compute(workshop)
    client.force_login(ana)

    page = client.get(f"/workshops/{workshop.public_id}/compare/?left=person:p000&right=person:p001").content.decode()

    assert "1 that both have, and one of them has not rated" in shown(page)


def test_an_earlier_round_is_compared_by_the_means_of_the_team(compare):
    page = compare("open", "facilitator", left="team", right="round:r2")

    assert "Item 0 1.2 points apart" in bands(page)["Both, rated apart"]
    assert "The team and the team in round r2 see 0 of 1 item alike." in shown(page)


# -- what may be told --------------------------------------------------------------------------------------------------
def test_a_group_is_compared_with_you_without_your_own_answers(compare):
    page = compare("roles", "participant", left="me", right="team")

    # The viewer rates item 0 with 1; the other ten give 30 points.
    assert "Item 0 2 points apart" in bands(page)["Both, rated apart"]
    assert "You 1 Everyone else 3 Between them 2 points apart" in shown(page)


def test_an_item_that_too_few_answered_is_left_out_and_counted(compare):
    def forget_some(workshop):
        forgotten = Rating.objects.filter(item__key="i001", item__workshop=workshop)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL parallax.erasing = 'on'")
            forgotten.filter(participant__key__in=["p000", "p001"]).delete()
            cursor.execute("SET LOCAL parallax.erasing = 'off'")

    page = compare("roles", "member", left="lens:decide", right="lens:sell", prepare=forget_some)

    assert "Item 1" not in page
    assert "1 left out, as too few answered or a group would tell who said what" in shown(page)


def test_where_names_are_hidden_groups_are_not_counted_out(compare):
    page = compare("roles", "member", left="lens:decide", right="lens:sell")

    assert "Half of them or more have it. Mean 5." in shown(page)
    assert "Fewer than half of them have it." in shown(page)
    assert not re.search(r"\d of \d have it", page)


def test_texts_of_a_group_are_not_told_apart_where_few_of_it_wrote(compare):
    page = compare("roles", "member", left="lens:decide", right="lens:sell")

    assert "Cash arrives before wages" not in page
    assert "Invoices become shorter" not in page


def test_a_round_that_would_tell_few_apart_is_left_out(compare):
    def vote_again(workshop):
        vote_again_without(workshop, "r4", ["p000"], 4)

    page = compare("roles", "member", left="team", right="round:r4", prepare=vote_again)

    assert "1 left out, as too few answered or a group would tell who said what" in shown(page)
    assert "Both, rated apart" not in page


# -- the page ----------------------------------------------------------------------------------------------------------
def test_what_people_wrote_is_text_and_never_markup(compare):
    hostile = "<script>alert(1)</script>"

    def poison(workshop):
        Statement.objects.update(label=hostile, meaning=hostile)
        Item.objects.update(title=hostile, definition=hostile)
        Participant.objects.update(name=hostile)
        workshop.team.roles.update(name=hostile)

    page = compare("open", "participant", left="person:p000", right="person:p006", prepare=poison)

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") > 20


def test_what_the_address_says_is_text_and_never_markup(compare):
    page = compare("open", "participant", left='"><script>alert(1)</script>', right="team")

    assert "<script>alert" not in page
    assert REFUSED in shown(page)


@pytest.mark.parametrize("pair", [("me", "team"), ("person:p000", "lens:sell"), ("team", "round:r2")])
@pytest.mark.parametrize("candour", ["open", "roles"])
def test_the_number_of_queries_depends_on_neither_people_nor_items(client, team, ben, candour, pair):
    client.force_login(ben)
    counts = []
    for people, items in ((11, 3), (70, 12)):
        workshop = make_talkative(team, people=people, items=items, candour=candour)
        compute(workshop)
        Participant.objects.filter(workshop=workshop, key="p003").update(user=ben)
        address = f"/workshops/{workshop.public_id}/compare/?left={pair[0]}&right={pair[1]}"
        client.get(address)
        counts.append(len(queries_of(lambda address=address: client.get(address))))

    assert counts[0] == counts[1]
    assert counts[0] <= 22
