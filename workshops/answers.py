"""Answers as the engine wants them, from a workshop's rows or straight from a workshop file."""

import hashlib
import json
from dataclasses import asdict

import numpy as np

from alignment.divergence import Answers

from . import linked
from .models import Rating, Round

POINTS = ("importance", "satisfaction", "evidence", "same_meaning")  # each on a scale of its own
SAID = (*POINTS, "expected")


class NothingToAnalyse(Exception):
    """Why there are no answers to compute on, in words for people."""


def from_rows(*rounds):
    """The answers of stored rounds, as `rounds_to_analyse` finds them; without items that were set aside before.

    Seven queries, however many people and items there are.
    """
    workshop = rounds[0].workshop
    people = list(workshop.participants.order_by("key").values_list("key", "role__key"))
    items = list(workshop.items.filter(set_aside=False).order_by("key").values_list("key", "kind"))
    lenses = dict(workshop.team.roles.values_list("key", "lens"))
    ratings = Rating.objects.filter(round__in=rounds, late=False).values_list(
        "participant__key", "item__key", "answer", "star", *SAID
    )
    scales = {name: getattr(rounds[0], f"{name}_levels") for name in POINTS}
    return _answers(people, items, lenses, linked.from_rows(workshop), ratings.iterator(chunk_size=5000), scales)


def again_from_rows(rounds, first):
    """What people answered when they were asked again, of stored rounds; None where they were not.

    Parameters
    ----------
    rounds : iterable of Round
        All of the workshop's.
    first : Round
        As `round_to_analyse` finds it.
    """
    votes = _votes(rounds, first)
    if not votes:
        return None
    workshop, place = first.workshop, {each.pk: n for n, each in enumerate(votes)}
    people = list(workshop.participants.order_by("key").values_list("key", "role__key"))
    lenses = dict(workshop.team.roles.values_list("key", "lens"))
    kinds = dict(workshop.items.filter(set_aside=False).values_list("key", "kind"))
    said = Rating.objects.filter(round__in=votes, late=False)
    rows = said.values_list("round_id", "participant__key", "item__key", "answer", "importance")
    told = [(place[round_id], *rest) for round_id, *rest in rows.iterator(chunk_size=5000)]
    return _again(people, kinds, lenses, told, first.importance_levels)


def again_from_file(file, first):
    """The same of a workshop file, whose first rate round is `first`."""
    votes = _votes(file.rounds, first)
    if not votes:
        return None
    told = [
        (n, said.person, said.item, said.answer, said.importance)
        for n, each in enumerate(votes)
        for said in each.ratings
        if not said.late
    ]
    people = sorted((person.key, person.role) for person in file.people)
    lenses = {role.key: role.lens for role in file.team.roles}
    kinds = {item.key: item.kind for item in file.items}
    return _again(people, kinds, lenses, told, _importance_levels(first))


def _votes(rounds, first):
    """Closed re-votes on the scale of the first answers, in their order."""
    closed = [each for each in rounds if each.kind == Round.Kind.REVOTE and _is_closed(each)]
    return [each for each in closed if _importance_levels(each) == _importance_levels(first)]


def _again(people, kinds, lenses, told, levels):
    """Of each item what was said in the last vote that asked about it; `told` begins with the place of the vote."""
    last = {}
    for n, _person, item, *_said in told:
        last[item] = max(n, last.get(item, 0))
    items = sorted((item, kinds[item]) for item in last if item in kinds)
    if not items:
        return None
    rows = [
        (person, item, answer, False, importance, *[None] * (len(SAID) - 1))
        for n, person, item, answer, importance in told
        if item in kinds and n == last[item]
    ]
    scales = dict.fromkeys(POINTS) | {"importance": levels}
    return _answers(people, items, lenses, ({}, []), rows, scales)


def from_file(file, *rounds):
    """The answers of rounds of a workshop file (workshops.files.workshop_file)."""
    people = sorted((person.key, person.role) for person in file.people)
    items = sorted((item.key, item.kind) for item in file.items)
    lenses = {role.key: role.lens for role in file.team.roles}
    statements = {
        said.key: linked.Wrote(said.person, said.kind, said.item) for said in file.statements if not said.draft
    }
    drawn = [_drawn(link, statements) for link in file.links]
    ratings = (
        (said.person, said.item, said.answer, said.star, *(getattr(said, name) for name in SAID))
        for each in rounds
        for said in each.ratings
        if not said.late
    )
    scales = {name: getattr(rounds[0].scales, name) for name in POINTS}
    return _answers(people, items, lenses, (statements, drawn), ratings, scales)


def _drawn(link, statements):
    """A link of a file, whose ends are keys of statements or of items."""
    ends = [(end, None) if end in statements else (None, end) for end in (link.from_, link.to)]
    return linked.Drawn(link.person, link.kind, *ends[0], *ends[1], link.drawn)


