"""docs/engine.md and docs/engine-figures.md: what they show is what the engine says."""

import doctest
import io
import re
from pathlib import Path
from typing import get_args

import pytest
from django.core.management import call_command

from alignment.divergence.results import FindingKind
from bench.simulations.markdown import section
from bench.simulations.tables import TABLES, cells_of, text_of

ROOT = Path(__file__).resolve().parents[2]
PAGE, FIGURES = ((ROOT / "docs" / name).read_text() for name in ("engine.md", "engine-figures.md"))
TITLES = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
PARTS = dict(zip(TITLES, re.split(r"^## .+$", PAGE, flags=re.MULTILINE)[1:], strict=True))
FIRST = "A matrix of ratings"
WITH_EXAMPLES = [title for title, part in PARTS.items() if "```pycon" in part]
FOUND_BY_NO_RULE = {"violent_agreement", "opposite"}


def blocks(part, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)


def failures(title, globs):
    """What the examples of one part of the page say otherwise than printed; `globs` takes what they define."""
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks(PARTS[title], "pycon")), globs, title, None, None)
    said = io.StringIO()
    ran = doctest.DocTestRunner(verbose=False).run(examples, out=said.write, clear_globs=False)
    assert ran.attempted > 0
    globs.update(examples.globs)
    return said.getvalue()


@pytest.fixture
def first_part():
    """What the first part of the page defines, on which every other builds."""
    globs = {}
    assert failures(FIRST, globs) == ""
    return globs


@pytest.fixture
def analysed_file(tmp_path, monkeypatch):
    """The table of the page, and what its command makes of it, in the folder of the example."""
    (table,) = blocks(PARTS["A file"], "csv")
    (command,) = blocks(PARTS["A file"], "sh")
    (name, source, target) = re.fullmatch(r"bin/parallax (\w+) (\S+) > (\S+)\n", command).groups()
    (tmp_path / source).write_text(table)
    with (tmp_path / target).open("w") as told:
        call_command(name, tmp_path / source, stdout=told, verbosity=0)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("title", WITH_EXAMPLES)
@pytest.mark.usefixtures("analysed_file")
def test_every_example_gives_what_the_page_prints(title, first_part):
    assert failures(title, first_part) == ""


def test_an_example_that_gives_something_else_is_noticed(first_part, monkeypatch):
    assert "(5, 0, 4)" in PARTS[FIRST]
    monkeypatch.setitem(PARTS, FIRST, PARTS[FIRST].replace("(5, 0, 4)", "(5, 1, 4)"))

    assert "Expected:\n    (5, 1, 4)\nGot:\n    (5, 0, 4)" in failures(FIRST, {})


def test_every_part_of_the_page_is_in_its_list_of_contents():
    listed = re.findall(r"\[([^\]]+)\]\(#([^)]+)\)", PAGE.partition("\n## ")[0])

    assert [title for title, _anchor in listed] == TITLES
    assert [anchor for _title, anchor in listed] == [title.lower().replace(" ", "-") for title in TITLES]


def test_the_table_of_findings_names_every_kind_that_a_rule_finds():
    named = re.findall(r"^\| `(\w+)`", PARTS["All findings"], re.MULTILINE)

    assert set(named) == set(get_args(FindingKind.__value__)) - FOUND_BY_NO_RULE
    assert all(f"`{kind}`" in PARTS["All findings"] for kind in FOUND_BY_NO_RULE)


def test_the_page_of_figures_holds_every_table_with_what_it_says_of_its_world():
    assert re.findall(r"^### `(\w+)`", FIGURES, re.MULTILINE) == list(TABLES)
    assert [name for name in TABLES if section(name, text_of(name), []) not in FIGURES] == []


def test_the_page_of_figures_counts_its_figures():
    lines = FIGURES.partition("## All tables")[2].splitlines()
    rows = [line.split("|")[2:-1] for line in lines if line.startswith("| ") and not line.startswith(("|  ", "| ---"))]
    figures = [figure.strip() for row in rows for figure in row if figure.strip()]
    outside = [figure for figure in figures if figure.startswith("**")]
    expected = [figure for figure in figures if "(" in figure]

    assert (
        f"{len(figures)} figures, of which {len(expected)} were expected: {len(expected) - len(outside)} agree, "
        f"{len(outside)} lie outside"
    ) in FIGURES


@pytest.mark.parametrize("table", ["blind_spot", "untested"])
def test_figures_that_leave_nothing_to_chance_are_those_of_the_page(table):
    assert section(table, text_of(table), list(cells_of(table))) in FIGURES
