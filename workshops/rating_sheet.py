"""What the rating pages show of one participant: which items in which order, what they said, how far they are."""

import copy
import math
import random
from dataclasses import dataclass
from functools import cached_property

from . import pace, rating_round
from .models import Item, Link, Rating, Round, RoundItem, Sitting, Statement
from .models.item import Kind
from .rating_words import SAME_WORDS
from .writing_words import EVIDENCE_WORDS

WORST_PAINS = 3
EXPECTED_COMMON, EXPECTED_OTHERS = 5, 3
TYPED = ("satisfaction", "evidence", "same_meaning", "expected")
Answer = Rating.Answer


@dataclass
class Card:
    """One item on a page of one part, with what this person said of it."""

    item: Item
    rating: Rating
    is_own: bool
    is_done: bool = False
    links: dict | None = None
    errors: tuple = ()
    is_current: bool = False
    round: Round | None = None

    @property
    def says(self):
        """The chosen answer as the form has it."""
        return str(self.rating.importance or "") if self.is_rated else _or_nothing(self.rating.answer)

    @property
    def is_rated(self):
        return self.rating.answer == Answer.RATED

    @property
    def levels(self):
        """Points of importance, as the form has them."""
        return [str(n) for n in range(1, self.round.importance_levels + 1)]

    @property
    def levels_served(self):
        """The same of how well served they are."""
        return [str(n) for n in range(1, self.round.satisfaction_levels + 1)]

    @property
    def closer(self):
        """What is asked more closely: what the round asks, on scales that we have words for, as far as it was rated."""
        asked = {
            "same_meaning": self.round.same_meaning_levels == len(SAME_WORDS),
            "satisfaction": self.round.satisfaction_levels is not None and self.is_rated,
            "evidence": self.round.evidence_levels == len(EVIDENCE_WORDS) and self.is_rated,
        }
        return [name for name, is_asked in asked.items() if is_asked]

    def show_typed(self, form):
        """Show what was sent and not taken, instead of what is kept."""
        self.rating = copy.copy(self.rating)
        for name in TYPED:
            if name in form:
                setattr(self.rating, name, form[name])
        if says := form.get("says"):
            is_rated = says.isdecimal()
            self.rating.answer, self.rating.importance = (Answer.RATED, says) if is_rated else (says, None)
            self.rating.star = "star" in form

    @property
    def goals(self):
        """Ids of the goals that this pain blocks."""
        return {pk for pk, drawn in (self.links or {}).items() if drawn}

    @property
    def blocks_none(self):
        """Whether it was asked, and blocks none of them."""
        return bool(self.links) and not self.goals


@dataclass(frozen=True)
class Part:
    """One part of rating: how much of it is done."""

    name: str
    done: int
    of: int

    @property
    def left(self):
        return self.of - self.done


