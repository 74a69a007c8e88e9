import math

import numpy as np
import pytest

from alignment.divergence import Finding
from alignment.divergence.agenda import agenda, discussion_value, importance_cut, item_spread
from tests.divergence.sessions import answers_of, tally_of

THREE_ITEMS = """
    a1 eng   5 1 2
    a2 eng   5 5 2
    b1 sales 4 1 2
    b2 sales 4 5 2
"""


def finding(kind, item, *, tier="possible", severity=0.5, **numbers):
    return Finding(kind=kind, item=item, tier=tier, severity=severity, numbers=numbers)


def test_the_cut_lies_between_the_last_of_the_top_items_and_the_first_below():
    assert importance_cut(np.array([1.0, 5, 4, 3, 4.5, 2, 3.5]), top=5) == (3 + 2) / 2


def test_with_no_more_items_than_make_the_top_the_better_half_is_the_top():
    assert importance_cut(np.array([1.0, 5, 4, 3]), top=5) == 3.5
    assert importance_cut(np.array([np.nan, 2.0]), top=5) == 2.0
    assert math.isnan(importance_cut(np.array([np.nan]), top=5))


def test_an_item_on_the_cut_is_worth_its_spread_times_the_height_of_the_normal_density():
    value = discussion_value(np.array([3.0, 3.8, np.nan]), np.array([0.8, 0.4, 0.0]), cut=3.0)

    # z = 0: s phi(0) = .8 x .3989. z = 2: s [phi(2) - 2 (1 - Phi(2))] = .4 x (.05399 - 2 x .02275) = .4 x .00849.
    assert value == pytest.approx([0.8 * 0.39894, 0.4 * 0.00849, 0], abs=1e-5)


def test_spread_is_what_variance_the_noise_does_not_explain_and_the_error_of_the_mean():
    spread = item_spread(tally_of(answers_of(THREE_ITEMS)), [])

    # Within roles: item 1 none, item 2 8 + 8, item 3 none, on 6 degrees of freedom: noise 16/6.
    # Variances: 1/3, 16/3, 0.
    noise = 16 / 6
    expected = [noise / 4, 16 / 3 - noise + noise / 4, noise / 4]
    assert spread == pytest.approx(np.sqrt(expected))


def test_a_blind_spot_widens_the_spread_by_what_the_missing_role_could_move():
    tally = tally_of(answers_of(THREE_ITEMS))
    blind = finding("blind_spot", "i1", group=2, others=6, posterior=0.9)

    spread = item_spread(tally, [blind])

    # A quarter of the people times a real gap, 1.2 points, as likely as .9.
    without = item_spread(tally, [])
    assert spread[0] == pytest.approx(math.sqrt(without[0] ** 2 + 0.9 * (0.25 * 1.2) ** 2))
    assert spread[1:].tolist() == without[1:].tolist()


def test_an_untested_item_widens_the_spread_by_what_its_guesses_may_all_be_off():
    tally = tally_of(answers_of(THREE_ITEMS))
    untested = finding("untested", "i3", without_evidence=3, with_evidence=1, posterior=0.8)

    spread = item_spread(tally, [untested])

    # Three quarters of the people times a real gap, 1.2 points, as likely as .8.
    without = item_spread(tally, [])
    assert spread[2] == pytest.approx(math.sqrt(without[2] ** 2 + 0.8 * (0.75 * 1.2) ** 2))
    assert spread[:2].tolist() == without[:2].tolist()


def test_items_come_in_the_order_of_what_talking_about_them_is_worth():
    tally = tally_of(answers_of(THREE_ITEMS))
    findings = [
        finding("scattered", "i1", severity=0.9),
        finding("split", "i2", tier="likely", severity=0.2),
        finding("role_gap", "i2", severity=0.8),
        finding("consensus", "i3"),
    ]

    first, second = agenda(tally, findings)

    # Means 4.5, 3, 2: the better one of three is the top, so that the cut is (4.5 + 3) / 2.
    assert (first.item, first.kinds, first.cut, first.mean) == ("i2", ("split", "role_gap"), 3.75, 3.0)
    assert (second.item, second.kinds, second.why) == ("i1", ("scattered",), "cut")
    assert first.value > second.value > 0


def test_an_item_far_from_the_cut_is_there_for_its_disagreement():
    tally = tally_of(
        answers_of("""
        a1 eng   5 5 3 1 1 1
        a2 eng   5 5 3 1 2 1
        b1 sales 5 4 3 1 1 2
        b2 sales 5 5 2 1 1 2
    """)
    )

    (entry,) = agenda(tally, [finding("scattered", "i1")])

    assert entry.why == "disagreement"


def test_a_likely_doubt_about_the_meaning_of_an_important_item_comes_first():
    tally = tally_of(answers_of(THREE_ITEMS))
    findings = [
        finding("split", "i2", tier="likely"),
        finding("superficial", "i3", tier="likely"),
        finding("contested", "i1", tier="possible"),
    ]

    entries = agenda(tally, findings)

    assert [(entry.item, entry.why) for entry in entries] == [("i3", "meaning"), ("i2", "cut"), ("i1", "cut")]


def test_several_items_in_doubt_come_in_the_order_of_their_importance():
    tally = tally_of(answers_of(THREE_ITEMS))
    findings = [
        finding("definition", "i3", tier="likely"),
        finding("superficial", "i2", tier="likely"),
        finding("contested", "i1", tier="likely"),
    ]

    entries = agenda(tally, findings)

    # Means 4.5, 3 and 2.
    assert [(entry.item, entry.why) for entry in entries] == [("i1", "meaning"), ("i2", "meaning"), ("i3", "meaning")]


