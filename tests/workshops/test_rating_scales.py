"""A rating that came with a file: it may ask on scales of its own, and only some of the people."""

import pytest

from tests.workshops.raters import rating_workshop, say, sit_down
from workshops import rating_round
from workshops.models import Rating, Round


@pytest.fixture
def workshop(team):
    return rating_workshop(team)


@pytest.fixture
def mia(client, workshop):
    """Mia's browser."""
    return sit_down(client, workshop.participants.get(name="Mia"))


@pytest.fixture
def other_scales(workshop):
    Round.objects.filter(workshop=workshop).update(
        importance_levels=7, satisfaction_levels=None, evidence_levels=2, same_meaning_levels=3
    )
    return workshop


def test_a_rating_with_scales_of_its_own_is_asked_and_kept_on_those(mia, other_scales):
    page = mia.get(f"/workshops/{other_scales.public_id}/rate/").text
    taken = say(mia, other_scales, "Get paid on time", says="7")
    more = mia.get(f"/workshops/{other_scales.public_id}/rate/more/").text

    refused = [
        say(mia, other_scales, "Get paid on time", says="8", version=1),
        say(mia, other_scales, "Get paid on time", "more/", satisfaction=1, version=1),
        say(mia, other_scales, "Get paid on time", "more/", evidence=2, version=1),
        say(mia, other_scales, "Get paid on time", "expected/", expected=8, version=1),
    ]

    assert 'value="7"' in page
    assert 'value="8"' not in page
    assert "satisfaction" not in more
    assert "evidence" not in more
    assert taken.status_code == 200
    assert [answer.status_code for answer in refused] == [422] * 4
    assert Rating.objects.values_list("importance", "version").get() == (7, 1)


def test_a_rating_asks_only_the_people_that_it_names(mia, workshop):
    round_ = workshop.rounds.get(kind="rate")
    tom = workshop.participants.get(name="Tom")
    Round.objects.filter(pk=round_.pk).update(asks_everybody=False)
    round_.asked_people.create(participant=tom)

    page = mia.get(f"/workshops/{workshop.public_id}/rate/")
    answer = say(mia, workshop, "Get paid on time", says="4")
    rating_round.close_rounds(workshop)

    assert "No item is asked about just now." in page.text
    assert answer.status_code == 404
    assert set(Rating.objects.values_list("participant__name", "answer")) == {("Tom", "asked")}
