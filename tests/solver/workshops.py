"""Random workshops for the attacker, and what each kind of reader is shown of them."""

from dataclasses import dataclass
from functools import cache

from django.test import Client

from tests.people import close, compute, take_seat
from workshops.models import (
    Item,
    Membership,
    Participant,
    Rating,
    Round,
    Segment,
    Statement,
    Team,
    User,
    Workshop,
)
from workshops.models.team import DEFAULT_ROLES
from workshops.viewer import NOBODY

LEVELS = 5
KINDS = ["goal", "pain", "alternative"]
LENSES = {role["key"]: str(role["lens"]) for role in DEFAULT_ROLES}
NAMES = {role["key"]: str(role["name"]) for role in DEFAULT_ROLES}


@dataclass(frozen=True)
class Answer:
    """What one person said about one item; `state` is rated, unknown, not_real, asked or, without a row, none."""

    state: str = "none"
    importance: int | None = None
    evidence: int | None = None
    same_meaning: int | None = None
    wrote: bool = False


@dataclass
class Person:
    """One participant, with all answers by the item's title."""

    key: str
    role: str
    answers: dict[str, Answer]


@dataclass
class Made:
    """A stored workshop and what is true of it."""

    workshop: Workshop
    people: dict[str, Person]
    items: list[str]

    @property
    def k(self):
        """The fewest people whose answers together may be told."""
        return max(self.workshop.k, 5 if self.workshop.candour == "team" else 3)


def random_workshop(dice, *, people=(3, 30), items=(2, 6), candour=""):
    """A workshop of random size, roles, answers, holes and, unless told, candour; revealed and computed."""
    team = Team.objects.create(name="Anonymous")
    team.add_default_roles()
    candour = candour or dice.choices(["roles", "team", "open"], [70, 20, 10])[0]
    least = 5 if candour == "team" else 3
    workshop = Workshop.objects.create(
        team=team,
        segment=Segment.objects.create(team=team, name="Builders"),
        title="Getting paid",
        question="Why late?",
        stage=Workshop.Stage.RATE,
        candour=candour,
        k=dice.randint(least, 6),
    )
    Round.objects.create(workshop=workshop, key="r1", kind=Round.Kind.RATE, position=0)
    made = Made(workshop, {}, [f"Item {n}" for n in range(dice.randint(*items))])
    _add_items(made)
    _add_people(made, dice, dice.randint(*people))
    _answer(made, dice)
    close(workshop)
    compute(workshop)
    return made


def _add_items(made):
    Item.objects.bulk_create(
        Item(workshop=made.workshop, key=f"i{n}", kind=KINDS[n % 3], title=title, position=n)
        for n, title in enumerate(made.items)
    )


def _add_people(made, dice, count):
    """Some roles are large, some are one person."""
    keys = dice.sample(sorted(LENSES), dice.randint(1, min(8, count)))
    weights = [dice.choice([1, 1, 2, 4, 8]) for _key in keys]
    roles = {role.key: role for role in made.workshop.team.roles.all()}
    for n, key in enumerate(dice.choices(keys, weights, k=count)):
        made.people[f"p{n:02}"] = Person(f"p{n:02}", key, {})
    Participant.objects.bulk_create(
        Participant(workshop=made.workshop, key=person.key, name=f"Person {person.key}", role=roles[person.role])
        for person in made.people.values()
    )


def _answer(made, dice):
    """Answers that lean by item and by role, with holes; some items are agreed on, by all or by a role."""
    missing = dice.choice([0, 0.05, 0.15, 0.35])
    lazy = {key for key in made.people if dice.random() < 0.1}
    for title in made.items:
        lean, spread = dice.uniform(1, 5), dice.choice([0, 0.4, 1, 2])
        of_role = {role: dice.gauss(0, 1) * dice.choice([0, 1]) for role in LENSES}
        narrow = {role for role in LENSES if dice.random() < 0.2}
        for person in made.people.values():
            likes = lean + of_role[person.role] + (0 if person.role in narrow else dice.gauss(0, spread))
            is_out = person.key in lazy or dice.random() < missing
            person.answers[title] = _said(dice, min(LEVELS, max(1, round(likes))), is_out=is_out)
    _store(made)


