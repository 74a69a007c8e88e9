"""Rows -> a workshop file: the way back of `storing`, so that what went in comes out the same."""

from collections import defaultdict

from workshops.models import Judgement, Rating, Restatement, RoundItem, RoundPerson

from . import schema


def as_file(workshop):
    """The whole workshop as a file, unsuppressed; a fixed number of queries.

    Returns
    -------
    WorkshopFile
        Everything in stored order, with the keys it came with.
    """
    items = list(workshop.items.select_related("parent").order_by("position"))
    return schema.WorkshopFile(
        format=schema.FORMAT,
        team=_team(workshop.team),
        workshop=_workshop(workshop, items),
        people=tuple(
            schema.Person(key=p.key, name=p.name, role=p.role.key)
            for p in workshop.participants.select_related("role").order_by("pk")
        ),
        items=tuple(_item(item) for item in items),
        statements=_statements(workshop),
        links=_links(workshop),
        readiness=_readiness(workshop),
        rounds=_rounds(workshop),
        **_what_came_of_it(workshop),
    )


def _team(team):
    roles = tuple(schema.Role(key=r.key, name=r.name, lens=r.lens) for r in team.roles.order_by("position", "key"))
    return schema.Team(name=team.name, roles=roles)


def _workshop(workshop, items):
    alone = sorted((item for item in items if item.revealed_at is not None), key=lambda item: item.revealed_at)
    return schema.Workshop(
        title=workshop.title,
        question=workshop.question,
        segment=workshop.segment.name if workshop.segment else "",
        strategy=workshop.strategy,
        candour=workshop.candour,
        stage=workshop.stage,
        language=workshop.language,
        k=workshop.k,
        revealed=True if workshop.is_revealed else tuple(item.key for item in alone) or False,
    )


def _item(item):
    return schema.Item(
        key=item.key,
        kind=item.kind,
        title=item.title,
        meaning=item.definition,
        parent=item.parent.key if item.parent else None,
        revision=item.revision,
        lineage=item.lineage or None,
    )


def _statements(workshop):
    rows = workshop.statements.select_related("participant", "item")
    return tuple(
        schema.Statement(
            key=row.key,
            person=row.participant.key,
            kind=row.kind,
            label=row.label,
            meaning=row.meaning,
            example=row.example,
            evidence=row.evidence,
            item=_key(row.item),
            draft=row.draft,
        )
        for row in rows
    )


def _links(workshop):
    rows = workshop.links.select_related("participant", "from_statement", "from_item", "to_statement", "to_item")
    return tuple(
        schema.Link(
            person=row.participant.key,
            kind=row.kind,
            from_=_key(row.from_statement or row.from_item),
            to=_key(row.to_statement or row.to_item),
            drawn=row.drawn,
        )
        for row in rows
    )


def _readiness(workshop):
    names = ("vision", "voice", "decides", "help", "strategy")
    return tuple(
        schema.Readiness(person=row.participant.key, **{name: getattr(row, name) for name in names})
        for row in workshop.readiness.select_related("participant")
    )


def _rounds(workshop):
    """Every part of every round is read at once and dealt out."""
    of_round = {"round__workshop": workshop}
    asked_items = _dealt(RoundItem.objects.filter(**of_round).values_list("round_id", "item__key"))
    asked_people = _dealt(RoundPerson.objects.filter(**of_round).values_list("round_id", "participant__key"))
    ratings = _ratings(workshop)
    restatements = _restatements(workshop)
    return tuple(
        schema.Round(
            key=row.key,
            kind=row.kind,
            items=None if row.asks_all_items else tuple(asked_items[row.pk]),
            people=None if row.asks_everybody else tuple(asked_people[row.pk]),
            closed=row.closed_at is not None,
            scales=schema.Scales(
                importance=row.importance_levels,
                satisfaction=row.satisfaction_levels,
                evidence=row.evidence_levels,
                same_meaning=row.same_meaning_levels,
            ),
            ratings=tuple(ratings[row.pk]),
            restatements=tuple(restatements[row.pk]),
        )
        for row in workshop.rounds.order_by("position")
    )


def _dealt(pairs):
    by_round = defaultdict(list)
    for round_id, value in pairs:
        by_round[round_id].append(value)
    return by_round


def _ratings(workshop):
    fields = ("answer", "importance", "satisfaction", "evidence", "expected", "same_meaning", "fist", "star", "late")
    rows = Rating.objects.filter(round__workshop=workshop).order_by("pk")
    rows = rows.values_list("round_id", "participant__key", "item__key", *fields).iterator(chunk_size=5000)
    return _dealt(
        (round_id, schema.Rating(person=person, item=item, **dict(zip(fields, said, strict=True))))
        for round_id, person, item, *said in rows
    )


def _restatements(workshop):
    judged = defaultdict(list)
    for row in Judgement.objects.filter(restatement__round__workshop=workshop).select_related("participant"):
        judged[row.restatement_id].append(schema.Judgement(person=row.participant.key, same=row.same))
    rows = Restatement.objects.filter(round__workshop=workshop).select_related("participant", "item")
    return _dealt(
        (
            row.round_id,
            schema.Restatement(
                person=row.participant.key,
                item=row.item.key,
                outcome=row.outcome,
                action=row.action,
                tradeoff=row.tradeoff,
                judgements=tuple(judged[row.pk]),
            ),
        )
        for row in rows
    )


def _what_came_of_it(workshop):
    return {
        "topics": tuple(
            schema.Topic(item=_key(row.item), kind=row.kind or None, text=row.text, minutes=row.minutes)
            for row in workshop.topics.select_related("item")
        ),
        "merges": tuple(
            schema.Merge(statements=(row.one.key, row.other.key), answer=row.answer)
            for row in workshop.merges.select_related("one", "other")
        ),
        "glossary": tuple(
            schema.GlossaryEntry(term=row.term, meaning=row.meaning, item=_key(row.item))
            for row in workshop.glossary.select_related("item")
        ),
        "outcomes": tuple(
            schema.Outcome(
                item=_key(row.item),
                round=_key(row.round),
                verdict=row.verdict,
                wording=row.wording,
                dissent=row.dissent,
                owner=_key(row.owner),
                due=row.due,
            )
            for row in workshop.outcomes.select_related("item", "round", "owner")
        ),
    }


def _key(row):
    return None if row is None else row.key
