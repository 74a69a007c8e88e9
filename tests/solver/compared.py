"""What a comparison says in figures of its two sides."""

import re

from .facts import HALF, Fact, from_place, group_key

OF_SIDE = re.compile(
    r"(?P<half>Half of them or more|Fewer than half of them) ha(?:ve|s) it\.(?: Mean (?P<mean>[\d.]+)\.)?"
)
SAYS_SAME = re.compile(r"Is the working definition what they mean\? (Different|Not sure|Same)\.")


def comparison(page):
    """Facts of the comparison that a page shows."""
    diff = page.one("div", css="diff")
    if diff is None:
        return
    heads = [side.one("h2").text for side in diff.one("div", css="head").own("div")]
    for both in diff.all("div", css="diff-both"):
        yield from _apart(both)
    for row in diff.all("div", css="diff-row"):
        if "head" not in row.classes:
            title = row.one("h4").text
            for label, words in _sides(row, heads):
                yield from _side_says(title, label, words)


def _sides(row, heads):
    """The label and the words of each side of a row; only one side has a heading where only one has the item."""
    for cell in row.own("div"):
        side = cell.one("p", css="diff-side")
        if side is not None:
            yield side.text, cell.text
        elif "none" in cell.classes:
            label = cell.one("b").text.removesuffix(":")
            yield label, cell.text.split(":", 1)[1]


def _side_says(title, label, words):
    group, without_you = _side(label)
    if group is None:
        return
    if found := OF_SIDE.search(words):
        yield Fact("holds", title, group, (found["half"].startswith("Half"),), without_you=without_you)
        if found["mean"]:
            mean = float(found["mean"])
            yield Fact("mean", title, group, (mean - HALF, mean + HALF), without_you=without_you)
    if found := SAYS_SAME.search(words):
        near = ["Different", "Not sure", "Same"].index(found[1])
        yield Fact("mean", title, group, (near - 0.5 - 1e-9, near + 0.5 + 1e-9), "same_meaning", without_you)


def _side(label):
    """The group and whether it is told without the reader; None for the reader."""
    if label == "You":
        return None, False
    if label in ("The team", "Everyone else"):
        return "", label == "Everyone else"
    name = label.removesuffix(", the others")
    return group_key(name), name != label


def _apart(both):
    title, table = both.one("h4").text, both.one("table")
    sides = [row for row in table.one("tbody").all("tr") if row.one("th").text != "Between them"]
    marks = [use for use in both.all("use") if use.attrs["href"][1:2] in "mhs" and use.attrs["href"] != "#you"]
    for row, mark in zip(sides, marks, strict=True):
        group, without_you = _side(row.one("th").text)
        if group is None:
            continue
        written = float(row.one("td").text)
        place = mark.attrs.get("x") or _parent_of(both, mark).attrs["x"]
        yield Fact("mean", title, group, (written - HALF, written + HALF), without_you=without_you)
        yield Fact("mean", title, group, from_place(place, 6, _last(both)), without_you=without_you)


def _last(both):
    return float([line.attrs["x1"] for line in both.all("line", css="rule")][-1].removesuffix("%"))


def _parent_of(root, node):
    return next(each for each in root.all("svg") if node in each.own("use"))
