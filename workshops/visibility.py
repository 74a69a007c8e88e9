"""Who may see what of whom: what each candour mode shows once the answers are in.

| | open | roles | team |
|---|---|---|---|
| one person's answer, their name | after the reveal | no | no |
| "one answer stands apart" | with the name | without name and value | no |
| a role or lens | any size | k or more answering, and 0 or k and more beside those shown | no |
| the whole distribution | a mark per person | bars, from k people on | bars, from 5 people on |
| statements | with author | without author, in an order that does not tell | as in roles |
| the facilitator before the reveal | as in roles, and a role of one is a name | as in roles | as in team |

In *open*, members of the team who do not take part see what *roles* shows.

k counts answers without the viewer's own, so that nobody gains by subtracting themselves. Which roles are told apart is
decided once for a workshop. Where on one item fewer than k of a role answered, that role is left out there, and with it
another one until what is left out is k people too: else the missing figure could be worked out from the rest.

Where all of a role who rated an item gave the same answer, its mean would be the answer of each of them. So such a role
is left out there as well, and what is left out together must be answers of more than one kind. Only where everybody
gave the same answer is nothing gained by that: the whole distribution says it.

Whoever takes back what they said, after figures of it were shown, would stand alone in the difference between these and
new ones. So from then on nothing is shown without names.
"""

from dataclasses import dataclass
from functools import cached_property, reduce
from typing import NamedTuple

from .models import Workshop

Candour = Workshop.Candour
ROLES_LEAST, TEAM_LEAST = 3, 5
PERSONAL = ("lone_voice",)  # findings about one person
# What may be told without names. Others count people by two answers at once, or by answers that nobody is shown: they
# would tell more than the figures that stand beside them.
UNNAMED = (
    "split",
    "scattered",
    "role_gap",
    "blind_spot",
    "untested",
    "contested",
    "superficial",
    "definition",
    "consensus",
)
PEOPLE = ("raters", "answered", "evidence_answers")  # how many people a finding about everybody rests on
SIDES = {"role_gap": ("raters", "raters_rest"), "blind_spot": ("group", "others")}  # people on either side of a finding


@dataclass(frozen=True)
class Turnout:
    """How many people of one role were asked and answered; `yours`: the viewer is one of those who answered."""

    key: str
    lens: str
    asked: int
    answered: int
    yours: bool = False


class Said(NamedTuple):
    """Answers on a scale, added up: how many, their sum, and the sum of their squares."""

    people: int = 0
    total: int = 0
    squares: int = 0

    @classmethod
    def of(cls, counts):
        """People at each level, lowest first."""
        levels = list(enumerate(counts, start=1))
        return cls(sum(counts), sum(level * n for level, n in levels), sum(level * level * n for level, n in levels))

    def plus(self, other):
        """Both together."""
        return Said(*(one + another for one, another in zip(self, other, strict=True)))

    def without(self, level):
        """All but one, who answered `level`; all for None."""
        return self if level is None else Said(self.people - 1, self.total - level, self.squares - level * level)

    @property
    def is_alike(self):
        """Whether somebody answered, and all gave the same answer."""
        return self.people > 0 and self.people * self.squares == self.total * self.total


