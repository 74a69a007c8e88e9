"""The figures expected of the engine, with few runs; `python -m bench.simulations` has all of them.

Runs are seeded, so each of these passes always or never. Few runs leave wide margins: the criterion widens by itself.
"""

import numpy as np
import pytest

from alignment.divergence import Thresholds
from bench.simulations import __main__ as command
from bench.simulations import consensus
from bench.simulations.figures import Printed, exact, mean, ratio, share, spread, tally_up
from bench.simulations.markdown import section
from bench.simulations.tables import TABLES, cells_of, title_of
from bench.simulations.together import rows

# How many times the usual runs. What is left out has figures of its own in the tests of its rule.
QUICK = {
    "bias": 0.1,
    "split": 0.1,
    "role_gap": 0.02,
    "index": 0.025,
    "change": 0.016,
    "consensus": 0.1,
    "blind_spot": 1,
    "lone_voice": 0.1,
    "rank": 0.02,
    "agenda": 0.025,
    "untested": 1,
    "illusion": 0.05,
}


@pytest.mark.parametrize("table", QUICK)
def test_the_engine_gives_the_figures_expected_of_it(table):
    cells = list(cells_of(table, runs=QUICK[table]))

    assert [str(each) for each in (*cells, *rows(cells)) if each.verdict == "OUTSIDE"] == []
    assert tally_up(cells)["agrees"] >= 4


def test_the_same_table_gives_the_same_figures_again():
    first, second = (list(cells_of("lone_voice", runs=0.01)) for _ in range(2))

    assert first == second


def test_every_table_says_what_it_is_about():
    assert len(set(TABLES.values())) == len(TABLES)
    assert all(title_of(table).endswith(".") for table in TABLES)


def test_moved_items_alone_decide_whether_an_item_is_stable():
    cells = list(cells_of("stability", runs=0.1))

    stable = {cell.where: cell.ours for cell in cells if cell.what == "stable"}
    counted = {cell.where: cell.ours for cell in cells if cell.what == "stable, by counting"}
    assert {cell.ours for cell in cells if cell.what == "moving by shape alone"} == {0.0}
    assert {where: stable[where] for where in counted} == pytest.approx(counted, abs=0.12)


def test_a_figure_agrees_within_three_and_a_half_standard_errors_and_half_the_last_digit():
    # 1,000 and 4,000 runs of one half: .5 * sqrt(1 / 1000 + 1 / 4000) = .0177, 3.5 of these and half of .01 are .0669.
    hits = np.arange(1000) < 500

    assert share("", "", hits, ".50", 4000).error == pytest.approx(0.0177, abs=1e-4)
    assert [share("", "", hits, expected, 4000).verdict for expected in (".56", ".57", ".44", ".43")] == [
        "agrees",
        "OUTSIDE",
        "agrees",
        "OUTSIDE",
    ]


def test_a_figure_added_up_over_all_that_can_happen_has_the_error_of_what_was_expected_alone():
    # .1 of 400 runs: sqrt(.1 * .9 / 400) = .015.
    told = exact("", "", 0.1, ".16", 400)

    assert (told.error, told.verdict) == (pytest.approx(0.015), "OUTSIDE")
    assert exact("", "", 0.1, ".15", 400).verdict == "agrees"
    assert exact("", "", 0.1).verdict == "new"


def test_a_figure_that_nobody_expected_has_its_own_error_alone():
    half = np.arange(1000) < 500

    assert share("", "", half, "-", 60).error == share("", "", half).error == pytest.approx(0.0158, abs=1e-4)
    assert exact("", "", 0.1, "-", 400).error == 0


