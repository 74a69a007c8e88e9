import pytest

from alignment.divergence.index import agreement_interval
from alignment.divergence.scattered import scattered_findings
from tests.divergence.sessions import answers_from, answers_of, tally_of


def column(*ratings):
    return answers_from([[rating] for rating in ratings], ["eng"] * len(ratings))


def test_answers_all_over_the_scale_are_scattered():
    (finding,) = scattered_findings(tally_of(column(1, 2, 3, 3, 3, 4, 5)))

    # F = 1 2 5 6 of 7: D = 2 (1*6 + 2*5 + 5*2 + 6*1) / (4 * 7 * 6) = 64/168, a = 1 - 2.5 * 64/168 = .048
    assert (finding.kind, finding.item, finding.tier) == ("scattered", "i0000", "possible")
    assert finding.severity == pytest.approx(2.5 * 64 / 168)
    assert finding.numbers["agreement"] == pytest.approx(1 - 2.5 * 64 / 168)
    assert finding.numbers["points_between_two"] == pytest.approx(4 * 64 / 168)
    assert [finding.numbers[name] for name in ("raters", "low", "middle", "high")] == [7, 2, 3, 2]


def test_many_scattered_answers_are_likely_scattered():
    tally = tally_of(column(*[1, 2, 3, 3, 4, 5] * 5))

    (finding,) = scattered_findings(tally)

    # F = 5 10 20 25 of 30: D = 2 (125 + 200 + 200 + 125) / (4 * 30 * 29) = 1300/3480, a = .066: no split by shape.
    low, high = agreement_interval(tally.counts[0], confidence=0.9)
    assert finding.tier == "likely"
    assert finding.numbers["agreement_high"] == high < 0.3
    assert low < 1 - 2.5 * 1300 / 3480 < high


def test_a_split_is_not_also_scattered():
    assert scattered_findings(tally_of(column(1, 1, 2, 4, 5, 5))) == []


def test_answers_that_agree_somewhat_are_not_scattered():
    # F = 0 1 4 6 of 6: D = 2 (0 + 1*5 + 4*2 + 0) / 120 = 26/120, a = 1 - 2.5 * 26/120 = .458
    assert scattered_findings(tally_of(column(2, 3, 3, 3, 4, 4))) == []


def test_two_raters_are_never_scattered():
    answers = answers_of("""
        ana eng 1
        ben eng 5
        cem eng ?
    """)

    assert scattered_findings(tally_of(answers)) == []


def test_severity_of_scattered_answers_is_how_far_they_are_from_agreement():
    # F = 1 2 4 6 of 6: D = 2 (5 + 8 + 8) / (4 * 30) = .35 and a = .125.
    some = answers_of("a eng 1\n b eng 2\n c eng 3\n d eng 3\n e eng 4\n f eng 4")
    (milder,) = scattered_findings(tally_of(some, scattered_agreement=0.15))
    assert milder.severity == pytest.approx(0.35 / 0.4)
