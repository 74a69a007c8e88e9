"""Making a workshop: who may, what it needs, and that a form sent twice makes one."""

import re
import threading
from urllib.parse import urlencode

import pytest
from django.db import connections
from django.test import Client


@pytest.fixture
def facilitator(client, ana):
    client.force_login(ana)
    return client


def test_a_facilitator_makes_a_workshop_and_comes_to_its_setup(facilitator, team, settings):
    settings.TIME_ZONE = "Europe/Berlin"

    response = facilitator.post(
        f"/teams/{team.public_id}/workshops/", {"title": " Late  money ", "question": "Why late?"}
    )

    made = team.workshops.get()
    assert response["Location"] == f"/workshops/{made.public_id}/setup/"
    assert (made.title, made.question, made.stage, made.time_zone) == (
        "Late money",
        "Why late?",
        "setup",
        "Europe/Berlin",
    )
    assert list(made.audit.values_list("action", "actor")) == [("made", "Ana")]


def test_a_form_sent_twice_makes_one_workshop(facilitator, team):
    page = facilitator.get(f"/teams/{team.public_id}/workshops/").content.decode()
    typed = {"title": "Late money", "ticket": re.search(r'name="ticket" value="([^"]+)"', page)[1]}

    answers = [facilitator.post(f"/teams/{team.public_id}/workshops/", typed)["Location"] for _ in range(2)]

    assert answers == [f"/workshops/{team.workshops.get().public_id}/setup/"] * 2


def test_nobody_chooses_the_id_of_a_workshop(facilitator, team):
    facilitator.post(f"/teams/{team.public_id}/workshops/", {"title": "Late money", "ticket": "guessable:forged"})

    assert len(team.workshops.get().public_id) == 16


def test_a_member_finds_no_way_to_a_new_workshop(client, ben, team):
    client.force_login(ben)

    assert client.get(f"/teams/{team.public_id}/workshops/").status_code == 403
    assert "New workshop" not in client.get("/").content.decode()
    assert "New workshop" not in client.get(f"/teams/{team.public_id}/").content.decode()


def test_home_and_the_team_lead_a_facilitator_to_a_new_workshop(facilitator, team):
    link = f'href="/teams/{team.public_id}/workshops/"'

    assert link in facilitator.get("/").content.decode()
    assert link in facilitator.get(f"/teams/{team.public_id}/").content.decode()


@pytest.mark.parametrize("title", ["", "  ", "x" * 201, "a\x00b", "a\ud800b"])
def test_a_title_that_cannot_be_kept_makes_no_workshop(facilitator, team, title):
    # As a broken program sends a lone surrogate.
    typed = urlencode({"title": title, "question": "Why late?"}, errors="surrogatepass")

    response = facilitator.post(
        f"/teams/{team.public_id}/workshops/", typed, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 422
    assert "Why late?</textarea>" in response.content.decode()
    assert not team.workshops.exists()


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_many_times_at_once_makes_one_workshop(facilitator, team):
    page = facilitator.get(f"/teams/{team.public_id}/workshops/").content.decode()
    typed = {"title": "Late money", "ticket": re.search(r'name="ticket" value="([^"]+)"', page)[1]}
    together, answers = threading.Barrier(8), []

    def send():
        browser = Client()
        browser.cookies = facilitator.cookies.copy()
        together.wait()
        answers.append(browser.post(f"/teams/{team.public_id}/workshops/", typed)["Location"])
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [f"/workshops/{team.workshops.get().public_id}/setup/"] * 8
