"""Which topics fit into the minutes that are left, checked against trying every choice."""

from itertools import combinations
from typing import get_args

import numpy as np
import pytest

from alignment.divergence.plan import MINUTES, OTHERWISE, Plan, plan, topic_minutes
from alignment.divergence.results import AgendaEntry, FindingKind
from tests.samples.invoicing import result


def topic(item, value, *kinds, why="cut"):
    return AgendaEntry(item, value, why, kinds or ("split",), 4.0, 3.5, 0.5, 0.4)


LONG, SHORT, BRIEF = topic("long", 0.5), topic("short", 0.3), topic("brief", 0.3)


def test_two_short_topics_worth_more_together_come_before_a_long_one():
    found = plan([LONG, SHORT, BRIEF], 12, minutes={"long": 12, "short": 6, "brief": 6})

    assert found == Plan(fits=(SHORT, BRIEF), left_out=(LONG,), minutes=12)


def test_meaning_comes_first_whatever_else_is_worth():
    meaning = topic("meant", 0.01, "superficial", why="meaning")

    found = plan([meaning, LONG], 12, minutes={"meant": 12, "long": 12})

    assert found.fits == (meaning,)


def test_a_topic_about_meaning_that_does_not_fit_leaves_its_minutes_to_others():
    meaning = topic("meant", 0.01, "superficial", why="meaning")

    assert plan([meaning, BRIEF], 6, minutes={"brief": 6}).fits == (BRIEF,)


def test_with_fewer_minutes_left_it_plans_anew():
    agenda = [topic(f"i{n}", 1 / (n + 1)) for n in range(6)]

    assert [len(plan(agenda, left).fits) for left in (60, 35, 25, 9, 0)] == [6, 3, 2, 0, 0]


def test_of_equal_choices_the_one_earlier_on_the_agenda_is_taken():
    agenda = [topic(f"i{n}", 0.5) for n in range(4)]

    assert [entry.item for entry in plan(agenda, 20).fits] == ["i0", "i1"]


@pytest.mark.parametrize("seed", range(40))
def test_no_other_choice_is_worth_more(seed):
    rng = np.random.default_rng(seed)
    agenda = [topic(f"i{n}", float(value)) for n, value in enumerate(rng.uniform(0, 1, 7))]
    minutes = {entry.item: int(n) for entry, n in zip(agenda, rng.integers(1, 15, 7), strict=True)}
    left = int(rng.integers(0, 60))

    found = plan(agenda, left, minutes=minutes)

    every = [some for size in range(8) for some in combinations(agenda, size)]
    allowed = [some for some in every if sum(minutes[each.item] for each in some) <= left]
    best = max(sum(each.value for each in some) for some in allowed)
    assert sum(each.value for each in found.fits) == pytest.approx(best)
    assert found.minutes == sum(minutes[each.item] for each in found.fits) <= left
    assert sorted(each.item for each in (*found.fits, *found.left_out)) == [each.item for each in agenda]


def test_every_kind_that_leads_a_topic_has_its_minutes():
    leading = set(get_args(FindingKind.__value__)) - {"consensus", "drift", "outlier_view"}  # never on the agenda

    assert set(MINUTES) == leading
    assert topic_minutes(AgendaEntry("i", 0.1, "cut", (), None, None, None, None)) == OTHERWISE


@pytest.mark.parametrize("left, minutes, words", [(-1, {}, "-1 minutes left"), (5, {"long": 0}, "at least: long")])
def test_impossible_minutes_are_refused(left, minutes, words):
    with pytest.raises(ValueError, match=words):
        plan([LONG], left, minutes=minutes)


def test_the_sample_has_more_to_talk_about_than_fits_into_an_hour():
    hour = plan(result().agenda, 60)

    assert [entry.item for entry in hour.fits[:3]] == ["paid-on-time", "whatsapp", "look-professional"]
    assert hour.left_out
    assert 50 <= hour.minutes <= 60


def test_a_topic_about_meaning_takes_its_minutes_once():
    meaning = topic("meant", 0.9, "superficial", why="meaning")

    found = plan([meaning, LONG, SHORT], 24, minutes={"meant": 12, "long": 12, "short": 13})

    assert (found.fits, found.left_out, found.minutes) == ((meaning, LONG), (SHORT,), 24)


def test_a_finding_without_minutes_of_its_own_takes_as_long_as_any_other():
    assert topic_minutes(topic("moved", 0.1, "drift")) == OTHERWISE


def test_topics_that_would_take_no_time_are_named():
    with pytest.raises(ValueError, match=r"^a topic takes a minute at least: long, brief$"):
        plan([LONG, SHORT, BRIEF], 10, minutes={"long": 0, "short": 1, "brief": -1})
