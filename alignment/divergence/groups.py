"""Which groups of people the rules about roles run on."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .answers import NO_LENS, Answers
from .arrays import Flags
from .thresholds import Thresholds

type Grouping = Literal["role", "lens"]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A role, or the people of a lens together."""

    key: str
    grouping: Grouping
    members: Flags  # (people,)


def groups_of(answers: Answers, *, thresholds: Thresholds) -> tuple[Group, ...]:
    """Roles that are large enough, then lenses that speak for roles that are not.

    A role needs two people who answered. A role with fewer is heard through its lens: everybody in that lens, when
    that is two people or more, the lens is not "none", and the same people are not already a role.
    Sorted by key, roles before lenses.
    """
    roles = _members(answers, list(answers.roles))
    lenses = _members(answers, [answers.lenses[role] for role in answers.roles])
    large = {key: who for key, who in roles.items() if np.count_nonzero(who) >= thresholds.min_group}
    heard = [Group(key, "role", who) for key, who in large.items()]
    speaks_for_small = {answers.lenses[key] for key in roles if key not in large} - {NO_LENS}
    for key, who in lenses.items():
        is_a_role = any(np.array_equal(who, members) for members in large.values())
        if key in speaks_for_small and np.count_nonzero(who) >= thresholds.min_group and not is_a_role:
            heard.append(Group(key, "lens", who))
    return tuple(heard)


def noise_cells(answers: Answers, *, thresholds: Thresholds) -> tuple[Flags, ...]:
    """Split the people into cells of kin: the spread inside a cell is taken for noise.

    A cell is a role with two people or more. The people of smaller roles stand with others like them in their lens.
    """
    roles = _members(answers, list(answers.roles))
    cell_of = {key: f"role {key}" for key in roles}
    for key, who in roles.items():
        if np.count_nonzero(who) < thresholds.min_group and answers.lenses[key] != NO_LENS:
            cell_of[key] = f"lens {answers.lenses[key]}"
    return tuple(_members(answers, [cell_of[role] for role in answers.roles]).values())


def _members(answers: Answers, keys: list[str]) -> dict[str, Flags]:
    """Who of the people that answered anything stands under each key; keys sorted."""
    active = answers.answered.any(axis=1)
    named = np.array(keys, dtype=object)
    return {key: np.asarray(named == key, dtype=np.bool_) & active for key in sorted(set(keys))}