class Sight:
    """What one viewer sees of one workshop's results.

    Parameters
    ----------
    workshop : Workshop
    turnout : sequence of Turnout
        One for each role that takes part.
    takes_part : bool
        Whether the viewer is a participant.
    may_prepare : bool
        Whether the viewer facilitates, and so sees results before the reveal, once one of them has asked for them.
    """

    def __init__(self, workshop, turnout, *, takes_part=False, may_prepare=False):
        self.workshop = workshop
        self.turnout = list(turnout)
        self.takes_part = takes_part
        self.may_prepare = may_prepare

    @property
    def mode(self):
        """The candour mode whose row of the table holds for this viewer now."""
        is_audience = self.workshop.is_revealed and (self.takes_part or self.may_prepare)
        if self.workshop.candour == Candour.OPEN and not is_audience:
            return Candour.ROLES
        return self.workshop.candour

    @property
    def anything(self):
        """Whether there are results for this viewer at all."""
        shown = self.workshop.is_revealed or (self.may_prepare and self.workshop.prepared_at is not None)
        return shown and not self.would_tell_who_withdrew

    @property
    def would_tell_who_withdrew(self):
        """Whether figures would tell, beside those shown before, the answers that somebody took back meanwhile."""
        return self.workshop.withdrawn_at is not None and not self.names

    @property
    def names(self):
        """Whether people stand behind their answers by name."""
        return self.mode == Candour.OPEN

    @property
    def least(self):
        """People whose answers a figure must rest on, the viewer not counted."""
        return 1 if self.names else max(self.workshop.k, TEAM_LEAST if self.mode == Candour.TEAM else ROLES_LEAST)

    @cached_property
    def grouping(self):
        """How people may be told apart: by "role", else by "lens", else not at all: ""."""
        if self.mode == Candour.TEAM:
            return ""
        return next((grouping for grouping in ("role", "lens") if self.large_enough(self._turnout_by(grouping))), "")

    @cached_property
    def groups(self):
        """Keys of the roles, or of the lenses, that may be told apart."""
        return self.large_enough(self._turnout_by(self.grouping)) if self.grouping else frozenset()

    def shows_group(self, grouping, key):
        """Whether this role or lens may be told apart at all."""
        return self.names or (grouping == self.grouping and key in self.groups)

    def large_enough(self, counts, beside=0):
        """Keys of the groups that may be shown: each large enough, and all that is not shown none or enough together.

        `counts` has the people who answered by group, without the viewer; `beside` counts those in no group.
        """
        if self.names:
            return frozenset(counts)
        shown = {key for key, n in counts.items() if n >= self.least}
        while shown and 0 < beside + sum(n for key, n in counts.items() if key not in shown) < self.least:
            shown.remove(min(shown, key=lambda key: (counts[key], key)))
        return frozenset(shown)

    def groups_on(self, counts, *, yours):
        """Which of `groups` may be shown on one item, on which `counts` people answered by group.

        `yours` tells whether the viewer is one of them.
        """
        if self.names:
            return self.groups
        others = {key: n - (yours and key == self._own_group) for key, n in counts.items()}
        beside = sum(n for key, n in others.items() if key not in self.groups)
        return self.large_enough({key: n for key, n in others.items() if key in self.groups}, beside)

    def groups_apart(self, said, own):
        """Which of `groups` may be shown by what they answered on one item.

        Parameters
        ----------
        said : mapping of group to Said
            Everybody's answers.
        own : int or None
            The viewer's answer among them.
        """
        if self.names:
            return self.groups
        others = {key: each.without(own if key == self._own_group else None) for key, each in said.items()}
        alike = {key for key, each in others.items() if each.is_alike}
        if _together(others.values()).is_alike:
            alike = set()
        told = {key: each.people for key, each in others.items() if key in self.groups and key not in alike}
        shown = self.large_enough(told, sum(each.people for key, each in others.items() if key not in told))
        if alike and _together(each for key, each in others.items() if key not in shown).is_alike:
            shown -= {min(shown, key=lambda key: (told[key], key))}
        return shown

    def shows_whole(self, answered):
        """Whether figures of everybody may be shown, for so many people who answered, the viewer among them."""
        return self.names or answered - self.takes_part >= self.least

    def shows_finding(self, finding, told=None):
        """Whether a finding may be told to this viewer; `told` are the groups told apart on its item."""
        if self.names:
            return True
        if finding.kind in PERSONAL:
            return self.mode != Candour.TEAM
        if finding.kind not in UNNAMED or finding.variant == "opportunity" or finding.statements:
            return False
        if not finding.groups:
            return self.shows_whole(min(finding.numbers[name] for name in PEOPLE if name in finding.numbers))
        sides = [finding.numbers[name] for name in SIDES[finding.kind]]
        groups = self.groups if told is None else told
        told_apart = finding.grouping == self.grouping and set(finding.groups) <= groups
        return told_apart and min(sides) - self.takes_part >= self.least

    def hides_value(self, finding):
        """Whether a finding is told without the answers behind it: they would show what one person said."""
        return finding.kind in PERSONAL and not self.names

    def _turnout_by(self, grouping):
        counts = {}
        for role in self.turnout:
            key = role.key if grouping == "role" else role.lens
            counts[key] = counts.get(key, 0) + role.answered - (role.yours and not self.names)
        return counts

    @property
    def _own_group(self):
        """The group that the viewer's own answers are counted in."""
        own = next((role for role in self.turnout if role.yours), None)
        return own and (own.key if self.grouping == "role" else own.lens)


def _together(said):
    """Answers of several groups, added up."""
    return reduce(Said.plus, said, Said())
