"""People, teams and workshops for the tests: Oda owns the team, Ana facilitates, Ben is a member, Olga is outside."""

import random

import pytest
from django.conf import settings
from django.utils import timezone

from workshops import jobs
from workshops.models import Item, Job, Membership, Participant, Rating, Round, Segment, Team, User, Workshop
from workshops.viewer import DEVICES_KEY


def account(name):
    """An account that can sign in, of the address NAME@example.com."""
    return User.objects.of_email(f"{name.lower()}@example.com", name)


@pytest.fixture
def team(db):
    """A team with the usual roles and nobody in it."""
    made = Team.objects.create(name="Invoicing for builders")
    made.add_default_roles()
    return made


@pytest.fixture
def oda(team):
    """Owns the team."""
    user = account("Oda")
    team.add_member(user, Membership.Access.OWNER)
    return user


@pytest.fixture
def ana(team):
    """Facilitates."""
    user = account("Ana")
    team.add_member(user, Membership.Access.FACILITATOR)
    return user


@pytest.fixture
def ben(team):
    """Is a member, and not a participant."""
    user = account("Ben")
    team.add_member(user, Membership.Access.MEMBER)
    return user


@pytest.fixture
def olga(db):
    """Owns another team."""
    user = account("Olga")
    other = Team.objects.create(name="Elsewhere")
    other.add_default_roles()
    other.add_member(user, Membership.Access.OWNER)
    return user


@pytest.fixture
def workshop(team):
    """A workshop that nobody has answered yet: eleven people, three items, an open round. See `rate` and `close`."""
    return make_workshop(team)


def make_workshop(team, *, people=11, items=3):
    """A workshop with people in roles by turns and items of all kinds; its rate round is open and has no answers."""
    segment = Segment.objects.get_or_create(team=team, name="Builders with 3 to 15 people")[0]
    made = Workshop.objects.create(
        team=team,
        segment=segment,
        title="Getting paid",
        question="Why do builders get paid late?",
        stage=Workshop.Stage.RATE,
    )
    Round.objects.create(workshop=made, key="r1", kind=Round.Kind.RATE, position=0)
    add_people(made, people)
    add_items(made, items)
    return made


def add_people(workshop, count):
    """More participants, in the team's roles by turns."""
    roles = list(workshop.team.roles.all())
    begin = workshop.participants.count()
    Participant.objects.bulk_create(
        Participant(workshop=workshop, key=f"p{n:03}", name=f"Person {n}", role=roles[n % len(roles)])
        for n in range(begin, begin + count)
    )


def add_items(workshop, count):
    """More items, goal, pain and alternative by turns."""
    kinds = ["goal", "pain", "alternative"]
    begin = workshop.items.count()
    Item.objects.bulk_create(
        Item(workshop=workshop, key=f"i{n:03}", kind=kinds[n % 3], title=f"Item {n}", position=n)
        for n in range(begin, begin + count)
    )


def close(workshop, *, reveal=True):
    """Close the round, and reveal everything, or else let facilitators see the findings."""
    now = timezone.now()
    workshop.rounds.update(closed_at=now)
    Workshop.objects.filter(pk=workshop.pk).update(**{"revealed_at" if reveal else "prepared_at": now})
    workshop.refresh_from_db()


def rate(workshop, answers, *, reveal=True):
    """Store answers: for an item's key one importance for each person in the order of their keys, None for no answer;
    then close the round."""
    round_ = workshop.rounds.get()
    people = list(workshop.participants.order_by("key"))
    items = {item.key: item for item in workshop.items.all()}
    Rating.objects.bulk_create(
        Rating(
            round=round_,
            participant=person,
            item=items[key],
            answer=Rating.Answer.ASKED if points is None else Rating.Answer.RATED,
            importance=points,
        )
        for key, row in answers.items()
        for person, points in zip(people, row, strict=True)
    )
    close(workshop, reveal=reveal)


def rate_at_random(workshop, seed=1):
    """Everybody rates everything, at random but the same each time."""
    dice = random.Random(seed)
    people = workshop.participants.count()
    rate(workshop, {item.key: [dice.randint(1, 5) for _ in range(people)] for item in workshop.items.all()})


def compute(workshop):
    """Compute the findings here and now, as a worker would."""
    job = jobs.request_analysis(workshop)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    workshop.refresh_from_db()
    return workshop.current_analysis


def take_seat(client, participant):
    """Make Django's test client a browser that came in by this participant's personal link."""
    session = client.session
    session[DEVICES_KEY] = [participant.new_device()]
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def ask_again(workshop, answers, *, late=()):
    """A closed re-vote: for an item's key one importance for each person in the order of their keys, None for none.

    Votes of the people whose keys are `late` came after it closed.
    """
    position = workshop.rounds.count()
    vote = Round.objects.create(
        workshop=workshop,
        key=f"vote{position}",
        kind=Round.Kind.REVOTE,
        position=position,
        asks_all_items=False,
        satisfaction_levels=None,
        evidence_levels=None,
        same_meaning_levels=None,
    )
    people = list(workshop.participants.order_by("key"))
    for key, row in answers.items():
        item = workshop.items.get(key=key)
        vote.asked_items.create(item=item)
        for person, points in zip(people, row, strict=True):
            if points is not None:
                rated = {"answer": Rating.Answer.RATED, "importance": points, "late": person.key in late}
                Rating.objects.create(round=vote, participant=person, item=item, **rated)
    Round.objects.filter(pk=vote.pk).update(closed_at=timezone.now())
