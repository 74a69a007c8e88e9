"""Attacks on many random workshops: the same for the suite, which tries a few, and for bench/solver.py."""

import random
from collections import Counter
from dataclasses import dataclass, field

from workshops.withdrawing import withdraw

from . import reading, workshops
from .puzzle import Seen
from .solving import Tried, attack


@dataclass
class Outcome:
    """What came of a campaign."""

    workshops: int = 0
    tried: Tried = field(default_factory=Tried)
    changed: int = 0  # workshops that were read again after somebody had withdrawn

    @property
    def found(self):
        """How often a set was recovered, by how."""
        return Counter(each.how for each in self.tried.recovered)

    @property
    def share(self):
        """Recovered sets among those tried."""
        return len(self.tried.recovered) / max(1, self.tried.sets)


def run(seed, count, *, participants=1, withdrawals=True, filters=False, between=lambda _outcome: None, **size):
    """Attack `count` workshops of a seed; what each is depends on nothing but the seed and its number."""
    outcome = Outcome()
    for number in range(count):
        dice = random.Random(f"{seed}-{number}")
        made = workshops.random_workshop(dice, **size)
        readers = workshops.readers(made, dice, participants=participants)
        outcome.tried += one(made, readers, dice, withdrawals=withdrawals and number % 2 == 0, filters=filters)
        outcome.workshops += 1
        outcome.changed += withdrawals and number % 2 == 0
        between(outcome)
    return outcome


def one(made, readers, dice, *, withdrawals, filters=False):
    """Let every reader look; in some workshops once more when somebody has withdrawn and all is computed anew."""
    everybody = frozenset(made.people)
    seen = {reader.name: Seen(reading.everything(made, reader, filters=filters), everybody) for reader in readers}
    after = everybody
    if withdrawals:
        after = _withdraw(made, readers, dice)
    tried = Tried()
    for reader in readers:
        moments = [seen[reader.name]]
        if after != everybody:
            moments.append(Seen(reading.everything(made, reader), after))
        tried += attack(made, reader, moments)
    return tried


def _withdraw(made, readers, dice):
    """Somebody who is none of the readers withdraws; gives who is left."""
    looking = {reader.you for reader in readers}
    others = [key for key in made.people if key not in looking]
    if not others:
        return frozenset(made.people)
    gone = dice.choice(others)
    person = made.workshop.participants.get(key=gone)
    withdraw(person, workshops.nobody(), leave=dice.random() < 0.5)
    workshops.compute_anew(made)
    return frozenset(made.people) - {gone}
