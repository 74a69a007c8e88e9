"""What the writing pages show, and to whom."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.queries import assert_same_queries
from tests.workshops.writers import join, post, sit_down, write
from workshops.models import Link, Pace, Readiness, Workshop

pytestmark = pytest.mark.usefixtures("at_leisure")
PAGES = ("warm-up/", "view/", "review/")


@pytest.fixture
def client(client, mia):
    return sit_down(client, mia)


def read(client, workshop, page=""):
    """The page's text."""
    response = client.get(f"/workshops/{workshop.public_id}/write/{page}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_briefs_strategy_comes_only_after_ones_own_words(client, writing, mia):
    before = [read(client, writing, page) for page in PAGES]

    response = client.post(
        f"/workshops/{writing.public_id}/write/warm-up/", {"version": 0, "strategy": "Be simple", "sentence_only": "1"}
    )

    assert not any("smallest builders" in page for page in before)
    assert "I can say here what I think." not in before[0]
    assert response["Location"] == f"/workshops/{writing.public_id}/write/warm-up/"
    after = read(client, writing, "warm-up/")
    assert "We win the smallest builders first." in after
    assert after.count('type="radio" name="v') == 10


def test_whoever_skips_the_sentence_sees_the_brief_too(client, writing, mia):
    client.post(
        f"/workshops/{writing.public_id}/write/warm-up/",
        {"version": 0, "strategy": "", "sentence_only": "1", "skip": "1"},
    )

    assert "We win the smallest builders first." in read(client, writing, "warm-up/")
    assert Readiness.objects.get().strategy == ""


def test_the_address_leads_to_the_first_part_that_is_not_done(client, writing, mia):
    where = f"/workshops/{writing.public_id}/write/"
    seen = [client.get(where)["Location"]]

    Readiness.objects.create(
        workshop=writing, participant=mia, strategy="Be simple", vision=1, voice=2, decides=3, help=4
    )
    seen.append(client.get(where)["Location"])
    for kind in ("goal", "pain", "alternative"):
        write(mia, kind.title(), kind)
        seen.append(client.get(where)["Location"])
    client.post(f"{where}submission/")
    seen.append(client.get(where)["Location"])

    pages = ["warm-up/", "view/#goals", "view/#pains", "view/#alternatives", "review/", "thanks/"]
    assert seen == [where + page for page in pages]


def test_nothing_of_one_participant_is_on_anothers_pages(client, writing, mia, tom):
    for kind in ("goal", "pain", "alternative"):
        write(tom, f"canary-{kind}", kind, meaning="canary-meaning", example="canary-example")
    Readiness.objects.create(workshop=writing, participant=tom, strategy="canary-strategy", vision=1)

    pages = [read(client, writing, page) for page in (*PAGES, "view/?part=rail")]

    assert not any("canary" in page for page in pages)


def test_every_kind_has_a_blank_form_with_a_key_of_the_servers(client, writing, mia):
    write(mia)

    page = read(client, writing, "view/")

    kinds = re.findall(r'is-blank" id="statement-([\w-]{16})".*?data-kind="(\w+)"', page, re.DOTALL)
    assert [kind for _key, kind in kinds] == ["goal", "pain", "alternative"]
    assert len({key for key, _kind in kinds}) == 3


def test_a_refused_form_comes_back_as_it_was_typed(client, writing, mia):
    goal, pain = write(mia, "Goal"), write(mia, "Pain", "pain")

    response = client.post(
        f"/workshops/{writing.public_id}/write/statements/{pain.public_id}/",
        {
            "version": 1,
            "kind": "pain",
            "label": "Pain, typed",
            "meaning": "x" * 601,
            "blocks": goal.public_id,
            "evidence": "3",
        },
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "This is too long: at most 600 characters, and it has 601." in page
    assert 'value="Pain, typed"' in page
    assert "x" * 601 in page
    assert f'name="blocks" value="{goal.public_id}" checked' in page
    assert 'name="evidence" value="3" checked' in page


def test_a_refused_new_one_comes_back_as_it_was_typed(client, writing, mia):
    response = client.post(
        f"/workshops/{writing.public_id}/write/statements/a-key-16-letters/",
        {"version": 0, "kind": "goal", "label": "x" * 121},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="label-a-key-16-letters" name="label" value="{"x" * 121}"' in page


def test_a_deleted_statement_can_be_brought_back_from_the_page(client, writing, mia):
    goal = write(mia, "Get paid on time")

    response = client.post(
        f"/workshops/{writing.public_id}/write/statements/{goal.public_id}/deletion/",
        {"version": 1, "kind": "goal", "label": "Get paid on Friday"},
        follow=True,
    )

    page = response.content.decode()
    assert "Deleted: “Get paid on Friday”" in page
    assert "1 deleted statement" in page
    assert f'action="/workshops/{writing.public_id}/write/statements/{goal.public_id}/restoration/"' in page
    assert '<input type="hidden" name="version" value="3">' in page


def test_the_review_says_what_is_missing_and_does_not_insist(client, writing, mia):
    write(mia, "Get paid on time")
    write(mia, "", "pain", meaning="It hurts")

    page = read(client, writing, "review/")

    assert "You have named no pain yet." in page
    assert "You have not said what they do today instead." in page
    assert "5 questions of the warm-up are open." in page
    assert "1 statement has no meaning yet" in page
    assert "No name yet, so it does not count" in page
    assert '<button class="button primary" type="submit">Submit</button>' in page


def test_the_thanks_name_the_day_in_the_workshops_own_time(client, writing, mia):
    Workshop.objects.filter(pk=writing.pk).update(
        live_at=dt.datetime(2027, 1, 8, 14, 30, tzinfo=dt.UTC),
        deadline=dt.datetime(2027, 1, 4, 23, 30, tzinfo=dt.UTC),
        time_zone="Europe/Berlin",
    )
    write(mia)
    early = client.get(f"/workshops/{writing.public_id}/write/thanks/")

    client.post(f"/workshops/{writing.public_id}/write/submission/")
    page = read(client, writing, "thanks/")

    assert early["Location"] == f"/workshops/{writing.public_id}/write/review/"
    assert "Friday, 8 January 2027, 15:30 (Europe/Berlin)" in page
    assert "Tuesday, 5 January 2027, 00:30 (Europe/Berlin)" in page
    assert f"/workshops/{writing.public_id}/live.ics" in page
    assert "You may change what you wrote until the stage closes." in page


@pytest.mark.parametrize(
    ("stage", "words"), [("setup", "Writing has not begun yet"), ("consolidate", "Writing has closed")]
)
def test_before_and_after_the_stage_the_pages_say_so(client, writing, mia, stage, words):
    Workshop.objects.filter(pk=writing.pk).update(stage=stage)

    pages = [read(client, writing, page) for page in ("", *PAGES, "thanks/")]

    assert all(words in page for page in pages)
    assert not any("<form" in page.split("</header>", 1)[1].split("</main>")[0] for page in pages)


def test_the_minutes_left_are_measured_once_five_people_were(client, writing, mia):
    planned = read(client, writing, "view/")
    for part, seconds in {"warm-up": 60, "goals": 120, "pains": 240, "alternatives": 90}.items():
        Pace.objects.bulk_create(Pace(part=part, seconds=seconds + away) for away in (-30, -1, 0, 5, 2000))

    measured = read(client, writing, "view/")
    write(mia, "One")
    write(mia, "Two")
    later = read(client, writing, "view/?part=rail")

    assert "About 10 minutes left" in planned
    assert "<b>9 minutes left</b>" in measured  # 60 + 120 + 240 + 90 seconds
    assert "<b>7 minutes left</b>" in later
    assert 'max="9" value="2"' in later


def test_only_the_last_two_hundred_are_measured(client, writing, mia):
    for part in ("warm-up", "goals", "pains", "alternatives"):
        Pace.objects.bulk_create([Pace(part=part, seconds=3000)] * 300 + [Pace(part=part, seconds=30)] * 200)

    assert "<b>2 minutes left</b>" in read(client, writing, "view/")


def test_the_promise_of_the_workshop_stands_where_people_write(client, writing, mia):
    Workshop.objects.filter(pk=writing.pk).update(candour="roles")

    page = read(client, writing, "view/")

    assert "Until this stage closes, nobody can see what you write, not even the facilitator." in page
    assert "Your label and meaning may become an item that everyone rates, without your name." in page
    assert "No names, ever: a role is shown only where at least 3 people of it answered." in page


@pytest.mark.parametrize("page", [*PAGES, "view/?part=rail"])
def test_a_page_runs_as_many_queries_for_sixty_statements_as_for_three(client, writing, mia, page):
    Readiness.objects.create(workshop=writing, participant=mia, strategy="Be simple")

    def grow_by(count):
        kinds = ("goal", "pain", "alternative")
        made = [write(mia, f"Statement {n}", kinds[n % 3], meaning="Words") for n in range(count)]
        Link.objects.bulk_create(
            Link(workshop=writing, participant=mia, kind="blocks", from_statement=pain, to_statement=goal)
            for goal, pain in zip(made[0::3], made[1::3], strict=True)
        )

    grow_by(3)

    assert_same_queries(lambda: read(client, writing, page), lambda: grow_by(57))


def test_saving_costs_as_many_queries_for_the_sixtieth_statement_as_for_the_third(client, writing, mia):
    goals = [write(mia, f"Goal {n}") for n in range(2)]
    pain = write(mia, "Pain", "pain")
    state = {"version": 1, "label": "Pain"}

    def save():
        said = {"kind": "pain", "label": f"Pain {state['version']}", "blocks": [goals[0].public_id]}
        state["version"] = post(client, writing, pain.public_id, version=state["version"], **said).json()["version"]

    assert_same_queries(save, lambda: [write(mia, f"More {n}") for n in range(57)])


def test_the_page_of_a_late_writer_is_open_until_anything_is_revealed(client, writing, mia):
    late = join(writing, "Lea")
    type(late).objects.filter(pk=late.pk).update(may_write_late=True)
    browser = sit_down(Client(), late)
    Workshop.objects.filter(pk=writing.pk).update(stage="consolidate")

    allowed, others = read(browser, writing, "view/"), read(client, writing, "view/")
    Workshop.objects.filter(pk=writing.pk).update(revealed_at=timezone.now())
    revealed = read(browser, writing, "view/")

    assert "data-write" in allowed
    assert "data-write" not in others
    assert "data-write" not in revealed
