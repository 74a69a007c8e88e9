"""Findings that count people by stars, links or two answers at once, and where you place the team: with names only."""

import pytest
from django.core.management import call_command
from django.test import Client

from tests.people import account, compute
from tests.workshops.facilitating import change, words
from workshops.models import Membership, Workshop

TOLD = [
    "Of 6 who know both, 3 say that ‘Chasing invoices is awkward’ blocks ‘Get paid on time’, and 3 do not.",
    "‘The office learns too late that a job is done’: 3 say high and 3 say low",
    "5 of 11 put ‘Keep a good name with regular clients’ among what matters most; 6 do not.",
    "You place the team 0.6 points nearer to your own answers than it is.",
    "Most on ",
    "Two of you may say the contrary about ‘Invoice in steps’.",
    "You fight over words: two of you say ‘Know what I can spend this week’ so differently",
    "Two of you say ‘The office learns too late that a job is done’ and explain it differently.",
    "Helena Brandt sees the whole otherwise, not one item only",
    "Asked again, you are nearer to each other: alignment .20 before, .49 after. (10 people, 3 items)",
    "‘Chasing invoices is awkward’: asked again, 5 of 10 changed their answer.",
    "Near the line. With limits a notch tighter it would not be told.",
    "Near the line. With limits a notch tighter it would be possible only.",
]


@pytest.fixture
def sample(db):
    call_command("import_samples")
    workshop = Workshop.objects.get(sample="invoicing")
    compute(workshop)
    return workshop


@pytest.fixture
def facilitator(sample):
    """Facilitates the sample's team."""
    user = account("Ana")
    sample.team.add_member(user, Membership.Access.FACILITATOR)
    browser = Client()
    browser.force_login(user)
    return browser


def page(browser, workshop):
    response = browser.get(f"/workshops/{workshop.public_id}/diff/")
    assert response.status_code == 200
    return words(response)


def test_in_open_they_stand_on_the_page_of_differences(sample, facilitator):
    told = page(facilitator, sample)

    assert [words for words in TOLD if words not in told] == []


@pytest.mark.parametrize("candour", ["roles", "team"])
def test_without_names_none_of_them_is_told_there_or_in_the_file_of_results(sample, facilitator, candour):
    change(sample, candour=candour, k=5 if candour == "team" else 3)
    compute(sample)

    told = page(facilitator, sample)
    file = facilitator.post(f"/workshops/{sample.public_id}/files/results.json/").text

    assert "findings" in told
    for text in (told, file):
        assert [words for words in TOLD if words in text] == []
    assert not {
        word
        for word in (
            "evidence_clash",
            "structure",
            "opportunity",
            "illusion",
            "to_item",
            "outlier",
            "drift",
            "camps",
            "violent",
            "opposite",
        )
        if word in file
    }


def test_in_open_the_files_of_results_tell_them_too_those_about_no_single_item_among_them(sample, facilitator):
    table, file = (facilitator.post(f"/workshops/{sample.public_id}/files/results.{kind}/") for kind in ("csv", "json"))

    told = {(found["kind"], found["item"] and found["item"]["title"]) for found in file.json()["findings"]}
    assert {("outlier_view", None), ("drift", None), ("drift", "Chasing invoices is awkward")} <= told
    assert "Helena Brandt sees the whole otherwise" in table.content.decode()


def test_the_page_of_an_item_tells_the_links_from_it(sample, facilitator):
    item = sample.items.get(key="chasing-awkward")

    shown = words(facilitator.get(f"/workshops/{sample.public_id}/items/{item.public_id}/"))

    assert "Of 6 who know both" in shown
