import re

import pytest

from tests.people import add_items, add_people, close, compute, make_workshop, rate, rate_at_random
from tests.queries import queries_of

AGREED = [5, 5, 5, 4, 5, 5, 5, 4, 5, 5, 5]
SPLIT = [1, 1, 2, 1, 2, 5, 5, 4, 5, 4, 5]


def shown(response):
    """The text of a page, without tags and folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_facilitator_sees_where_the_team_differs_with_names(client, ana, workshop):
    rate(workshop, {"i000": AGREED, "i001": SPLIT})
    compute(workshop)
    client.force_login(ana)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert "‘Item 1’: 5 say low, 6 say high, and nobody is in between." in page
    assert "11 of 11 rate ‘Item 0’ high." in page
    assert "11 of 11 people answered, 3 items." in page
    assert "Person 3, Design" in page


def test_a_participant_sees_names_and_where_they_stand_themselves(client, ben, workshop):
    rate(workshop, {"i000": AGREED, "i001": SPLIT})
    compute(workshop)
    workshop.participants.filter(key="p003").update(user=ben)
    client.force_login(ben)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert "Person 3, Design, you" in page
    assert "Person 4, Engineering" in page


def test_a_member_who_takes_no_part_sees_no_names(client, ben, workshop):
    rate(workshop, {"i000": AGREED, "i001": SPLIT})
    compute(workshop)
    client.force_login(ben)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert "‘Item 1’: 5 say low, 6 say high, and nobody is in between." in page
    assert "Person" not in page.replace("Person is", "")
    assert "Open, but you take no part in it: shown without names." in page


def test_before_the_reveal_only_the_facilitator_sees_findings_and_no_names(client, ana, ben, workshop):
    rate(workshop, {"i001": SPLIT}, reveal=False)
    compute(workshop)
    workshop.participants.filter(key="p003").update(user=ben)
    address = f"/workshops/{workshop.public_id}/diff/"
    client.force_login(ana)
    prepared = shown(client.get(address))
    client.force_login(ben)
    waiting = client.get(address)

    assert "‘Item 1’: 5 say low, 6 say high" in prepared
    assert "Not revealed yet: only you see this, without names, to prepare." in prepared
    assert "Person" not in prepared
    assert "The differences are not revealed yet" in shown(waiting)
    assert "Item 1" not in waiting.content.decode()


# Sixteen people, two in each of the eight roles: 6 or 4 in each lens but Other with 2.
GAP = [1, 1, 5, 1, 1, 5, 5, 1, 1, 1, 5, 1, 1, 5, 5, 1]  # who sells says 5, all others 1


def test_in_roles_mode_lenses_stand_for_roles_that_are_too_small(client, ana, team):
    workshop = make_workshop(team, people=16)
    rate(workshop, {"i001": GAP})
    type(workshop).objects.update(candour="roles", k=3)
    compute(workshop)
    client.force_login(ana)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert "No names: roles show where 3 people or more answered." in page
    assert "Person" not in page
    for role in ("Marketing", "Design", "Customer support"):
        assert role not in page
    assert "Sell" in page


def test_in_team_mode_nobody_is_told_apart(client, ana, team):
    workshop = make_workshop(team, people=16)
    rate(workshop, {"i001": GAP})
    type(workshop).objects.update(candour="team", k=5)
    compute(workshop)
    client.force_login(ana)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert "No names and no roles: results of the whole team only." in page
    for word in ("Person", "Marketing", "Sell", "Decide", "Build"):
        assert word not in page
    assert "10 say low, 6 say high" in page


@pytest.mark.parametrize(
    "query, kept",
    [
        ("", ["‘Item 1’", "‘Item 0’"]),
        ("?kind=consensus", ["‘Item 0’"]),
        ("?item_kind=pain", ["‘Item 1’"]),
        ("?tier=likely", ["‘Item 0’"]),
        ("?role=engineering", []),
        ("?kind=nonsense&item_kind=%00&sort=x", ["‘Item 1’", "‘Item 0’"]),
    ],
)
def test_the_address_says_which_findings_are_listed(client, ana, workshop, query, kept):
    rate(workshop, {"i000": AGREED, "i001": SPLIT})
    compute(workshop)
    client.force_login(ana)

    response = client.get(f"/workshops/{workshop.public_id}/diff/{query}")

    cards = re.findall(r"<h3>(.*?)</h3>", response.content.decode())
    assert response.status_code == 200
    assert [title for title in ("‘Item 1’", "‘Item 0’") if any(title in card for card in cards)] == kept


def test_a_page_that_has_the_newest_result_is_not_sent_it_again(client, ana, workshop):
    rate(workshop, {"i001": SPLIT})
    compute(workshop)
    client.force_login(ana)
    address = f"/workshops/{workshop.public_id}/diff/"
    have = re.search(r"have=([^&\" ]+)", client.get(address).content.decode())[1]

    same = client.get(f"{address}?part=differences&have={have}")
    workshop.participants.filter(key="p000").update(role=workshop.team.roles.get(key="sales"))
    compute(workshop)
    newer = client.get(f"{address}?part=differences&have={have}")

    assert same.status_code == 204
    assert newer.status_code == 200
    assert newer.content.decode().lstrip().startswith('<div id="differences"')


def test_a_revealed_workshop_without_findings_says_when_they_come(client, ben, workshop):
    close(workshop)
    client.force_login(ben)

    response = client.get(f"/workshops/{workshop.public_id}/diff/")

    assert "They are computed when a rating round closes." in shown(response)


def test_one_person_is_too_few_to_compare(client, ana, team):
    workshop = make_workshop(team, people=1)
    rate(workshop, {"i000": [4]})
    compute(workshop)
    client.force_login(ana)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert "Too few people have answered the same questions to compare them." in page
    assert "No differences stand out" in page


def test_a_facilitator_asks_for_a_new_computation_and_it_is_sent(client, ana, workshop):
    client.force_login(ana)

    response = client.post(f"/workshops/{workshop.public_id}/analyses/")

    assert response.status_code == 302
    assert list(workshop.jobs.values_list("kind", "state")) == [("analysis", "waiting")]


def test_a_member_cannot_ask_for_a_new_computation(client, ben, workshop):
    client.force_login(ben)

    response = client.post(f"/workshops/{workshop.public_id}/analyses/")

    assert response.status_code == 403
    assert not workshop.jobs.exists()


def test_the_title_of_an_item_is_text_and_never_markup(client, ben, workshop):
    workshop.items.filter(key="i001").update(title="<script>alert(1)</script> & “quoted”")
    rate(workshop, {"i001": SPLIT})
    compute(workshop)
    client.force_login(ben)

    page = client.get(f"/workshops/{workshop.public_id}/diff/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “quoted”" in page


@pytest.mark.parametrize(
    "people, drawn",
    [
        (3, "One mark per person."),
        (9, "One mark per person."),
        (30, "One small mark per person."),
        (230, "Share of each"),
    ],
)
def test_the_page_draws_three_people_and_two_hundred_and_thirty(client, ana, team, people, drawn):
    workshop = make_workshop(team, people=people, items=4)
    rate(workshop, {"i001": [1 + 4 * (n % 2) for n in range(people)]})
    compute(workshop)
    client.force_login(ana)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert f"{people} of {people} people answered, 4 items." in page
    assert drawn in page


@pytest.mark.parametrize("small, large", [((11, 3), (40, 12)), ((11, 3), (70, 12))])
def test_the_number_of_queries_depends_on_neither_people_nor_items(client, ana, team, small, large):
    client.force_login(ana)
    counts = []
    for people, items in (small, large):
        workshop = make_workshop(team, people=0, items=0)
        add_people(workshop, people)
        add_items(workshop, items)
        rate_at_random(workshop)
        compute(workshop)
        address = f"/workshops/{workshop.public_id}/diff/"
        client.get(address)
        counts.append(len(queries_of(lambda address=address: client.get(address))))

    assert counts[0] == counts[1]
    assert counts[0] <= 20


def test_the_page_that_waits_for_the_differences_looks_like_them_once_they_come(client, ana, team):
    client.force_login(ana)
    workshop = make_workshop(team)
    address = f"/workshops/{workshop.public_id}/diff/"
    waiting = client.get(address).text
    rate_at_random(workshop)
    compute(workshop)

    styles = [
        set(re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)) for text in (waiting, client.get(address).text)
    ]

    assert styles[1] <= styles[0]
