"""Answers as the engine wants them, from a workshop's rows or straight from a workshop file."""

import hashlib
import json

import numpy as np

from alignment.divergence import Answers

from .models import Rating, Round


class NothingToAnalyse(Exception):
    """Why there are no answers to compute on, in words for people."""


def from_rows(round_):
    """The answers of a stored round.

    Four queries, however many people and items there are.
    """
    workshop = round_.workshop
    people = list(workshop.participants.order_by("key").values_list("key", "role__key"))
    items = list(workshop.items.order_by("key").values_list("key", "kind"))
    lenses = dict(workshop.team.roles.values_list("key", "lens"))
    ratings = Rating.objects.filter(round=round_, late=False).values_list(
        "participant__key", "item__key", "answer", "importance", "star"
    )
    return _answers(people, items, lenses, ratings.iterator(chunk_size=5000), round_.importance_levels)


def from_file(file, round_):
    """The answers of one round of a workshop file (workshops.files.workshop_file)."""
    people = sorted((person.key, person.role) for person in file.people)
    items = sorted((item.key, item.kind) for item in file.items)
    lenses = {role.key: role.lens for role in file.team.roles}
    ratings = ((r.person, r.item, r.answer, r.importance, r.star) for r in round_.ratings if not r.late)
    return _answers(people, items, lenses, ratings, round_.scales.importance)


def _answers(people, items, lenses, ratings, levels):
    shape = (len(people), len(items))
    row = {key: n for n, (key, _) in enumerate(people)}
    column = {key: n for n, (key, _) in enumerate(items)}
    importance = np.full(shape, np.nan)
    flags = {name: np.zeros(shape, dtype=bool) for name in ("asked", "unknown", "not_real", "star")}
    for person, item, answer, points, star in ratings:
        cell = row[person], column[item]
        flags["asked"][cell] = True
        flags["star"][cell] = star
        if answer == Rating.Answer.RATED and points is not None:
            importance[cell] = points
        elif answer in flags:
            flags[answer][cell] = True
    return Answers(
        people=[key for key, _ in people],
        roles=[role for _, role in people],
        lenses=lenses,
        items=[key for key, _ in items],
        kinds=[kind for _, kind in items],
        importance=importance,
        levels=levels,
        **flags,
    )


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


def _is_closed(each):
    return each.closed_at is not None if isinstance(each, Round) else each.closed


def _importance_levels(each):
    return each.importance_levels if isinstance(each, Round) else each.scales.importance


def digest(answers):
    """SHA-256 of what goes into the engine, as hex: the same answers give the same digest, whatever their order."""
    ordered = answers.in_key_order()
    words = [
        ordered.people,
        ordered.roles,
        sorted(ordered.lenses.items()),
        ordered.items,
        ordered.kinds,
        ordered.levels,
    ]
    hashed = hashlib.sha256(json.dumps(words, ensure_ascii=False).encode())
    hashed.update(np.nan_to_num(ordered.importance, nan=0).astype("<f8").tobytes())
    for flags in (ordered.asked, ordered.unknown, ordered.not_real, ordered.star):
        hashed.update(np.packbits(flags).tobytes())
    return hashed.hexdigest()
