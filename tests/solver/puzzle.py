"""One question on one item as a reader's knowledge: every published fact is an equation or an inequality.

People whom nothing published tells apart are one part: those of a role, but for the reader, who knows their own
answers, and whoever withdrew between two moments at which the reader looked. The unknowns are how many of each part
gave which answer.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .workshops import LENSES, LEVELS

STATES = ("unknown", "not_real", "asked", "none")
WROTE = ("wrote rated", "wrote unknown", "wrote not_real", "wrote asked", "wrote none")
POINTS = {"importance": range(1, LEVELS + 1), "evidence": range(4), "same_meaning": range(3)}
ANSWERED = ("unknown", "not_real")
EXACT = 1e-7


@dataclass(frozen=True)
class Seen:
    """What a reader saw at one moment, and who was counted then."""

    facts: frozenset
    people: frozenset


class Puzzle:
    """What one reader knows about one question on one item."""

    def __init__(self, made, reader, moments, item, dim):
        self.made, self.reader, self.moments, self.item, self.dim = made, reader, moments, item, dim
        self.levels = list(POINTS[dim])
        self.columns = [*self.levels, *STATES, *WROTE] if dim == "importance" else [*self.levels, "none"]
        self.rows, self.low, self.high, self.known = [], [], [], []
        self._say_what_must_be()
        for moment in moments:
            for fact in moment.facts:
                if fact.dim == dim and fact.item in ("", item):
                    self._understand(fact, moment)

    # -- who -----------------------------------------------------------------------------------------------------------
    @cached_property
    def parts(self):
        """People by what tells them apart: (role, mark), where the mark is who stands alone."""
        found = {}
        everywhere = frozenset.intersection(*(moment.people for moment in self.moments))
        for key, person in self.made.people.items():
            alone = key if key == self.reader.you or key not in everywhere else ""
            found.setdefault((person.role, alone), []).append(key)
        return {part: frozenset(keys) for part, keys in sorted(found.items())}

    @cached_property
    def names(self):
        """The parts in their order."""
        return list(self.parts)

    def is_you(self, part):
        return bool(part[1]) and part[1] == self.reader.you

    def _in(self, group, moment, *, without_you=False):
        """The parts of a published group at a moment."""
        kind, _, key = group.partition(":")
        return [
            part
            for part in self.names
            if (not kind or key == (part[0] if kind == "role" else LENSES[part[0]]))
            and self.parts[part] <= moment.people
            and not (without_you and self.is_you(part))
        ]

    # -- what is true --------------------------------------------------------------------------------------------------
    @cached_property
    def truth(self):
        """The unknowns as they are, to check that every fact was read rightly, and to begin from."""
        vector = np.zeros(len(self.names) * len(self.columns))
        for part, keys in self.parts.items():
            for key in keys:
                for column in self._said(self.made.people[key].answers[self.item]):
                    vector[self.at(part, column)] += 1
        return vector

    def _said(self, answer):
        if self.dim != "importance":
            value = getattr(answer, self.dim)
            return ["none" if value is None else value]
        said = [answer.importance if answer.state == "rated" else answer.state]
        return [*said, f"wrote {answer.state}"] if answer.wrote else said

    def at(self, part, column):
        return self.names.index(part) * len(self.columns) + self.columns.index(column)

    # -- facts as equations --------------------------------------------------------------------------------------------
    def _row(self, terms, low, high):
        """Low <= the sum of `terms`, (part, column, factor), <= high."""
        row = np.zeros(len(self.names) * len(self.columns))
        for part, column, factor in terms:
            row[self.at(part, column)] += factor
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def _sum(self, parts, columns, low, high=None):
        terms = [(part, column, 1) for part in parts for column in columns]
        self._row(terms, low, low if high is None else high)

    def _say_what_must_be(self):
        places = [column for column in self.columns if column not in WROTE]
        for part, keys in self.parts.items():
            self._sum([part], places, len(keys))
            if self.is_you(part):
                for column in self.columns:
                    self._sum([part], [column], self.truth[self.at(part, column)])
            if self.dim == "importance":
                self._row([(part, "wrote rated", 1), *((part, level, -1) for level in self.levels)], -np.inf, 0)
                for state in STATES:
                    self._row([(part, f"wrote {state}", 1), (part, state, -1)], -np.inf, 0)

    def _understand(self, fact, moment):
        parts = self._in(fact.group, moment, without_you=fact.without_you)
        getattr(self, f"_{fact.kind.replace(' ', '_')}")(parts, fact.values, moment)

    def _counts(self, parts, values, moment):
        told = dict(values)
        for column in self.columns:
            if column in WROTE or column == "none":
                continue
            self._sum(parts, [column], told.get(column, 0))
        self.known.append(frozenset(parts))

    def _mean(self, parts, values, moment):
        low, high = values
        self._row([(part, level, level - low) for part in parts for level in self.levels], 0, np.inf)
        self._row([(part, level, level - high) for part in parts for level in self.levels], -np.inf, 0)
        self._sum(parts, self.levels, 1, np.inf)
        if high - low < 0.2:
            self.known.append(frozenset(parts))

    def _met(self, parts, values, moment):
        n = Counter(dict(values))
        held = [*self.levels, "wrote unknown", "wrote asked"]
        self._sum(parts, held, n["unprompted"] + n["recognised"])
        self._sum(parts, ["not_real"], n["not_real"] + n["withdrew"])
        for state, written in (("unknown", "new"), ("asked", "no_answer")):
            terms = [(part, column, sign) for part in parts for column, sign in ((state, 1), (f"wrote {state}", -1))]
            self._row(terms, n[written], n[written])
        if n["unprompted"]:
            self._sum(parts, ["wrote rated", "wrote unknown", "wrote asked"], n["unprompted"])
        if n["withdrew"]:
            self._sum(parts, ["wrote not_real"], n["withdrew"])

    def _nobody(self, parts, values, moment):
        self._sum(parts, [*self.levels, "unknown", "not_real", "asked"], 0)

    def _no_raters(self, parts, values, moment):
        self._sum(parts, self.levels, 0)

    def _turnout(self, parts, values, moment):
        self._sum(parts, [*self.levels, *ANSWERED], 0, values[0])

    def _holds(self, parts, values, moment):
        held = [*self.levels, *(f"wrote {state}" for state in STATES)]
        asked = [*self.levels, *ANSWERED, "wrote asked", "wrote none"]
        terms = [(part, column, 2) for part in parts for column in held]
        terms += [(part, column, -1) for part in parts for column in asked]
        self._row(terms, 0 if values[0] else -np.inf, np.inf if values[0] else -1)

    def _levels(self, parts, values, moment):
        levels, n = values
        self._sum(parts, levels, n)

    def _blind(self, parts, values, moment):
        n, holders, others, other_holders = values
        rest = [part for part in self._in("", moment) if part not in parts]
        for side, people, held in ((parts, n, holders), (rest, others, other_holders)):
            self._sum(side, [*self.levels, *ANSWERED], people)
            self._sum(side, [*self.levels, "wrote unknown", "wrote not_real"], held)

    def _gap(self, parts, values, moment):
        """The group's mean less that of the rest; linear for an attacker who knows how many rated, which is given."""
        sides = parts, [part for part in self._in("", moment) if part not in parts]
        raters = [sum(self.rated(part).sum() for part in side) for side in sides]
        terms = [
            (part, level, sign * level / n)
            for side, sign, n in zip(sides, (1, -1), raters, strict=True)
            for part in side
            for level in self.levels
        ]
        self._row(terms, *values)
        for side, n in zip(sides, raters, strict=True):
            self._sum(side, self.levels, n)

    @cached_property
    def matrix(self):
        """All facts: the matrix with its lower and upper ends."""
        matrix, low, high = np.array(self.rows), np.array(self.low), np.array(self.high)
        values = matrix @ self.truth
        wrong = (values < low - EXACT) | (values > high + EXACT)
        assert not wrong.any(), f"{self.reader.name}, {self.item}, {self.dim}: misread, {np.flatnonzero(wrong)}"
        return matrix, low, high

    def rated(self, part):
        at = self.at(part, self.levels[0])
        return self.truth[at : at + len(self.levels)]

    @cached_property
    def others(self):
        """Parts of others who gave a rating."""
        return [part for part in self.names if not self.is_you(part) and self.rated(part).any()]
