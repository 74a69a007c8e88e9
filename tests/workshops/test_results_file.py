"""The results file says what the page says to the same viewer, equally rounded, and nothing more."""

import csv
import io
import random

import pytest

from tests.people import close, compute, make_workshop, rate
from tests.workshops.attacker import random_workshop
from tests.workshops.test_attacks import answered
from workshops import matrix_page
from workshops.charts.figures import mean, points, ratio
from workshops.differences import Differences
from workshops.files import results_csv, results_file
from workshops.models import Workshop
from workshops.results import Results
from workshops.viewer import NOBODY, Viewer

KEYS = {
    "format",
    "workshop",
    "computed",
    "asked",
    "answered",
    "headline",
    "alignment",
    "groups",
    "findings",
    "items",
    "glossary",
    "withheld",
}


def shown_to(workshop, you=None):
    return Results(workshop, Viewer(seats=(you,)) if you else NOBODY)


def said_by_page(results):
    """What the page of differences draws, as text."""
    page = Differences(results, {})
    met = Differences(results, {"layer": "met"}).matrix
    return {
        "headline": page.headline,
        "alignment": [(row.figure, row.words) for row in page.alignment.rows],
        "pairs": sorted(row.figure for part in page.pairs if part for row in part.rows),
        "findings": [(card.kind, card.tier, card.sentence) for card in page.cards],
        "matrix": [(row.title, row.apart, [_figure(cell) for cell in row.cells]) for row in page.matrix.rows],
        "columns": [column.label for column in page.matrix.columns],
        "met": [[bool(cell.marks or cell.segments) for cell in row.cells] for row in met.rows],
    }


def _figure(cell):
    return (cell.figure, cell.words) if cell.figure else ("", "")


def said_by_file(told, results):
    """The same of the results file, its figures written as a page writes them."""
    order = [column.label for column in Differences(results, {}).matrix.columns]
    by_name = [{cell["group"]: cell for cell in item["cells"]} for item in told["items"]]
    kinds = [told["alignment"]["by_kind"][kind] for kind in ("goal", "pain", "alternative")]
    return {
        "headline": told["headline"],
        "alignment": [_reading(index) for index in (told["alignment"]["all"], *kinds)],
        "pairs": sorted(ratio(pair["value"]) for pair in told["alignment"]["by_role_pair"]),
        "findings": [(found["kind"], found["tier"], found["sentence"]) for found in told["findings"]],
        "matrix": [
            (
                item["title"],
                "" if item["apart"] is None else points(item["apart"]),
                [_drawn(cells[name]) for name in order],
            )
            for item, cells in zip(told["items"], by_name, strict=True)
        ],
        "columns": order,
        "met": [["absence" not in cells[name]["met"] for name in order] for cells in by_name],
    }


def _reading(index):
    if index.get("hidden"):
        return "", "too few people to show"
    if index["value"] is None:
        return "", "too few people for an interval" if index["low"] is None else ""
    if index["low"] is None:
        return ratio(index["value"]), "too few people for an interval"
    return ratio(index["value"]), f"{ratio(index['low'])} to {ratio(index['high'])}"


def _drawn(cell):
    if cell["mean"] is None:
        return "", ""
    ends = (cell.get("low"), cell.get("high"))
    return mean(cell["mean"]), "" if None in ends or ends[0] == ends[1] else f"{mean(ends[0])} to {mean(ends[1])}"


def test_the_file_says_what_the_page_says_in_every_mode(team):
    """Random workshops, for somebody in them and somebody who is not."""
    dice = random.Random(20261122)
    for _ in range(8):
        workshop = random_workshop(team, dice)
        close(workshop)
        compute(workshop)
        for mode, k in (("open", 3), ("roles", 3), ("team", 5)):
            workshop.candour, workshop.k = mode, k
            for you in (None, dice.choice(list(workshop.participants.all()))):
                results = shown_to(workshop, you)
                told = results_file.of(results)
                assert set(told) == KEYS
                page, file = said_by_page(results), said_by_file(told, results)
                if results.sight.names and results.answered > 12:  # there the page draws ends of a spread
                    continue
                assert file == page, (mode, you)


def test_in_open_the_file_has_the_spread_where_the_page_draws_it(team):
    workshop = answered(team, "open", executive=[[1, 5]] * 6, sales=[[n % 5 + 1, 3] for n in range(8)])

    told = results_file.of(shown_to(workshop, workshop.participants.first()))

    sales = next(cell for cell in told["items"][0]["cells"] if cell["group"] == "Sales")
    assert sales.keys() == {"group", "mean", "spread", "met"}


def test_what_is_left_out_is_told_and_why(team):
    workshop = answered(team, "roles", executive=[[n] for n in (1, 2, 3, 5)], marketing=[[2], [4]], sales=[[5], [1]])

    told = results_file.of(shown_to(workshop))

    assert [group["name"] for group in told["groups"]] == ["Executive"]
    assert told["withheld"] == [
        "No names, and no figure of fewer than 3 people.",
        "Roles are left out of which too few people answered, or which would tell on another one.",
    ]
    Workshop.objects.filter(pk=workshop.pk).update(candour="team", k=5)
    workshop.refresh_from_db()
    assert results_file.of(shown_to(workshop))["groups"] == []


def test_nothing_of_the_file_is_a_key_or_a_time(team):
    workshop = answered(team, "roles", executive=[[1, 4]] * 4, sales=[[5, 2]] * 5)

    said = results_file.write(results_file.of(shown_to(workshop))).decode()

    hours = workshop.current_analysis.created_at.strftime("%H:%M")
    keys = [*workshop.items.values_list("key", flat=True), *workshop.participants.values_list("key", flat=True)]
    assert not [word for word in (*keys, hours, workshop.public_id, workshop.current_analysis.digest) if word in said]


def test_the_table_has_every_figure_and_runs_nothing(team):
    high, low = [[5, 3], [4, 2], [5, 3], [3, 2]], [[1, 4], [2, 5], [1, 3], [3, 4]]
    workshop = answered(team, "roles", executive=low, sales=high)
    workshop.items.filter(key="i000").update(title="=1+1")
    told = results_file.of(shown_to(workshop))

    said = results_csv.write(told)

    assert said.startswith(b"\xef\xbb\xbfpart,kind,item,group,figure,value,low,high,text\r\n")
    rows = list(csv.DictReader(io.StringIO(said.decode("utf-8-sig"))))
    cells = {
        (row["item"], row["group"]): row["value"]
        for row in rows
        if row["part"] == "item" and row["figure"] == "importance"
    }
    assert cells == {
        ("'=1+1", "Executive"): "1.8",
        ("'=1+1", "Sales"): "4.2",
        ("Item 1", "Executive"): "4.0",
        ("Item 1", "Sales"): "2.5",
    }
    assert b',"1.8"' not in said
    assert [row["text"] for row in rows if row["part"] == "finding"] == [each["sentence"] for each in told["findings"]]


@pytest.mark.parametrize("people", [0, 1])
def test_a_workshop_that_hardly_anybody_answered_has_a_file_as_well(team, people):
    workshop = make_workshop(team, people=2, items=1)
    rate(workshop, {"i000": [4, None] if people else [4, 4]})
    compute(workshop)

    told = results_file.of(shown_to(workshop))

    assert told["alignment"]["all"] == {"value": None, "low": None, "high": None, "hidden": True}
    assert matrix_page.columns_of(shown_to(workshop)) == {}
