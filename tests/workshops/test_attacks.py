"""What somebody who looks for more than they may see does not get."""

import random

import pytest

from tests.people import account, close, compute, make_workshop, rate
from tests.workshops.attacker import Attacker, random_workshop
from workshops.differences import Differences
from workshops.item_charts import charts
from workshops.item_page import ItemPage
from workshops.models import Participant, Rating, Statement
from workshops.results import Results
from workshops.sentences import sentence
from workshops.viewer import Viewer

HOSTILE = "<img src=x onerror=zq()>'\"{{7*7}}</title><script>zq()</script>"


def answered(team, candour, *, reveal=True, late=(), skipped=(), **by_role):
    """A closed workshop with its findings; of each role one row of answers a person: points, or None for new to me."""
    rows = [(role, row) for role, people in by_role.items() for row in people]
    made = make_workshop(team, people=len(rows), items=len(rows[0][1]))
    type(made).objects.filter(pk=made.pk).update(candour=candour, k=5 if candour == "team" else 3)
    roles, items = {role.key: role for role in team.roles.all()}, list(made.items.all())
    people = list(made.participants.order_by("key"))
    for person, (role, row) in zip(people, rows, strict=True):
        person.role = roles[role]
        Rating.objects.bulk_create(
            Rating(
                round=made.rounds.get(),
                participant=person,
                item=item,
                answer="asked" if person.key in skipped else "rated" if points else "unknown",
                importance=None if person.key in skipped else points,
                late=person.key in late,
            )
            for item, points in zip(items, row, strict=True)
        )
    Participant.objects.bulk_update(people, ["role"])
    close(made, reveal=reveal)
    compute(made)
    return made


def seen(workshop, you=None):
    """The results as a participant, by key, or as a member who takes no part gets them."""
    return Results(workshop, Viewer(seats=tuple(workshop.participants.filter(key=you))))


def said(results):
    """The sentences of the findings."""
    return [sentence(each, each.item.key, results.names) for each in results.findings]


def cells(results, item="i000"):
    """The figures by role on an item's page, those that are hidden left out."""
    by_role = ItemPage(results.items[item], results).by_role
    return {column.label: cell.figure for column, cell in by_role if cell.figure}


def test_nobody_works_out_fewer_than_k_people_from_all_that_is_published(team):
    """20 random workshops, in both modes without names, for somebody in it and somebody who is not."""
    dice = random.Random(20261122)
    isolated, told = [], 0
    for _ in range(20):
        workshop = random_workshop(team, dice)
        close(workshop)
        compute(workshop)
        for mode, k in (("roles", 3), ("team", 5)):
            workshop.candour, workshop.k = mode, k
            for you in (None, dice.choice(list(workshop.participants.select_related("role")))):
                attacker = Attacker(workshop, you)
                told += sum(map(len, attacker.told.values()))
                isolated += [(mode, you and you.role.key, *each) for each in attacker.isolated()]

    assert told > 400
    assert isolated == []


def test_a_viewer_who_did_not_rate_is_not_subtracted_from_those_who_did(team):
    """Else the one colleague who rated is left over when the other roles are subtracted from everybody."""
    mine = [[None, 3], [1, 3], [None, 3], [None, 3]]
    workshop = answered(team, "roles", executive=mine, marketing=[[4, 3]] * 3, sales=[[5, 3], [5, 3], [2, 3]])

    assert cells(seen(workshop, "p000")) == {"Sales": "4"}


def test_a_viewer_who_wrote_and_did_not_answer_is_not_one_of_those_met(team):
    workshop = answered(team, "roles", skipped=["p000"], executive=[[4]] * 4, sales=[[5]] * 5)
    item, you = workshop.items.get(), workshop.participants.get(key="p000")
    Statement.objects.create(workshop=workshop, participant=you, item=item, key="s", kind="goal", label="Mine")

    results = seen(workshop, "p000")

    assert (results.own_items, results.own_rated, results.own_met) == (frozenset(), frozenset(), {"i000"})


def test_no_finding_tells_of_a_role_that_the_table_hides_on_that_item(team):
    low, high = [[1, 3, 3], [1, 3, 3], [2, 3, 3]], [[5, 3, 3], [5, 3, 3], [4, 3, 3]]
    workshop = answered(team, "roles", executive=low, marketing=high, sales=[*high[:2], [None, 3, 3]])
    found = workshop.current_analysis.findings.filter(kind="role_gap", item__key="i000", groups=["executive"])

    results = seen(workshop)

    assert found.exists()
    assert results.sight.groups == {"executive", "marketing", "sales"}
    assert "Executive" not in cells(results)
    assert {group for each in results.findings for group in each.groups} == {"marketing"}


