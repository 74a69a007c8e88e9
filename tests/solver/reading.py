"""What the pages and files of a workshop say in figures, as facts that can be reckoned with.

Read are: the bars of an item (from the table behind the picture, from its sentence and from the words over the bars),
the mean of every cell of the matrix (as written and, more exactly, from the place of its mark), how many met an item
how, how many of a group are in, what findings count, and both sides of every comparison; and the same in the results
file.

Left out are figures that are not linear in the answers: alignment with its intervals and its pairs of roles, the
points that two people are apart, the order of rows, what a role gap is believed to be after allowing for chance; and
what only lists an item in a band of a comparison. All but the pairs of roles rest on the whole distribution, which is
told anyway. Means of evidence on the map are those of its bars. What people wrote, and links between items, are no
answers.
"""

import json
import re

from .compared import comparison
from .facts import HALF, Fact, Unread, from_place, group_key
from .markup import tree
from .phrases import sentence

ABSENT = {"new to me": "unknown", "not real": "not_real", "no answer": "asked"}
EVIDENCE = ["guess", "anecdote", "several", "data"]
SAME = ["different", "not sure", "same"]
QUESTIONS = {"How do you know?": "evidence", "Is this what you mean by it?": "same_meaning"}
HIDDEN = {"too few to show", "not told apart"}
MET = {
    "wrote it and withdrew": "withdrew",
    "wrote it": "unprompted",
    "recognised it": "recognised",
    "new to me": "new",
    "not real": "not_real",
    "no answer": "no_answer",
}


# -- the bars of an item -----------------------------------------------------------------------------------------------
def bars(page, item):
    """Facts of all strips on a page; `item` is what the page is about, or None where each strip names its own."""
    for figure in page.all("figure", css="chart"):
        question = figure.one("figcaption").one("strong") if figure.one("figcaption") else None
        table = figure.one("table")
        if question is None or table is None:
            continue
        dim = QUESTIONS.get(question.text, "importance")
        title = item or table.one("caption").text
        yield from _strip(figure, table, title, dim)


def _strip(figure, table, title, dim):
    places = [_place(head.text, dim) for head in list(table.one("thead").all("th"))[1:]]
    rows = list(table.one("tbody").all("tr"))
    if not rows:
        return
    if len(rows) != 1 or not rows[0].one("th").text.startswith("Everyone"):
        raise Unread(f"{title}: a strip tells groups apart: {table.text}")
    counts = tuple(zip(places, (int(cell.text) for cell in rows[0].all("td")), strict=True))
    yield Fact("counts", title, values=counts, dim=dim)
    spoken = figure.one("svg", role="img").attrs["aria-label"]
    said = {_place(word, dim): int(n) for n, word in re.findall(r"(\d+) × ([^,.]+)", spoken)}
    drawn = [int(text.text) for text in figure.all("text", css="mid") if _is_over_a_bar(text, figure)]
    if said != {place: n for place, n in counts if n} or sorted(drawn) != sorted(said.values()):
        raise Unread(f"{title}: table, sentence and bars say different things: {counts}, {spoken}, {drawn}")


def _is_over_a_bar(text, figure):
    """A number that stands above the base line counts people; those under it are the scale."""
    base = figure.one("line", css="rule")
    return text.text.isdigit() and float(text.attrs["y"]) < float(base.attrs["y1"])


def _place(word, dim):
    word = word.strip()
    if word in ABSENT:
        return ABSENT[word]
    if word.isdigit():
        return int(word)
    return {"evidence": EVIDENCE, "same_meaning": SAME}[dim].index(word)


# -- the matrix --------------------------------------------------------------------------------------------------------
def matrix(page):
    """Facts of the matrix, in either layer."""
    for table in page.all("table", css="matrix"):
        *_lenses, heads = table.one("thead").all("tr")
        columns = [head for head in list(heads.all("th"))[1:] if not head.text.startswith("Points apart")]
        groups = [_column(head) for head in columns]
        for group, head in zip(groups, columns, strict=True):
            yield _turnout(group, head)
        for row in table.one("tbody").all("tr"):
            title, cells = row.one("th").text, row.own("td")
            read = _met_cell if "met" in table.classes else _mean_cell
            for group, cell in zip(groups, cells, strict=False):
                yield from read(title, group, cell)


def by_role(page, title):
    """Facts of the table of means on an item's page."""
    for table in page.all("table", css="by-role"):
        for row in table.one("tbody").all("tr"):
            head = row.one("th")
            group = _column(head)
            yield _turnout(group, head)
            yield from _mean_cell(title, group, row.one("td"))


def _column(head):
    label = head.text.removesuffix(head.one("small").text) if head.one("small") else head.text
    return group_key(label)


def _turnout(group, head):
    answered, asked = map(int, re.fullmatch(r"(\d+) of (\d+) in", head.one("small").text).groups())
    return Fact("turnout", "", group, (answered, asked))


