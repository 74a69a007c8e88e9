"""The numbers that a drift is told with, and the limits of being still."""

import math

import pytest

from alignment.divergence import Index, Thresholds, analyse
from alignment.divergence.change import drift_findings, round_change
from tests.divergence.sessions import answers_of


def table(*rows):
    """A round from the marks of one person each, from a on."""
    return answers_of("\n".join(f"{'abcdefghijklmnopqrst'[row]} eng {marks}" for row, marks in enumerate(rows)))


# Eight people: the first item rises by 3 for all but one, the second stays as it is but for two who did not answer
# both times.
BEFORE = table("1 3", "1 4", "1 3", "1 4", "1 3", "1 4", "1 3", "2 -")
AFTER = table("4 3", "4 4", "4 3", "4 4", "4 3", "4 4", "4 -", "2 3")


def findings_of(before, after, **limits):
    thresholds = Thresholds(**limits)
    return drift_findings(round_change(before, after, thresholds=thresholds), thresholds=thresholds)


def test_an_item_that_moved_is_told_with_all_its_numbers():
    (finding,) = (found for found in findings_of(BEFORE, AFTER) if found.item == "i1")

    # 1 1 1 1 1 1 1 2 becomes 4 4 4 4 4 4 4 2: seven of 28 pairs are a point apart before, and two points after.
    before, after = 1 - 7 / 28 / 4 / 0.4, 1 - 2 * 7 / 28 / 4 / 0.4
    told = {name: finding.numbers[name] for name in ("people", "moved", "dropped_out", "newly_in")}
    assert told == {"people": 8, "moved": 7, "dropped_out": 0, "newly_in": 0}
    means = [finding.numbers[f"mean_{name}"] for name in ("before", "after", "delta")]
    assert means == pytest.approx([9 / 8, 30 / 8, 21 / 8])
    agreements = [finding.numbers[f"agreement_{name}"] for name in ("before", "after", "delta")]
    assert agreements == pytest.approx([before, after, after - before])
    assert (finding.kind, finding.variant, finding.tier) == ("drift", "round", "likely")
    # The change of the mean as a share of the four points, which is more than that of the agreement.
    assert finding.severity == pytest.approx(21 / 8 / 4)


def test_who_is_missing_on_an_item_is_told_with_it():
    before = table("1", "1", "1", "1", "1", "1", "-", "1")
    after = table("4", "4", "4", "4", "4", "4", "4", "-")

    (finding,) = findings_of(before, after)

    assert [finding.numbers[name] for name in ("people", "moved", "dropped_out", "newly_in")] == [6, 6, 1, 1]
    # All agree as before, three of four points higher.
    assert (finding.numbers["agreement_delta"], finding.severity) == (0, 3 / 4)


def test_a_change_of_agreement_is_as_severe_as_it_is_large():
    before = table("1", "5", "1", "5", "1", "5", "1", "5")
    after = table("3", "3", "3", "3", "3", "3", "3", "3")

    (finding,) = findings_of(before, after)

    # 16 of 28 pairs are a whole scale apart: 1 - 16/28/.4 = -.43 becomes 1, capped. The mean stays at 3.
    assert (finding.numbers["mean_delta"], finding.severity) == (0, 1)
    assert finding.numbers["agreement_delta"] == pytest.approx(16 / 28 / 0.4)


def test_a_mean_that_stays_adds_nothing_to_the_severity():
    before, after = table("2", "2", "4", "4", *["3"] * 16), table(*["3"] * 20)

    (finding,) = findings_of(before, after, drift_agreement=0.1)

    # F = 2 18 of 20: D = 72 / (4 * 190) becomes 0.
    assert finding.numbers["mean_delta"] == 0
    assert finding.severity == pytest.approx(72 / 760 / 0.4)


