"""A workshop with a row in every table. Each text names its own field, so that a page that shows it gives it away."""

from django.db import models
from django.utils import timezone

from tests.people import account
from workshops.models import (
    Analysis,
    AuditEntry,
    Bucket,
    Device,
    Edit,
    Finding,
    GlossaryEntry,
    Item,
    Job,
    Judgement,
    Letter,
    Link,
    Merge,
    Outcome,
    Pace,
    Participant,
    PersonalLink,
    Rating,
    Readiness,
    Restatement,
    Round,
    RoundItem,
    RoundPerson,
    Segment,
    Sitting,
    Statement,
    StatementVector,
    SuggestedMerges,
    Team,
    Topic,
    Workshop,
)
from workshops.models.public_id import new_public_id


def said(model, field):
    """What the row of `model` says in `field`."""
    return f"zq-{model._meta.model_name}-{field}"


def said_once(model, field):
    """The same for a field whose values are all different."""
    return f"{said(model, field)}-{new_public_id()}"


def texts(model, *fields, **others):
    """A row of `model` with these fields filled with what `said` gives."""
    return model.objects.create(**{field: said(model, field) for field in fields}, **others)


def filled_workshop(**fields):
    """A workshop that nothing was revealed of yet, with its own team and all its rounds open."""
    team = texts(Team, "name")
    role = team.roles.create(key="zq-role-key", name="zq-role-name", lens="build")
    segment = texts(Segment, "name", team=team)
    team.add_member(account("zq-user-name"), "owner", role)
    brief = ("title", "question", "strategy", "horizon")
    own = {"join_token": said_once(Workshop, "join_token"), "segment": segment}
    workshop = texts(Workshop, *brief, team=team, **own, **fields)
    user = team.memberships.get().user
    person = texts(Participant, "key", "name", "email", workshop=workshop, role=role, user=user)
    fill_ways_in(workshop, person)
    parent = Item.objects.create(workshop=workshop, key="parent", kind="goal", title="Parent", position=0)
    item = texts(
        Item, "key", "title", "definition", "lineage", workshop=workshop, kind="goal", parent=parent, position=1
    )
    fill_perspective(workshop, person, item)
    fill_rounds(workshop, person, item)
    fill_results(workshop, person, item)
    return workshop


def fill_ways_in(workshop, person):
    """How the person comes in, what they were written, and what was done to the workshop."""
    PersonalLink.objects.create(token_hash=said_once(PersonalLink, "token_hash"), participant=person)
    Device.objects.create(secret_hash=said_once(Device, "secret_hash"), participant=person)
    texts(Letter, "error", kind="invitation", participant=person)
    texts(AuditEntry, "actor", "about", workshop=workshop, action="made")


def fill_server():
    """What belongs to no team: attempts, and how long people take."""
    Bucket.objects.create(digest=said_once(Bucket, "digest"), left=1, at=timezone.now())
    Pace.objects.create(part="goals", seconds=60)


def fill_perspective(workshop, person, item):
    """What the person says before anybody rates."""
    own = {"workshop": workshop, "participant": person}
    other = Statement.objects.create(key="other", kind="pain", label="Other", **own)
    statement = texts(Statement, "key", "label", "meaning", "example", kind="goal", item=item, evidence=1, **own)
    Link.objects.create(kind="blocks", from_statement=other, to_statement=statement, **own)
    Link.objects.create(kind="serves", from_item=item, to_item=item.parent, **own)
    texts(Readiness, "strategy", vision=4, voice=3, decides=2, help=1, **own)
    texts(Edit, "about", "actor", "changes", workshop=workshop, number=1, act="merged")
    Merge.objects.create(workshop=workshop, one=statement, other=other, answer="accepted")


def fill_rounds(workshop, person, item):
    """One round that asks everybody about everything, and one that asks this person to restate this item."""
    rate = texts(Round, "key", workshop=workshop, kind="rate", position=0)
    answer = {"importance": 5, "satisfaction": 4, "evidence": 3, "expected": 2, "same_meaning": 1, "fist": 5}
    Sitting.objects.create(round=rate, participant=person, finished_at=timezone.now())
    Rating.objects.create(round=rate, participant=person, item=item, answer="rated", star=True, **answer)
    asked = {"kind": "restate", "asks_all_items": False, "asks_everybody": False}
    restate = Round.objects.create(workshop=workshop, key="restate", position=1, **asked)
    RoundItem.objects.create(round=restate, item=item)
    RoundPerson.objects.create(round=restate, participant=person)
    restatement = texts(Restatement, "outcome", "action", "tradeoff", round=restate, participant=person, item=item)
    Judgement.objects.create(restatement=restatement, participant=person, same=2)


def fill_results(workshop, person, item):
    """What was computed, and what came of it."""
    figures = {"zq": said(Analysis, "figures")}
    analysis = texts(Analysis, "digest", "engine", workshop=workshop, figures=figures)
    json = {name: [said(Finding, name)] for name in ("groups", "people", "numbers", "statements")}
    texts(Finding, "kind", "variant", analysis=analysis, position=0, item=item, tier="likely", severity=0.5, **json)
    workshop.show_analysis(analysis)
    texts(Topic, "kind", "text", workshop=workshop, item=item, minutes=5)
    read = {"statement": Statement.objects.filter(workshop=workshop).first(), "version": 1}
    texts(StatementVector, "digest", "meant_digest", **read, values=b"1", meant=b"1")
    texts(SuggestedMerges, "digest", "pairs", workshop=workshop)
    texts(GlossaryEntry, "term", "meaning", workshop=workshop, item=item)
    texts(
        Outcome,
        "wording",
        "dissent",
        workshop=workshop,
        item=item,
        round=workshop.rounds.first(),
        owner=person,
        verdict="agreed",
    )
    texts(Job, "error", "step_name", workshop=workshop, kind="analysis", state="failed")


def text_fields(model):
    """The fields of `model` in which people or programs write freely."""
    for field in model._meta.concrete_fields:
        free = isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
        if free and field.name not in ("public_id", "password"):
            yield field