def _mean_cell(title, group, cell):
    if "absent" in cell.classes:
        yield from _absent(title, group, cell.text)
        return
    written, point = float(cell.one("b").text), cell.one("circle", css="point")
    if cell.one("line", css="range") is not None:
        raise Unread(f"{title}: a range stands where there are no names")
    yield Fact("mean", title, group, (written - HALF, written + HALF))
    yield Fact("mean", title, group, from_place(point.attrs["cx"], 8, 92))


def _absent(title, group, words):
    if words == "no answer":
        yield Fact("no raters", title, group)
    elif words not in HIDDEN:
        raise Unread(f"{title}, {group}: {words!r}")


def _met_cell(title, group, cell):
    if "absent" in cell.classes:
        if cell.text == "no answer":
            yield Fact("nobody", title, group)
        elif cell.text not in HIDDEN:
            raise Unread(f"{title}, {group}: {cell.text!r}")
        return
    said = _met_counts(cell.one("span", css="vh").text)
    yield Fact("met", title, group, tuple(sorted(said.items())))
    drawn = [use.attrs["href"] for use in cell.all("use")]
    if drawn and len(drawn) != sum(said.values()):
        raise Unread(f"{title}, {group}: {len(drawn)} marks for {said}")


def _met_counts(words):
    parts = (part.strip().split(" ", 1) for part in words.split(","))
    return {MET[what]: int(n) for n, what in parts}


# -- the file ----------------------------------------------------------------------------------------------------------
def results_file(text):
    """Facts of the results file."""
    told = json.loads(text)
    for group in told["groups"]:
        key = group_key(group["name"])
        yield Fact("turnout", "", key, (group["answered"], group["asked"]))
    for found in told["findings"]:
        yield from sentence(found["sentence"])
    for item in told["items"]:
        for cell in item["cells"]:
            yield from _file_cell(item["title"], group_key(cell["group"]), cell)


def _file_cell(title, group, cell):
    if {"low", "high", "spread"} & cell.keys():
        raise Unread(f"{title}: the file has a range where there are no names")
    if cell["mean"] is not None:
        yield Fact("mean", title, group, (cell["mean"] - HALF, cell["mean"] + HALF))
    elif cell["absence"] == "asked":
        yield Fact("no raters", title, group)
    if "absence" not in cell["met"]:
        yield Fact("met", title, group, tuple(sorted(cell["met"].items())))
    elif cell["met"]["absence"] == "asked":
        yield Fact("nobody", title, group)


# -- everything --------------------------------------------------------------------------------------------------------
def everything(made, reader, *, filters=False):
    """All that one reader is shown of a workshop now: a set of facts.

    Filters, orders and swapped sides repeat what other addresses say; with `filters` they are read as well.
    """
    base = f"/workshops/{made.workshop.public_id}/"
    found = set()
    first = _get(reader, f"{base}diff/")
    if first.one("table", css="matrix") is not None:
        addresses = [f"{base}diff/?layer=met", *(_filtered(base, first) if filters else [])]
        for page in (first, *(_get(reader, address) for address in addresses)):
            found.update(_diff(page))
        compare = _get(reader, f"{base}compare/")
        for address in _pairs(base, compare, both_ways=filters):
            found.update(comparison(_get(reader, address)))
        found.update(_files(reader, base))
    for item in made.workshop.items.all():
        page = _get(reader, f"{base}items/{item.public_id}/")
        found.update(bars(page, item.title))
        found.update(by_role(page, item.title))
        for heading in page.all("ol", css="item-findings"):
            for words in heading.all("h3"):
                found.update(sentence(words.text))
    return frozenset(found)


def _get(reader, address):
    answer = reader.client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return tree(answer.content.decode())


def _diff(page):
    yield from matrix(page)
    yield from bars(page, None)
    for card in page.all("li", css="finding"):
        yield from sentence(card.one("h3").text)


def _filtered(base, page):
    """The addresses of every single filter, order and layer."""
    for name in ("item_kind", "role"):
        for box in page.all("input", name=name):
            yield f"{base}diff/?{name}={box.attrs['value']}"
            yield f"{base}diff/?{name}={box.attrs['value']}&layer=met"
    for name in ("kind", "sort"):
        for choice in page.one("select", name=name).all("option") if page.one("select", name=name) else ():
            yield f"{base}diff/?{name}={choice.attrs['value']}"
    yield f"{base}diff/?tier=likely"
    yield f"{base}diff/?part=differences"


def _pairs(base, page, *, both_ways):
    choices = page.one("select", name="left")
    values = [option.attrs["value"] for option in choices.all("option")] if choices else []
    for left in values:
        for right in values:
            if left != right and (both_ways or left < right):
                yield f"{base}compare/?left={left}&right={right}"


def _files(reader, base):
    answer = reader.client.post(f"{base}files/results.json/")
    assert answer.status_code == 200, f"results.json: {answer.status_code}"
    yield from results_file(answer.content.decode())