def test_the_whole_is_told_with_how_many_items_are_still_and_not_for_a_single_item():
    before = table(*(["1 1 3", "5 5 3"] * 4))
    after = table(*(["3 3 3", "3 3 3"] * 4))

    (whole, *items) = findings_of(before, after)

    assert (whole.item, [found.item for found in items]) == (None, ["i1", "i2"])
    assert [whole.numbers[name] for name in ("items", "items_stable", "items_moving")] == [3, 1, 2]
    one = (table(*(["1", "5"] * 4)), table(*(["3"] * 8)))
    assert [found.item for found in findings_of(*one)] == ["i1"]
    two = (table(*(["1 1", "5 5"] * 4)), table(*(["3 3"] * 8)))
    assert [found.item for found in findings_of(*two)] == [None, "i1", "i2"]


def test_still_is_less_than_the_limit_of_movers_and_up_to_the_limit_of_shape():
    before = table("3", "3", "3", "3", "3", "3", "3", "3")
    after = table("3", "3", "3", "3", "3", "3", "3", "4")

    def status(**limits):
        return round_change(before, after, thresholds=Thresholds(**limits)).status

    # One of eight moved, by one of four points.
    assert (status(stable_moved=1 / 8), status(stable_moved=math.nextafter(1 / 8, 1))) == ("moving", "stable")
    shape = 1 / 8 / 4
    assert (status(stable_shape=shape), status(stable_shape=math.nextafter(shape, 0))) == ("stable", "moving")


def test_who_is_missing_undoes_a_still_round_at_the_limit():
    before = table(*["3"] * 8)
    after = table(*["3"] * 6, "-", "-")

    def status(limit):
        return round_change(before, after, thresholds=Thresholds(stable_dropped=limit)).status

    assert (status(2 / 8), status(math.nextafter(2 / 8, 1))) == ("dropped_out", "stable")


def test_intervals_end_where_a_difference_of_agreement_can():
    change = round_change(table("1", "1", "5"), table("3", "3", "3"))

    # D = 2/3 becomes 0. Without the third person nothing changes, without another one D = 1 becomes 0: the interval
    # is wider than the 2.5 that lie between all apart and all alike.
    assert change.all.delta.value == pytest.approx(2 / 3 / 0.4)
    assert (change.all.delta.low, change.all.delta.high) == (-2.5, 2.5)
    (item,) = change.items
    assert (item.agreement.low, item.agreement.high) == (-2.5, 2.5)
    assert item.mean.high == 4


def test_confidence_is_a_limit_of_all_intervals_of_a_change():
    def told(confidence):
        change = round_change(BEFORE, AFTER, thresholds=Thresholds(confidence=confidence))
        return [each.high - each.low for each in (change.all.before, change.all.after, change.all.delta)]

    assert all(wide > narrow for wide, narrow in zip(told(0.9), told(0.5), strict=True))


def test_where_nobody_rated_twice_there_is_nothing_before_nor_after():
    nothing = Index(None, None, None, people=0, items=0)

    change = round_change(table("3", "3", "3"), table("-", "-", "-"))

    assert (change.all.before, change.all.after) == (nothing, nothing)


def test_an_item_is_still_up_to_the_limit_of_shape():
    before, after = table(*["3"] * 8), table(*["3"] * 7, "4")

    def status(**limits):
        (item,) = round_change(before, after, thresholds=Thresholds(**limits)).items
        return item.status

    assert (status(stable_shape=1 / 32), status(stable_shape=math.nextafter(1 / 32, 0))) == ("stable", "moving")


def test_how_small_a_session_is_too_small_for_a_likely_drift_is_a_limit_of_the_analysis():
    before, after = table("1 5", "5 1", "1 5", "5 1"), table("3 3", "3 3", "3 3", "3 3")

    def tiers(**limits):
        found = analyse(before, again=after, thresholds=Thresholds(**limits)).findings
        return {finding.tier for finding in found if finding.kind == "drift" and finding.item is None}

    assert (tiers(), tiers(small_session=3)) == ({"possible"}, {"likely"})