def test_a_role_that_answered_alike_is_not_told_apart_nor_left_over_alone(team):
    """Its mean would be the answer of each of its people; and so would what the other means leave over."""
    workshop = answered(team, "roles", executive=[[1], [1], [2]], marketing=[[5]] * 3, sales=[[3], [4], [5], [4]])

    assert cells(seen(workshop)) == {"Sales": "4"}


def test_where_everybody_answered_alike_roles_say_nothing_that_the_whole_does_not(team):
    workshop = answered(team, "roles", executive=[[4]] * 3, sales=[[4]] * 4)

    assert cells(seen(workshop)) == {"Executive": "4", "Sales": "4"}


def test_a_gap_of_a_role_that_answered_alike_is_told_without_figures(team):
    others = [[1, 3, 3], [1, 3, 4], [2, 3, 3]]
    workshop = answered(team, "roles", executive=[[5, 3, 3]] * 4, marketing=others, sales=others)

    told = [words for words in said(seen(workshop)) if words.startswith("Executive")]

    assert told == ["Executive: ‘Item 0’ is above the rest."]


def test_a_gap_is_net_only_of_items_on_which_the_role_is_told_apart(team):
    """On the other item two of the role rated: how far above the rest they are is nobody's business."""
    high = [[5, 5], [5, None], [4, None], [5, 5]]
    others = [[1, 1], [1, 2], [2, 1], [1, 2]]
    workshop = answered(team, "roles", executive=high, marketing=others, sales=others)

    assert seen(workshop).told_gaps("executive") == {"i000": pytest.approx(19 / 4 - 10 / 8)}


def test_rows_are_not_sorted_by_a_mean_that_is_hidden(team):
    workshop = answered(team, "team", sales=[[1, 2, 5], *[[1, 2, None]] * 5])

    rows = Differences(seen(workshop), {"sort": "importance"}).matrix.rows

    assert [row.title for row in rows] == ["Item 1", "Item 0", "Item 2"]


def test_the_headline_does_not_tell_how_alike_a_handful_answers(team):
    workshop = answered(team, "team", sales=[[1], [1], [1], [1]])

    headline = Differences(seen(workshop), {}).headline

    assert headline == "Too few people have answered the same questions to compare them."


def test_one_answer_among_people_who_cannot_say_is_not_drawn(team):
    workshop = answered(team, "roles", sales=[[4, 4], *[[None, 4]] * 5])
    items = {item.key: item.pk for item in workshop.items.all()}

    drawn = charts(seen(workshop), [(pk, "importance") for pk in items.values()])

    assert drawn[items["i000"], "importance"] is None
    assert drawn[items["i001"], "importance"] is not None


def test_a_pair_of_roles_is_not_told_where_one_person_stands_for_a_role(team):
    workshop = answered(team, "roles", executive=[[1], [None], [None]], sales=[[5]] * 4)
    pairs = [pair["roles"] for pair in workshop.current_analysis.figures["alignment"]["by_role_pair"]]

    shown, folded = Differences(seen(workshop), {}).pairs

    assert ["executive", "sales"] in pairs
    assert [row.label for part in (shown, folded) if part for row in part.rows] == ["Inside Sales"]


def test_a_page_before_the_reveal_carries_no_digest_of_the_answers(client, team, ben):
    """Whoever has the digest of a small team's answers tries all answers until one fits."""
    workshop = answered(team, "team", reveal=False, sales=[[1], [2]])
    digest = workshop.current_analysis.digest
    client.force_login(ben)

    pages = [client.get(f"/workshops/{workshop.public_id}/{part}/").content.decode() for part in ("diff", "compare")]
    guess = client.get(
        f"/workshops/{workshop.public_id}/diff/", {"part": "differences", "have": f"{digest[:16]}--team"}
    )

    assert all(digest[:8] not in page for page in pages)
    assert guess.status_code == 200