def test_few_runs_that_all_miss_a_rare_event_say_little_against_it():
    assert share("", "", [False] * 20, ".095", 200).verdict == "agrees"
    assert share("", "", [False] * 2000, ".095", 200).verdict == "OUTSIDE"
    assert mean("", "", [0.0] * 20, ".0009", 200, step=0.01).verdict == "agrees"
    assert mean("", "", [0.0] * 20, ".0009", 200).verdict == "OUTSIDE"


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [(".14", 0.14, 0.15), (".93-.95", 0.94, 0.96), ("<=.04", 0.0, 0.05), (">=.17", 0.9, 0.1), ("-.003", -0.003, 0.003)],
)
def test_figures_are_read_as_they_are_printed(text, inside, outside):
    printed = Printed.read(text)

    assert printed.away(inside) == 0
    assert printed.away(outside) > 0
    assert printed.nearest(inside) == inside


def test_figures_that_each_agree_and_all_lie_to_one_side_do_not_agree_together():
    # .50 of 1,000 beside .56 of 1,000: (.06 - .005) / sqrt(.53 * .47 * 2 / 1000) = 2.46, and of four 2 * 2.46.
    hits = np.arange(1000) < 500
    below = [share(f"n={people}, m=10, at random", "told", hits, ".56", 1000) for people in (4, 6, 8, 12)]
    above = share("n=30, m=10, at random", "told", hits, ".44", 1000)
    new = share("n=100, m=10, at random", "told", hits)

    assert {cell.verdict for cell in (*below, above)} == {"agrees"}
    assert [(row.name, row.cells, row.verdict) for row in rows([*below, new])] == [("at random, told", 4, "OUTSIDE")]
    assert rows(below)[0].standing == pytest.approx(-4.93, abs=0.01)
    assert [row.verdict for row in rows([below[0], above])] == ["agrees"]


def test_a_table_of_a_page_holds_ours_and_what_was_expected_and_marks_what_lies_outside():
    # (.02 - .005) / .0177 = .85 and (.10 - .005) / .0174 = 5.44, together 6.29 / sqrt(2) = 4.45.
    hits = np.arange(1000) < 500
    cells = [
        share("n=4", "told", hits, ".52", 4000),
        share("n=4", "told, likely", hits),
        share("n=6", "told", hits, ".60", 4000),
        exact("n=8, links", "divides", 0.25, ".250", 400),
    ]

    assert section("camps", "Camps: where.\n\nA world.", cells).splitlines() == [
        "### `camps`",
        "",
        "Camps: where.",
        "",
        "A world.",
        "",
        "|  | told | told, likely |",
        "| --- | --- | --- |",
        "| n=4 | .500 (.52) ±.018 | .500 ±.016 |",
        "| n=6 | **.500 (.60) ±.017** |  |",
        "",
        "|  | divides |",
        "| --- | --- |",
        "| n=8, links | .250 (.250) ±.022 |",
        "",
        "**told: 2 cells together 4.4 standard errors below**.",
    ]


def test_what_is_no_figure_is_refused():
    with pytest.raises(ValueError, match="no figure"):
        Printed.read("many")


def test_shares_of_sums_and_spreads_are_means_over_runs():
    rng = np.random.default_rng(1)
    part, whole = rng.random(50), rng.uniform(1, 2, 50)

    assert ratio(part, whole).mean() == pytest.approx(part.sum() / whole.sum())
    assert spread(part).mean() == pytest.approx(part.std())
    # The jackknife agrees about the error of the ratio.
    without = [np.delete(part, run).sum() / np.delete(whole, run).sum() for run in range(50)]
    jackknife = np.sqrt(49 * np.var(without))
    assert ratio(part, whole).std(ddof=1) / np.sqrt(50) == pytest.approx(jackknife, rel=0.05)


def test_the_command_fails_when_a_rule_no_longer_gives_its_figures(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["simulations", "consensus", "--runs", "0.05"])
    assert command.main() == 0

    monkeypatch.setattr(consensus, "LIMITS", Thresholds(consensus_posterior=0.6))

    assert command.main() == 1
    assert "OUTSIDE" in capsys.readouterr().out