def _answers(people, items, lenses, written, ratings, scales):
    statements, drawn = written
    shape = (len(people), len(items))
    row = {key: n for n, (key, _) in enumerate(people)}
    column = {key: n for n, (key, _) in enumerate(items)}
    points = {name: np.full(shape, np.nan) for name in SAID}
    flags = {name: np.zeros(shape, dtype=bool) for name in ("asked", "unknown", "not_real", "star", "own")}
    for said in statements.values():
        if said.item in column:
            flags["own"][row[said.person], column[said.item]] = True
    for person, item, answer, star, *said in ratings:
        cell = row[person], column[item]
        flags["asked"][cell] = True
        flags["star"][cell] = star
        if answer in flags and answer != "asked":
            flags[answer][cell] = True
        for name, value in zip(SAID, said, strict=True):
            if value is not None:
                points[name][cell] = value
    return Answers(
        people=[key for key, _ in people],
        roles=[role for _, role in people],
        lenses=lenses,
        items=[key for key, _ in items],
        kinds=[kind for _, kind in items],
        importance=points["importance"],
        levels=scales["importance"],
        **_asked_beside("evidence", points, scales),
        **_asked_beside("same_meaning", points, scales),
        **_asked_beside("satisfaction", points, scales),
        expected=points["expected"],
        links=linked.links_of(drawn, statements, [key for key, _ in people], list(column)),
        **flags,
    )


def _asked_beside(name, points, scales):
    """A further question with its scale, where the round asked it."""
    return {name: points[name], f"{name}_levels": scales[name]} if scales[name] is not None else {}


def round_to_analyse(rounds):
    """The rate round whose answers count, of rows or of a file's rounds: the first that is closed.

    Raises
    ------
    NothingToAnalyse
        If none is closed, or it did not ask for importance.
    """
    rated = [each for each in rounds if each.kind == Round.Kind.RATE and _is_closed(each)]
    if not rated:
        raise NothingToAnalyse("no rating round is closed yet")
    if _importance_levels(rated[0]) is None:
        raise NothingToAnalyse("the rating round did not ask for importance")
    return rated[0]


def rounds_to_analyse(rounds):
    """The rate rounds whose answers count together, of rows or of a file's rounds; the first one first.

    Beside `round_to_analyse` those that asked about items which were added later, in rounds of their own.

    Raises
    ------
    NothingToAnalyse
    """
    round_to_analyse(rounds)
    return together([each for each in rounds if each.kind == Round.Kind.RATE and _is_closed(each)])


def together(closed):
    """Of closed rate rounds the first, and those that asked on its scales and about none of the items before.

    One that asks about an item again is no part of the first answers: it is compared with them.
    """
    found = closed[:1]
    known = _named_items(found[0]) if len(closed) > 1 else None
    for each in closed[1:]:
        added = _named_items(each)
        if known is not None and added is not None and not known & added and _scales(each) == _scales(found[0]):
            found.append(each)
            known |= added
    return found


def _named_items(each):
    """What a round asks about; None where it asks about all."""
    if isinstance(each, Round):
        return None if each.asks_all_items else set(each.asked_items.values_list("item_id", flat=True))
    return None if each.items is None else set(each.items)


def _scales(each):
    if isinstance(each, Round):
        return [getattr(each, f"{name}_levels") for name in POINTS]
    return [getattr(each.scales, name) for name in POINTS]


def _is_closed(each):
    return each.closed_at is not None if isinstance(each, Round) else each.closed


def _importance_levels(each):
    return each.importance_levels if isinstance(each, Round) else each.scales.importance


def digest(given, limits, again=None, texts=""):
    """SHA-256 of what goes into the engine, as hex: the same answers give the same digest, whatever their order.

    `texts` is a digest of what people wrote, where texts are compared too.
    """
    if again is not None or texts:
        parts = digest(given, limits), digest(again, limits) if again is not None else "", texts
        return hashlib.sha256(" ".join(parts).encode()).hexdigest()
    ordered = given.in_key_order()
    words = [
        ordered.people,
        ordered.roles,
        sorted(ordered.lenses.items()),
        ordered.items,
        ordered.kinds,
        ordered.levels,
        ordered.evidence_levels,
        ordered.same_meaning_levels,
        ordered.satisfaction_levels,
        ordered.links and ordered.links.keys,
        asdict(limits),
    ]
    hashed = hashlib.sha256(json.dumps(words, ensure_ascii=False).encode())
    drawn = ordered.links and ordered.links.drawn
    for points in (*(getattr(ordered, name) for name in SAID), drawn):
        if points is not None:
            hashed.update(np.nan_to_num(points, nan=-1).astype("<f8").tobytes())
    for flags in (ordered.asked, ordered.unknown, ordered.not_real, ordered.star, ordered.own):
        hashed.update(np.packbits(flags).tobytes())
    return hashed.hexdigest()
