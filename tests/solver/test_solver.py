"""Nobody works out what fewer than k people answered, from all that is published; python -m bench.solver tries 300."""

import random
from functools import partial
from unittest import mock

import pytest

from workshops import visibility
from workshops.visibility import Said, Sight

from . import campaign, facts, puzzle, reading, solving, workshops

pytestmark = pytest.mark.django_db
SEED = 20261122
small = partial(campaign.run, people=(3, 14), items=(2, 3))


def test_nobody_works_out_what_fewer_than_k_people_answered():
    outcome = small(SEED, 12)

    assert outcome.tried.sets > 500
    assert outcome.changed == 6
    assert outcome.tried.recovered == ()


def test_without_the_smallest_group_the_attacker_recovers_sets():
    with mock.patch.object(Sight, "large_enough", lambda self, counts, beside=0: frozenset(counts)):
        outcome = small(SEED, 3, withdrawals=False)

    assert outcome.found["subtracted"] > 10


def test_without_hiding_a_second_group_the_attacker_subtracts():
    def no_second(self, counts, beside=0):
        return frozenset(key for key, n in counts.items() if n >= self.least)

    with mock.patch.object(Sight, "large_enough", no_second):
        outcome = small(SEED, 6, withdrawals=False)

    assert outcome.found["subtracted"] > 0


def test_where_a_role_is_shown_that_answered_alike_the_attacker_knows_each_answer():
    with mock.patch.object(Said, "is_alike", False):
        outcome = small(SEED, 6, withdrawals=False)

    assert outcome.found["unanimous"] > 0


def test_where_results_stay_after_somebody_withdrew_the_attacker_has_their_answers():
    with mock.patch.object(Sight, "would_tell_who_withdrew", False):
        outcome = small(SEED, 3)

    assert outcome.found["subtracted"] > 0


def test_filters_and_orders_publish_nothing_that_the_unfiltered_pages_do_not():
    dice = random.Random(SEED)
    made = workshops.random_workshop(dice, people=(12, 14), items=(2, 2), candour="roles")
    reader = workshops.readers(made, dice)[0]

    assert reading.everything(made, reader, filters=True) == reading.everything(made, reader)


def test_the_attacker_notices_a_page_that_it_reads_wrongly():
    dice = random.Random(SEED)
    made = workshops.random_workshop(dice, people=(8, 8), items=(2, 2), candour="roles")
    reader = workshops.readers(made, dice)[0]
    read = reading.everything(made, reader)
    wrong = facts.Fact("levels", made.items[0], values=((1, 2, 3, 4, 5), 99))

    with pytest.raises(AssertionError, match="misread"):
        solving.attack(made, reader, [puzzle.Seen(read | {wrong}, frozenset(made.people))])


def test_a_rule_of_the_module_is_what_the_controls_switch_off():
    """Else a renamed rule would leave the controls above attacking what is switched on."""
    assert {"large_enough", "would_tell_who_withdrew"} <= vars(Sight).keys()
    assert "is_alike" in vars(visibility.Said)