def test_doubt_about_the_meaning_of_an_unimportant_item_waits_for_its_value():
    tally = tally_of(answers_of(THREE_ITEMS), agenda_first=2)

    entries = agenda(tally, [finding("superficial", "i3", tier="likely"), finding("split", "i2")])

    assert [entry.item for entry in entries] == ["i2", "i3"]


def test_equal_values_go_by_item_key():
    tally = tally_of(
        answers_of("""
        a1 eng   1 1 5
        a2 eng   5 5 1
        b1 sales 1 1 5
        b2 sales 5 5 1
    """)
    )

    entries = agenda(tally, [finding("split", item) for item in ("i3", "i2", "i1")])

    assert [entry.item for entry in entries] == ["i1", "i2", "i3"]
    assert len({entry.value for entry in entries}) == 1


def test_an_item_that_nobody_rated_may_stand_on_the_agenda_without_figures():
    tally = tally_of(
        answers_of("""
        a1 eng   .w 5
        a2 eng   .w 4
        b1 sales ?  5
        b2 sales ?  3
    """)
    )
    blind = finding("blind_spot", "i1", group=2, others=2, posterior=0.7)

    (entry,) = agenda(tally, [blind])

    assert (entry.item, entry.value, entry.mean, entry.distance, entry.spread) == ("i1", 0.0, None, None, 0.0)


def test_the_cut_of_two_items_lies_between_them_and_so_does_that_of_exactly_as_many_as_make_the_top():
    assert importance_cut(np.array([3.0, 5.0]), top=5) == 4
    assert importance_cut(np.array([5.0, 4.0, 3.0, 1.0]), top=4) == 3.5


def test_what_nobody_knows_anything_about_is_worth_nothing_however_uncertain():
    assert discussion_value(np.array([np.nan]), np.array([1.0]), cut=3.0).tolist() == [0]


def test_a_single_rating_is_as_uncertain_as_the_session_is_noisy():
    spread = item_spread(
        tally_of(
            answers_of("""
        a1 eng   5 1
        a2 eng   - 5
        b1 sales - 3
        b2 sales - 3
    """)
        ),
        [],
    )

    # Item 2: eng 1 5, sales 3 3, W = 8 on 2 degrees of freedom.
    assert spread[0] == pytest.approx(math.sqrt(8 / 2))


def test_an_item_without_any_evidence_may_be_off_by_a_whole_real_gap():
    tally = tally_of(answers_of(THREE_ITEMS))

    spread = item_spread(tally, [finding("untested", "i3", without_evidence=4, with_evidence=0, posterior=0.8)])

    assert spread[2] == pytest.approx(math.sqrt(item_spread(tally, [])[2] ** 2 + 0.8 * 1.2**2))


def test_an_entry_carries_its_figures():
    (entry,) = agenda(tally_of(answers_of(THREE_ITEMS)), [finding("split", "i2")])

    # 1 1 5 5: four of the six pairs are apart, by the whole scale. Spread as worked out above, and the cut is 3.75.
    spread = math.sqrt(16 / 3 - 16 / 6 + 16 / 6 / 4)
    assert (entry.mean, entry.cut, entry.why) == (3, 3.75, "cut")
    assert (entry.spread, entry.distance) == (pytest.approx(spread), pytest.approx(4 / 6))
    assert entry.value == pytest.approx(discussion_value(np.array([3.0]), np.array([spread]), cut=3.75)[0])


def test_an_item_on_the_cut_is_there_for_the_cut_however_sure_it_is():
    (entry,) = agenda(tally_of(answers_of("a1 eng 3\n a2 eng 3")), [finding("scattered", "i1")])

    assert (entry.why, entry.spread, entry.value) == ("cut", 0, 0)


def test_doubt_about_the_meaning_comes_before_what_is_worth_more_on_a_long_scale():
    table = "\n".join(f"a{row} eng 1 {1 if row % 2 else 9} 5 5" for row in range(6))
    findings = [finding("split", "i2", tier="likely"), finding("definition", "i1", tier="likely")]

    first, second = agenda(tally_of(answers_of(table, levels=9)), findings)

    assert (first.item, second.item) == ("i1", "i2")
    assert second.value > first.mean == 1


def test_of_items_in_doubt_the_most_important_comes_first_whatever_its_key():
    table = """
        a1 eng 2 3 5
        a2 eng 2 3 4
        a3 eng 1 3 5
    """
    findings = [finding("definition", item, tier="likely") for item in ("i1", "i2", "i3")]

    entries = agenda(tally_of(answers_of(table)), findings)
    two_first = agenda(tally_of(answers_of(table), agenda_first=2), findings)

    assert [entry.item for entry in entries] == ["i3", "i2", "i1"]
    assert [(entry.item, entry.why) for entry in two_first][:2] == [("i3", "meaning"), ("i2", "meaning")]
    assert two_first[2].why != "meaning"


def test_of_findings_that_are_as_sure_the_more_severe_leads():
    (entry,) = agenda(
        tally_of(answers_of(THREE_ITEMS)),
        [finding("lone_voice", "i2", severity=0.3), finding("scattered", "i2", severity=0.6)],
    )

    assert entry.kinds == ("scattered", "lone_voice")


def test_picks_and_links_are_a_reason_to_talk_only_when_likely():
    tally = tally_of(answers_of(THREE_ITEMS))
    possible = [finding("rank", "i1", severity=0.9), finding("structure", "i2", severity=0.9)]
    later = finding("scattered", "i3", severity=0.1)

    assert [entry.item for entry in agenda(tally, [*possible, later])] == ["i3"]
    likely = [finding("rank", "i1", tier="likely"), finding("structure", "i2", tier="likely")]
    assert {entry.item for entry in agenda(tally, likely)} == {"i1", "i2"}
