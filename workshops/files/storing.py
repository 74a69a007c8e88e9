"""A workshop file -> rows, all of it or nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workshops import jobs
from workshops.models import Item, Participant, Rating, Role, Round, Segment, Team, Workshop

from .refusals import SHOWN, FileRefused, Problem

BATCH = 2000


@transaction.atomic
def store(file, *, team=None, sample=""):
    """Make a workshop of a file that `workshop_file.read` accepted, and ask for its findings if a round is closed.

    Parameters
    ----------
    file : WorkshopFile
    team : Team, optional
        The team it is for; without one a team is made as the file describes it.
    sample : str
        The sample's name, for a workshop that comes with Parallax.

    Returns
    -------
    Workshop

    Raises
    ------
    FileRefused
        If the file holds what cannot be stored, or does not fit the team. Nothing is changed then.
    """
    if problems := [*_not_stored_yet(file), *_against_team(file, team)]:
        raise FileRefused(problems[:SHOWN], more=max(0, len(problems) - SHOWN))
    team = team or Team.objects.create(name=file.team.name, is_sample=bool(sample))
    roles = _roles(file, team)
    workshop = _workshop(file, team, sample)
    people = _people(file, workshop, roles)
    items = _items(file, workshop)
    for position, each in enumerate(file.rounds):
        _round(each, position, workshop, people, items)
    if any(each.kind == Round.Kind.RATE and each.closed for each in file.rounds):
        jobs.request_analysis(workshop)
    return workshop


def _not_stored_yet(file):
    """What the format knows and this version cannot keep; refusing beats dropping it silently."""
    not_yet = _("this version of Parallax cannot store it yet")
    for part in ("statements", "links", "readiness", "topics", "merges", "glossary", "outcomes"):
        if getattr(file, part):
            yield Problem(part, not_yet)
    if file.workshop.candour != Workshop.Candour.OPEN:
        yield Problem("workshop.candour", _("this version of Parallax can store open workshops only"))
    if not isinstance(file.workshop.revealed, bool):
        yield Problem("workshop.revealed", not_yet)
    for n, item in enumerate(file.items):
        for part, plain in (("parent", None), ("revision", 1), ("lineage", None)):
            if getattr(item, part) != plain:
                yield Problem(f"items[{n}].{part}", not_yet)
    for n, each in enumerate(file.rounds):
        if each.kind != Round.Kind.RATE:
            yield Problem(f"rounds[{n}].kind", not_yet)
        for part, plain in (("items", None), ("people", None), ("restatements", ())):
            if getattr(each, part) != plain:
                yield Problem(f"rounds[{n}].{part}", not_yet)


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


def _workshop(file, team, sample):
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
        revealed_at=timezone.now() if said.revealed else None,
        sample=sample,
    )


def _people(file, workshop, roles):
    rows = [Participant(workshop=workshop, key=p.key, name=p.name, role=roles[p.role]) for p in file.people]
    return {row.key: row for row in Participant.objects.bulk_create(rows, batch_size=BATCH)}


def _items(file, workshop):
    rows = [
        Item(workshop=workshop, key=i.key, kind=i.kind, title=i.title, definition=i.meaning, position=n)
        for n, i in enumerate(file.items)
    ]
    return {row.key: row for row in Item.objects.bulk_create(rows, batch_size=BATCH)}


def _round(said, position, workshop, people, items):
    scales = {f"{name}_levels": levels for name, levels in said.scales.model_dump().items()}
    row = Round.objects.create(
        workshop=workshop,
        key=said.key,
        kind=said.kind,
        position=position,
        closed_at=timezone.now() if said.closed else None,
        **scales,
    )
    answers = ("answer", "importance", "satisfaction", "evidence", "expected", "same_meaning", "star", "late")
    Rating.objects.bulk_create(
        (
            Rating(
                round=row,
                participant=people[rating.person],
                item=items[rating.item],
                **{name: getattr(rating, name) for name in answers},
            )
            for rating in said.ratings
        ),
        batch_size=BATCH,
    )