def _said(dice, level, *, is_out):
    wrote = dice.random() < 0.2
    if is_out:
        return Answer(dice.choice(["unknown", "not_real", "asked", "none"]), wrote=wrote)
    evidence = dice.randint(0, 3) if dice.random() < 0.4 else None
    same = dice.choice([0, 1, 2, 2, 2]) if dice.random() < 0.7 else None
    return Answer("rated", level, evidence, same, wrote)


def _store(made):
    round_ = made.workshop.rounds.get()
    people = {person.key: person for person in made.workshop.participants.all()}
    items = {item.title: item for item in made.workshop.items.all()}
    said = [
        (people[person.key], items[title], answer)
        for person in made.people.values()
        for title, answer in person.answers.items()
    ]
    Rating.objects.bulk_create(
        Rating(
            round=round_,
            participant=person,
            item=item,
            answer=answer.state,
            importance=answer.importance,
            evidence=answer.evidence,
            same_meaning=answer.same_meaning,
        )
        for person, item, answer in said
        if answer.state != "none"
    )
    Statement.objects.bulk_create(
        Statement(
            workshop=made.workshop,
            participant=person,
            item=item,
            key=f"{person.key}-{item.key}",
            kind=item.kind,
            label=f"Words of {person.key} on {item.key}",
            draft=False,
        )
        for person, item, answer in said
        if answer.wrote
    )


@dataclass
class Reader:
    """Somebody who may look: a signed-in browser, and the participant behind it, if one is."""

    name: str
    client: Client
    you: str = ""


def readers(made, dice, *, participants=3):
    """A member who takes no part, an observer or a facilitator; and participants of roles of different sizes."""
    watcher = dice.choice([_member, _observer, _facilitator])
    if made.workshop.candour == "open":
        return [dice.choice([_member, _observer])(made)]  # everybody else sees names there
    by_role = {}
    for person in dice.sample(list(made.people.values()), len(made.people)):
        by_role.setdefault(person.role, person)
    sizes = {role: sum(person.role == role for person in made.people.values()) for role in by_role}
    chosen = sorted(by_role.values(), key=lambda person: (sizes[person.role], person.key))
    chosen = chosen if len(chosen) <= participants else dice.sample(chosen, participants)
    return [watcher(made), *(_participant(made, person) for person in chosen)]


def _member(made):
    return _account(made, "member", "member")


def _facilitator(made):
    return _account(made, "facilitator", "facilitator")


@cache
def _site():
    """The site behind every browser: made once, as it looks through all static files."""
    return Client().handler


def _browser():
    client = Client(HTTP_HOST="127.0.0.1")
    client.handler = _site()
    return client


def _account(made, name, access):
    user = User.objects.of_email(f"{name}-{made.workshop.public_id}@example.com".lower(), name)
    made.workshop.team.add_member(user, Membership.Access(access))
    client = _browser()
    client.force_login(user)
    return Reader(name, client)


def _observer(made):
    seat = Participant.everybody.create(
        workshop=made.workshop, key="watcher", name="Watcher", standing=Participant.Standing.OBSERVER
    )
    client = _browser()
    take_seat(client, seat)
    return Reader("observer", client)


def _participant(made, person):
    client = _browser()
    take_seat(client, made.workshop.participants.get(key=person.key))
    return Reader(f"participant {person.key}", client, person.key)


def nobody():
    """The viewer of what is done without one."""
    return NOBODY


def compute_anew(made):
    """Compute what is left after somebody withdrew, as the worker would."""
    made.workshop.refresh_from_db()
    if Rating.objects.filter(round__workshop=made.workshop).exclude(answer=Rating.Answer.ASKED).exists():
        compute(made.workshop)
