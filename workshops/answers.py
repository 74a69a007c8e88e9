"""Answers as the engine wants them, from a workshop's rows or straight from a workshop file."""

import hashlib
import json
from dataclasses import asdict

import numpy as np

from alignment.divergence import Answers

from .models import Rating, Round

POINTS = ("importance", "evidence", "same_meaning")


class NothingToAnalyse(Exception):
    """Why there are no answers to compute on, in words for people."""


def from_rows(round_):
    """The answers of a stored round.

    Five queries, however many people and items there are.
    """
    workshop = round_.workshop
    people = list(workshop.participants.order_by("key").values_list("key", "role__key"))
    items = list(workshop.items.order_by("key").values_list("key", "kind"))
    lenses = dict(workshop.team.roles.values_list("key", "lens"))
    own = workshop.statements.filter(item__isnull=False, draft=False).values_list("participant__key", "item__key")
    ratings = Rating.objects.filter(round=round_, late=False).values_list(
        "participant__key", "item__key", "answer", "star", *POINTS
    )
    scales = {name: getattr(round_, f"{name}_levels") for name in POINTS}
    return _answers(people, items, lenses, own, ratings.iterator(chunk_size=5000), scales)


def from_file(file, round_):
    """The answers of one round of a workshop file (workshops.files.workshop_file)."""
    people = sorted((person.key, person.role) for person in file.people)
    items = sorted((item.key, item.kind) for item in file.items)
    lenses = {role.key: role.lens for role in file.team.roles}
    own = [(said.person, said.item) for said in file.statements if said.item is not None and not said.draft]
    ratings = (
        (said.person, said.item, said.answer, said.star, *(getattr(said, name) for name in POINTS))
        for said in round_.ratings
        if not said.late
    )
    scales = {name: getattr(round_.scales, name) for name in POINTS}
    return _answers(people, items, lenses, own, ratings, scales)


def _answers(people, items, lenses, own, ratings, scales):
    shape = (len(people), len(items))
    row = {key: n for n, (key, _) in enumerate(people)}
    column = {key: n for n, (key, _) in enumerate(items)}
    points = {name: np.full(shape, np.nan) for name in POINTS}
    flags = {name: np.zeros(shape, dtype=bool) for name in ("asked", "unknown", "not_real", "star", "own")}
    for person, item in own:
        flags["own"][row[person], column[item]] = True
    for person, item, answer, star, *said in ratings:
        cell = row[person], column[item]
        flags["asked"][cell] = True
        flags["star"][cell] = star
        if answer in flags and answer != "asked":
            flags[answer][cell] = True
        for name, value in zip(POINTS, said, strict=True):
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


def _is_closed(each):
    return each.closed_at is not None if isinstance(each, Round) else each.closed


def _importance_levels(each):
    return each.importance_levels if isinstance(each, Round) else each.scales.importance


def digest(answers, limits):
    """SHA-256 of what goes into the engine, as hex: the same answers give the same digest, whatever their order."""
    ordered = answers.in_key_order()
    words = [
        ordered.people,
        ordered.roles,
        sorted(ordered.lenses.items()),
        ordered.items,
        ordered.kinds,
        ordered.levels,
        ordered.evidence_levels,
        ordered.same_meaning_levels,
        asdict(limits),
    ]
    hashed = hashlib.sha256(json.dumps(words, ensure_ascii=False).encode())
    for points in (ordered.importance, ordered.evidence, ordered.same_meaning):
        if points is not None:
            hashed.update(np.nan_to_num(points, nan=-1).astype("<f8").tobytes())
    for flags in (ordered.asked, ordered.unknown, ordered.not_real, ordered.star, ordered.own):
        hashed.update(np.packbits(flags).tobytes())
    return hashed.hexdigest()
