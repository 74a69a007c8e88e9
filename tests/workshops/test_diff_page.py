import re

import pytest

from tests.people import add_items, add_people, close, compute, make_workshop, rate, rate_at_random
from tests.queries import queries_of

AGREED = [5, 5, 5, 4, 5, 5, 5, 4, 5, 5, 5]
SPLIT = [1, 1, 2, 1, 2, 5, 5, 4, 5, 4, 5]


def shown(response):
    """The text of a page, without tags and folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_says_where_the_team_differs_with_names(client, ben, workshop):
    rate(workshop, {"i000": AGREED, "i001": SPLIT})
    compute(workshop)
    client.force_login(ben)

    page = shown(client.get(f"/workshops/{workshop.public_id}/diff/"))

    assert "‘Item 1’: 5 say low, 6 say high, and nobody is in between." in page
    assert "11 of 11 rate ‘Item 0’ high." in page
    assert "11 of 11 people answered, 3 items." in page
    assert "Person 3, Design" in page


def test_before_the_reveal_the_page_says_what_is_missing_and_sends_no_answer(client, ana, team):
    workshop = make_workshop(team)
    rate(workshop, {"i001": SPLIT}, reveal=False)
    compute(workshop)
    client.force_login(ana)

    response = client.get(f"/workshops/{workshop.public_id}/diff/")

    assert "The differences are not revealed yet" in shown(response)
    assert "Item 1" not in shown(response)
    assert "Person" not in shown(response)


@pytest.mark.parametrize("candour", ["roles", "team"])
def test_a_workshop_that_hides_names_shows_nothing_yet(client, ana, workshop, candour):
    rate(workshop, {"i001": SPLIT})
    compute(workshop)
    type(workshop).objects.update(candour=candour, k=5)
    client.force_login(ana)

    response = client.get(f"/workshops/{workshop.public_id}/diff/")

    assert "This workshop hides names" in shown(response)
    assert "Item 1" not in shown(response)


def test_a_revealed_workshop_without_findings_says_when_they_come(client, ben, workshop):
    close(workshop)
    client.force_login(ben)

    response = client.get(f"/workshops/{workshop.public_id}/diff/")

    assert "They are computed when a rating round closes." in shown(response)


def test_one_person_is_too_few_to_compare(client, ben, team):
    workshop = make_workshop(team, people=1)
    rate(workshop, {"i000": [4]})
    compute(workshop)
    client.force_login(ben)

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
    assert counts[0] <= 16
