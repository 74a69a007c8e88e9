"""A workshop file -> rows, all of it or nothing."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workshops import jobs
from workshops.models import (
    GlossaryEntry,
    Item,
    Link,
    Merge,
    Outcome,
    Participant,
    Readiness,
    Role,
    Round,
    Segment,
    Statement,
    Team,
    Topic,
    Workshop,
)

from . import storing_rounds
from .refusals import SHOWN, FileRefused, Problem

BATCH = 2000


@transaction.atomic
def store(file, *, team=None, sample="", public_id=None, on_progress=lambda what: None):
    """Make a workshop of a file that `workshop_file.read` accepted, and ask for its findings if a round is closed.

    Parameters
    ----------
    file : WorkshopFile
    team : Team, optional
        The team it is for; without one a team is made as the file describes it.
    sample : str
        The sample's name, for a workshop that comes with Parallax.
    public_id : str, optional
        The id that the workshop gets; a new one where it is left out.
    on_progress : callable
        Called with a few words before each part is stored.

    Returns
    -------
    Workshop

    Raises
    ------
    FileRefused
        If the file does not fit the team. Nothing is changed then.
    """
    if problems := list(_against_team(file, team)):
        raise FileRefused(problems[:SHOWN], more=max(0, len(problems) - SHOWN))
    team = team or Team.objects.create(name=file.team.name, is_sample=bool(sample))
    workshop = _workshop(file, team, sample=sample, **({"public_id": public_id} if public_id else {}))
    stored = Stored(workshop)
    stored.people = _people(file, workshop, _roles(file, team))
    on_progress(_("%(n)d people, %(m)d items") % {"n": len(file.people), "m": len(file.items)})
    stored.items = _items(file, workshop)
    on_progress(_("%(n)d statements, %(m)d links") % {"n": len(file.statements), "m": len(file.links)})
    _statements(file, stored)
    _links(file, stored)
    _readiness(file, stored)
    for position, each in enumerate(file.rounds):
        on_progress(_("round %(key)s with %(n)d answers") % {"key": each.key, "n": len(each.ratings)})
        stored.rounds[each.key] = storing_rounds.store(each, position, stored, on_progress)
    _what_came_of_it(file, stored)
    if any(each.kind == Round.Kind.RATE and each.closed for each in file.rounds):
        jobs.request_analysis(workshop)
    return workshop


class Stored:
    """The rows made so far, by the keys of the file."""

    def __init__(self, workshop):
        self.workshop = workshop
        self.people, self.items, self.statements, self.rounds = {}, {}, {}, {}

    def end(self, which, key):
        """A link's end as fields of the row: a statement or an item."""
        if key in self.statements:
            return {f"{which}_statement": self.statements[key]}
        return {f"{which}_item": self.items[key]}


def _against_team(file, team):
    """A role that the team has with another lens would change what the team's other workshops say."""
    known = dict(team.roles.values_list("key", "lens")) if team else {}
    for n, role in enumerate(file.team.roles):
        if known.get(role.key, role.lens) != role.lens:
            reason = _("the team has this role with the lens %(lens)s") % {"lens": known[role.key]}
            yield Problem(f"team.roles[{n}].lens", reason)


def _roles(file, team):
    taken = set(team.roles.values_list("key", flat=True))
    new = [role for role in file.team.roles if role.key not in taken]
    Role.objects.bulk_create(
        Role(team=team, key=role.key, name=role.name, lens=role.lens, position=len(taken) + n)
        for n, role in enumerate(new)
    )
    return {role.key: role for role in team.roles.all()}


def _workshop(file, team, **fields):
    said = file.workshop
    segment = Segment.objects.get_or_create(team=team, name=said.segment)[0] if said.segment else None
    return Workshop.objects.create(
        team=team,
        segment=segment,
        title=said.title,
        question=said.question,
        strategy=said.strategy,
        candour=said.candour,
        k=said.k,
        language=said.language,
        stage=said.stage,
        revealed_at=timezone.now() if said.revealed is True else None,
        **fields,
    )


def _people(file, workshop, roles):
    rows = [Participant(workshop=workshop, key=p.key, name=p.name, role=roles[p.role]) for p in file.people]
    return {row.key: row for row in Participant.objects.bulk_create(rows, batch_size=BATCH)}


def _revealed_at(revealed):
    """When each item was revealed on its own: in the order of the list, which the export gives back."""
    now = timezone.now()
    keys = revealed if isinstance(revealed, tuple) else ()
    return {key: now + timedelta(microseconds=n) for n, key in enumerate(keys)}


def _items(file, workshop):
    revealed = _revealed_at(file.workshop.revealed)
    rows = [
        Item(
            workshop=workshop,
            key=said.key,
            kind=said.kind,
            title=said.title,
            definition=said.meaning,
            revision=said.revision,
            lineage=said.lineage or "",
            revealed_at=revealed.get(said.key),
            position=position,
        )
        for position, said in enumerate(file.items)
    ]
    stored = {row.key: row for row in Item.objects.bulk_create(rows, batch_size=BATCH)}
    children = [said for said in file.items if said.parent is not None]
    for said in children:
        stored[said.key].parent = stored[said.parent]
    Item.objects.bulk_update([stored[said.key] for said in children], ["parent"], batch_size=BATCH)
    return stored


def _statements(file, stored):
    rows = [
        Statement(
            workshop=stored.workshop,
            participant=stored.people[said.person],
            item=stored.items.get(said.item),
            key=said.key,
            kind=said.kind,
            label=said.label,
            meaning=said.meaning,
            example=said.example,
            evidence=said.evidence,
            draft=said.draft,
        )
        for said in file.statements
    ]
    stored.statements = {row.key: row for row in Statement.objects.bulk_create(rows, batch_size=BATCH)}


def _links(file, stored):
    Link.objects.bulk_create(
        (
            Link(
                workshop=stored.workshop,
                participant=stored.people[said.person],
                kind=said.kind,
                drawn=said.drawn,
                **stored.end("from", said.from_),
                **stored.end("to", said.to),
            )
            for said in file.links
        ),
        batch_size=BATCH,
    )


def _readiness(file, stored):
    Readiness.objects.bulk_create(
        (
            Readiness(
                workshop=stored.workshop,
                participant=stored.people[said.person],
                **{name: getattr(said, name) for name in ("vision", "voice", "decides", "help", "strategy")},
            )
            for said in file.readiness
        ),
        batch_size=BATCH,
    )


def _what_came_of_it(file, stored):
    """Topics, answers to suggested merges, glossary and outcomes."""
    workshop, items = stored.workshop, stored.items
    Topic.objects.bulk_create(
        Topic(workshop=workshop, item=items.get(t.item), kind=t.kind or "", text=t.text, minutes=t.minutes)
        for t in file.topics
    )
    Merge.objects.bulk_create(
        Merge(
            workshop=workshop,
            one=stored.statements[said.statements[0]],
            other=stored.statements[said.statements[1]],
            answer=said.answer,
        )
        for said in file.merges
    )
    GlossaryEntry.objects.bulk_create(
        GlossaryEntry(workshop=workshop, item=items.get(g.item), term=g.term, meaning=g.meaning) for g in file.glossary
    )
    Outcome.objects.bulk_create(
        Outcome(
            workshop=workshop,
            item=items.get(said.item),
            round=stored.rounds.get(said.round),
            owner=stored.people.get(said.owner),
            **{name: getattr(said, name) for name in ("verdict", "wording", "dissent", "due")},
        )
        for said in file.outcomes
    )