class Sheet:
    """Everything that somebody is asked to rate, in as many queries for a hundred items as for three."""

    def __init__(self, workshop, participant):
        self.workshop = workshop
        self.participant = participant

    @cached_property
    def rounds(self):
        """Ratings that are open and ask this person, the first one first."""
        return list(rating_round.open_to(self.workshop.pk, self.participant.pk))

    @cached_property
    def items(self):
        """Items that are asked about, in this person's order: kinds together, shuffled, own ones not first.

        Each round is shuffled by itself: what is added later moves nothing.
        """
        named = {row.item_id: row.round_id for row in RoundItem.objects.filter(round__in=self.rounds)}
        rounds = {round_.pk: round_ for round_ in self.rounds}
        of_all = next((round_.pk for round_ in self.rounds if round_.asks_all_items), None)
        asked = {}
        for item in self.workshop.items.order_by("key"):
            if (round_ := named.get(item.pk, of_all)) is not None:
                asked[item] = rounds[round_]
        self._round_of = {item.pk: round_ for item, round_ in asked.items()}
        return [item for kind in Kind.values for item in self._in_order([i for i in asked if i.kind == kind])]

    def _in_order(self, of_kind):
        items = []
        for round_ in self.rounds:
            of_round = [item for item in of_kind if self._round_of[item.pk] is round_]
            self._dice(round_, "order").shuffle(of_round)
            items += of_round
        first_of_others = next((item for item in items if item.pk not in self.own), None)
        if first_of_others is not None and items[0].pk in self.own:
            items.remove(first_of_others)
            items.insert(0, first_of_others)
        return items

    def _dice(self, round_, what):
        return random.Random(f"{round_.seed} {self.participant.public_id} {what}")  # noqa: S311  an order, no secret

    @cached_property
    def own(self):
        """Ids of the items that hold a statement of this person."""
        mine = Statement.objects.filter(participant=self.participant, item__isnull=False, draft=False)
        return set(mine.values_list("item_id", flat=True))

    @cached_property
    def ratings(self):
        """What this person said, by the item's id."""
        rows = Rating.objects.filter(participant=self.participant, round__in=self.rounds)
        return {row.item_id: row for row in rows}

    @cached_property
    def _links(self):
        rows = Link.objects.filter(participant=self.participant, kind=Link.Kind.BLOCKS, from_item__isnull=False)
        found = {}
        for pain, goal, drawn in rows.values_list("from_item_id", "to_item_id", "drawn"):
            found.setdefault(pain, {})[goal] = drawn
        return found

    def rating_of(self, item):
        """What this person said of the item, or a row of version 0."""
        return self.ratings.get(item.pk) or Rating(answer=Answer.ASKED, version=0, item=item)

    def _card(self, item, is_done, links=None):
        return Card(item, self.rating_of(item), item.pk in self.own, is_done, links, round=self._round_of[item.pk])

    # -- the parts -------------------------------------------------------------------------------------------------
    @cached_property
    def cards(self):
        """How much each item matters."""
        return [self._card(item, self.rating_of(item).answer != Answer.ASKED) for item in self.items]

    @cached_property
    def more(self):
        """The common items and one's own stars, as far as there is anything more to ask about them."""
        common = self._common
        chosen = [item for item in self.items if item.key in common or self.rating_of(item).star]
        chosen = [item for item in chosen if self.rating_of(item).answer == Answer.RATED or item.pk in self.own]
        cards = [self._card(item, is_done=False) for item in chosen]
        for card in cards:
            card.is_done = all(getattr(card.rating, name) is not None for name in card.closer)
        return [card for card in cards if card.closer]

    @cached_property
    def _common(self):
        return {key for round_ in self.rounds for key in round_.common}

    @cached_property
    def goals(self):
        """Goals that are asked about, as titles to choose from."""
        return [item for item in self.items if item.kind == Kind.GOAL]

    @cached_property
    def blocks(self):
        """The pains that hurt most in this person's eyes, if there are goals that they could block."""
        rated = [item for item in self.items if item.kind == Kind.PAIN and self.rating_of(item).importance]
        rated.sort(key=lambda item: (-self.rating_of(item).importance, not self.rating_of(item).star))
        worst = rated[:WORST_PAINS] if self.goals else []
        return [self._card(item, item.pk in self._links, self._links.get(item.pk)) for item in worst]

    @cached_property
    def expected(self):
        """What one guesses of the team: some common items, and some others that chance dealt to this person."""
        dealt = []
        for round_ in self.rounds:
            asked = [item for item in self.items if self._round_of[item.pk] is round_]
            common = [item for item in asked if item.key in round_.common]
            others = [item for item in asked if item.key not in round_.common]
            dealt += self._dealt(round_, common, EXPECTED_COMMON, "common")
            dealt += self._dealt(round_, others, EXPECTED_OTHERS, "others")
        return [self._card(item, self.rating_of(item).expected is not None) for item in dealt]

    def _dealt(self, round_, items, count, what):
        by_key = sorted(items, key=lambda item: item.key)
        return self._dice(round_, what).sample(by_key, min(count, len(by_key)))

    # -- how far ---------------------------------------------------------------------------------------------------
    @cached_property
    def parts(self):
        """Every part with how much of it is done, in the order in which they are asked."""
        pages = {"rate": self.cards, "rate-more": self.more, "rate-blocks": self.blocks, "rate-expected": self.expected}
        return [Part(name, sum(card.is_done for card in cards), len(cards)) for name, cards in pages.items()]

    @property
    def left(self):
        """How many answers are still asked for."""
        return sum(part.left for part in self.parts)

    @property
    def has_begun(self):
        """Whether there is any answer yet."""
        return any(part.done for part in self.parts)

    @property
    def is_in(self):
        """Whether this person is through, with every answer or without some."""
        return self.is_done or self.has_finished

    @property
    def is_done(self):
        """Whether everything that is asked has an answer."""
        return bool(self.items) and not self.left

    @cached_property
    def minutes_left(self):
        """How long what is left takes, from measured medians or, before there are any, as planned."""
        return math.ceil(sum(part.left * self.seconds_each(part.name) for part in self.parts) / 60)

    def seconds_each(self, name):
        """How long one answer of this part takes."""
        return self._pace[0][pace.Part.RATE if name == "rate" else pace.Part.FOLLOW_UP]

    @property
    def is_measured(self):
        """Whether no plan of ours is in the time that is left."""
        return self._pace[1]

    @cached_property
    def _pace(self):
        return pace.medians([pace.Part.RATE, pace.Part.FOLLOW_UP])

    @cached_property
    def has_finished(self):
        """Whether this person has come to the end of every open rating once."""
        ended = Sitting.objects.filter(round__in=self.rounds, participant=self.participant, finished_at__isnull=False)
        return bool(self.rounds) and ended.count() == len(self.rounds)

    @property
    def first_unfinished(self):
        """The name of the page where to go on."""
        return next((part.name for part in self.parts if part.left), "rate-done" if self.items else "rate")

    def after(self, name):
        """The name of the page that follows this part, leaving out those that ask nothing."""
        return next((part.name for part in self._rest(name) if part.of), "rate-done")

    def following(self, name):
        """The name of the page that may follow: what it asks can depend on answers that are still to come."""
        return next((part.name for part in self._rest(name)), "rate-done")

    def _rest(self, name):
        names = [part.name for part in self.parts]
        return self.parts[names.index(name) + 1 :]


def _or_nothing(answer):
    return "" if answer == Answer.ASKED else answer