def test_a_role_keeps_its_lens_once_its_answers_are_in(client, team, oda):
    """Else the sums of lenses before and after tell what the people of that role said."""
    workshop = answered(team, "roles", executive=[[1]] * 4, sales=[[5]] * 4)
    role = workshop.participants.get(key="p000").role
    client.force_login(oda)
    address = f"/teams/{team.public_id}/roles/{role.public_id}/"

    refused = client.post(address, {"name": "Chiefs", "lens": "sell"})
    renamed = client.post(address, {"name": "Chiefs", "lens": "decide"})
    role.refresh_from_db()

    assert (refused.status_code, renamed.status_code) == (422, 302)
    assert (role.name, role.lens) == ("Chiefs", "decide")


def test_a_late_answer_does_not_make_a_role_large_enough(team):
    workshop = answered(team, "roles", late=["p000"], executive=[[1]] * 3, sales=[[5]] * 3)

    assert seen(workshop).sight.groups == frozenset()


@pytest.mark.parametrize("address", ["/workshops/%00/", "/workshops/a%00b/diff/", "/teams/%00/", "{}items/%00/"])
def test_an_address_with_nul_is_not_there(client, team, ben, address):
    client.force_login(ben)

    response = client.get(address.format(f"/workshops/{make_workshop(team).public_id}/"))

    assert response.status_code == 404


@pytest.mark.parametrize("charset, status", [("rot13", 415), ("unicode_escape", 415), ("idna", 415), ("UTF-8", 200)])
def test_a_form_in_another_charset_is_refused(client, db, charset, status):
    """Codecs that are none of text make errors of ours, and some make characters that no page can carry."""
    body = '--B\r\nContent-Disposition: form-data; name="login"\r\n\r\n\\ud800\r\n--B--\r\n'
    kind = f"multipart/form-data; boundary=B; charset={charset}"

    assert client.generic("POST", "/sign-in/", body.encode(), content_type=kind).status_code == status


def test_no_text_of_anybody_becomes_markup(client, team):
    """In every field that people fill, on every page of results, with names shown."""
    workshop = answered(team, "open", sales=[[1], [5], [1], [5]])
    you = workshop.participants.get(key="p000")
    texts = {"label": HOSTILE, "meaning": HOSTILE, "example": HOSTILE}
    Statement.objects.create(
        workshop=workshop, participant=you, item=workshop.items.get(), key="s", kind="goal", **texts
    )
    workshop.items.update(title=HOSTILE, definition=HOSTILE)
    workshop.participants.update(name=HOSTILE, user=None)
    team.roles.update(name=HOSTILE)
    type(workshop).objects.filter(pk=workshop.pk).update(title=HOSTILE, question=HOSTILE, strategy=HOSTILE)
    Participant.objects.filter(pk=you.pk).update(user=account(HOSTILE))
    team.add_member(you.user or account(HOSTILE), "owner")
    client.force_login(account(HOSTILE))
    base = f"/workshops/{workshop.public_id}"
    item = f"{base}/items/{workshop.items.get().public_id}/"
    pages = ["/", f"{base}/diff/", f"{base}/diff/?layer=met&kind={HOSTILE}&role={HOSTILE}", f"{base}/compare/", item]
    pages += [f"/teams/{team.public_id}/", f"{base}/compare/?left={HOSTILE}", f"{base}/diff/?{HOSTILE}={HOSTILE}"]

    for address in pages:
        page = client.get(address).content.decode()

        assert "<img src=x" not in page, address
        assert "<script>zq" not in page, address
        assert "&lt;script&gt;zq" in page or "=" in address, address


def test_the_whole_does_not_tell_what_an_item_with_too_few_raters_hides(client, ana, team):
    workshop = make_workshop(team, people=8)
    rate(workshop, {"i000": [1, 2, 3, 4, 5, 5, 1, 2], "i001": [4, 4, 4, 4, 4, None, None, None]})
    type(workshop).objects.update(candour="team", k=5)
    compute(workshop)

    figures = workshop.analyses.get().figures

    assert figures["alignment"]["all"]["items"] == 1


def test_a_lone_voice_without_names_is_told_without_its_answer(client, ana, team):
    workshop = make_workshop(team, people=11)
    rate(workshop, {"i000": [1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]})
    type(workshop).objects.update(candour="roles", k=3)
    compute(workshop)
    client.force_login(ana)

    page = client.get(f"/workshops/{workshop.public_id}/diff/?kind=lone_voice").content.decode()

    assert "one answer stands apart from all others" in page
    assert "Whose answer it is, and what it says, is not told." in page
    assert '<figure class="chart' not in page.split('id="findings-heading"')[1].split('id="matrix-heading"')[0]
