"""The results file as a table, for spreadsheets: one row for each figure, with the words that belong to it."""

import csv
import io

from . import cells

COLUMNS = ("part", "kind", "item", "group", "figure", "value", "low", "high", "text")


def write(told):
    """The bytes of the CSV of what `results_file.of` gives.

    Texts stand in quotation marks and begin like no formula (`cells`), numbers stand bare. UTF-8 with the mark that
    spreadsheets look for.
    """
    out = io.StringIO(newline="")
    out.write(",".join(COLUMNS) + "\r\n")
    writer = csv.writer(out, quoting=csv.QUOTE_STRINGS)
    for row in _rows(told):
        writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _cell(value):
    return cells.neutral(value) if isinstance(value, str) else value


def _rows(told):
    yield from _workshop(told)
    yield from _alignment(told["alignment"])
    for group in told["groups"]:
        for figure in ("answered", "asked"):
            yield {"part": "group", "group": group["name"], "figure": figure, "value": group[figure]}
    for found in told["findings"]:
        yield {
            "part": "finding",
            "kind": found["kind"],
            "item": found["item"]["title"] if found["item"] else None,
            "group": "; ".join(found["groups"]),
            "figure": found["tier"],
            "text": found["sentence"],
        }
    for item in told["items"]:
        yield from _item(item)
    for entry in told["glossary"]:
        yield {"part": "glossary", "figure": entry["term"], "item": "; ".join(entry["items"]), "text": entry["meaning"]}
    for words in told["withheld"]:
        yield {"part": "withheld", "text": words}


def _workshop(told):
    said = told["workshop"]
    for figure in ("title", "question", "candour", "shown_as"):
        yield {"part": "workshop", "figure": figure, "text": said[figure]}
    for figure in ("k", "importance_levels"):
        yield {"part": "workshop", "figure": figure, "value": said[figure]}
    yield {"part": "workshop", "figure": "computed", "text": told["computed"]}
    yield {"part": "workshop", "figure": "headline", "text": told["headline"]}
    for figure in ("answered", "asked"):
        yield {"part": "workshop", "figure": figure, "value": told[figure]}


def _alignment(alignment):
    yield {"part": "alignment", **_index(alignment["all"])}
    for kind, index in alignment["by_kind"].items():
        yield {"part": "alignment", "kind": kind, **_index(index)}
    for pair in alignment["by_role_pair"]:
        yield {"part": "alignment", "group": "; ".join(pair["roles"]), **_index(pair)}


def _index(index):
    text = "hidden" if index.get("hidden") else None
    return {"figure": "alignment", **{name: index[name] for name in ("value", "low", "high")}, "text": text}


def _item(item):
    about = {"part": "item", "kind": item["kind"], "item": item["title"]}
    yield about | {"figure": "apart", "value": item["apart"]}
    for cell in item["cells"]:
        of_group = about | {"group": cell["group"]}
        said = {"value": cell["mean"], "low": cell.get("low"), "high": cell.get("high"), "text": cell.get("absence")}
        yield of_group | {"figure": "importance", **said}
        if "spread" in cell:
            yield of_group | {"figure": "spread", "value": cell["spread"]}
        met = dict(cell["met"])
        if absence := met.pop("absence", None):
            yield of_group | {"figure": "met", "text": absence}
        for state, n in met.items():
            yield of_group | {"figure": state, "value": n}
