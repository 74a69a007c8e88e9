"""What setup shows besides the brief: whose voice is missing, and the pre-work as a participant meets it."""

import pytest

from tests.people import make_workshop
from workshops.models import Participant, Readiness, Workshop


def address(workshop, page="setup"):
    return f"/workshops/{workshop.public_id}/{page}/"


@pytest.fixture
def facilitator(client, ana):
    client.force_login(ana)
    return client


def test_setup_names_the_voices_that_are_missing(facilitator, team):
    workshop = make_workshop(team, people=0)
    for key in ("executive", "product", "engineering"):
        Participant.objects.create(workshop=workshop, key=key, name=key, role=team.roles.get(key=key))
    waiting = Participant.Standing.WAITING
    support = team.roles.get(key="support")
    Participant.everybody.create(workshop=workshop, key="guest", name="Guest", role=support, standing=waiting)

    page = facilitator.get(address(workshop)).content.decode()

    assert "You have no voice from Marketing, Sales or Customer support yet: nobody who sells it" in page
    assert "You have no voice from Design yet." in page


def test_setup_says_nothing_of_voices_when_all_are_there(facilitator, workshop):
    assert "You have no voice" not in facilitator.get(address(workshop)).content.decode()


@pytest.mark.parametrize(
    ("step", "shown", "hidden"),
    [
        ("", "One sentence, in your own words", "Our strategy"),
        ("?step=warm-up", "Our strategy", "How do you know?"),
        ("?step=view", "How do you know?", "One sentence, in your own words"),
    ],
)
def test_the_preview_shows_the_pre_work_and_counts_nobody(facilitator, workshop, step, shown, hidden):
    Workshop.objects.filter(pk=workshop.pk).update(strategy="Our strategy")

    page = facilitator.get(address(workshop, "preview") + step).content.decode()

    assert shown in page
    assert hidden not in page
    assert "<fieldset disabled>" in page
    assert "autosave" not in page
    assert not Readiness.objects.exists()
    assert workshop.participants.count() == 11
