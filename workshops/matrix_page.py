"""Every item in every role, as far as the viewer may see roles apart."""

from collections import Counter, defaultdict

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from .charts.marks import LENSES
from .charts.matrix import Cell, Column, Line, matrix
from .charts.met import Met, met
from .models import Rating, Statement


def columns_of(results):
    """One column for each role or lens that may be shown, with how many are in."""
    sight = results.sight
    if sight.grouping == "lens":
        return {
            lens: Column(str(LENSES[lens]), lens, note=_in([r for r in results.turnout.values() if r.lens == lens]))
            for lens in sorted(sight.groups, key=list(LENSES).index)
        }
    return {
        key: Column(results.roles[key].name, results.roles[key].lens, mark, _in([results.turnout[key]]))
        for key, mark in results.marks.items()
        if key in sight.groups
    }


def _in(turnout):
    return _("%(answered)d of %(asked)d in") % {
        "answered": sum(role.answered for role in turnout),
        "asked": sum(role.asked for role in turnout),
    }


def ordered(results, kind="", sort=""):
    """The items' views in the order asked for, of one kind or of all; those that may not be told last."""
    views = [view for view in results.views.values() if kind in ("", view["kind"])]
    place = {key: n for n, key in enumerate(results.items)}
    keys = {
        "": lambda view: (-(_apart(results, view) or 0), view["item"]),
        "importance": lambda view: (-(_importance(results, view) or 0), view["item"]),
        "order": lambda view: place[view["item"]],
    }
    return sorted(views, key=keys[sort])


def _importance(results, view):
    """Its mean, or None where that may not be told: nor may its place among the others then."""
    return view["mean"] if results.sight.shows_whole(view["raters"]) else None


def _apart(results, view):
    """Points that two people are apart, or None where that may not be told."""
    if view["distance"] is None or not results.sight.shows_whole(view["raters"]):
        return None
    return view["distance"] * (results.levels - 1)


def importance_matrix(results, views, urls, *, sorted_by_apart):
    """Means, with ranges or spreads where candour allows them."""
    columns = list(columns_of(results).values())
    lines = importance_lines(results, views, urls)
    return matrix(lines, columns, levels=results.levels, people=results.answered, sorted_by_apart=sorted_by_apart)


def importance_lines(results, views, urls):
    """The matrix as values: a Line for each item, with a Cell for each of `columns_of`."""
    columns = columns_of(results)
    return [
        Line(
            title=results.items[view["item"]].title,
            kind=view["kind"],
            url=urls[view["item"]],
            apart=_apart(results, view),
            cells=tuple(_cells(results, view, columns)),
        )
        for view in views
    ]


def _cells(results, view, columns):
    by_role = {cell["role"]: cell for cell in view["by_role"]}
    pooled = _pooled(results, by_role) if results.sight.grouping == "lens" else by_role
    shown = results.rated_apart(view)
    for key in columns:
        cell = pooled.get(key)
        if cell is None or not cell["raters"]:
            yield Cell(absence=_absence(cell) if results.sight.names else "asked")
        elif key not in shown:
            yield Cell(absence="together")
        elif results.sight.names:  # the ends of a range are single people
            spread = None if cell["distance"] is None else cell["distance"] * (results.levels - 1)
            yield Cell(mean=cell["mean"], low=cell["lowest"], high=cell["highest"], spread=spread)
        else:
            yield Cell(mean=cell["mean"])


def _absence(cell):
    """Why nobody of a role rated an item, where all of them agree on that."""
    if cell is None or not (cell["unknown"] or cell["not_real"]):
        return "asked"
    return "not_on_map" if cell["unknown"] and cell["not_real"] else "unknown" if cell["unknown"] else "not_real"


def _pooled(results, by_role):
    """The cells of roles added up by lens."""
    counts = defaultdict(Counter)
    for key, cell in by_role.items():
        for level, n in enumerate(cell["counts"], start=1):
            counts[results.roles[key].lens][level] += n
    pooled = {}
    for lens, levels in counts.items():
        raters = sum(levels.values())
        mean = sum(level * n for level, n in levels.items()) / raters if raters else None
        pooled[lens] = {"raters": raters, "mean": mean, "distance": None, "lowest": None, "highest": None}
    return pooled


def met_matrix(results, views, urls):
    """How the people of each role met each item: wrote it themselves, recognised it, found it new, or not real."""
    lines = met_lines(results, views, urls)
    return met(lines, list(columns_of(results).values()), people=results.answered)


def met_lines(results, views, urls):
    """The same as values: title, kind, address and a Met for each of `columns_of`."""
    columns = columns_of(results)
    counted = _met_counts(results)
    lines = []
    for view in views:
        groups = counted[results.items[view["item"]].pk]
        counts = {key: group.total() - group["no_answer"] for key, group in groups.items()}
        shown = results.sight.groups_on(counts, yours=view["item"] in results.own_met)
        cells = tuple(
            Met(**_told(results, groups[key]))
            if key in shown and groups[key]
            else Met(absence="hidden" if groups[key] else "asked")
            for key in columns
        )
        item = results.items[view["item"]]
        lines.append((item.title, item.kind, urls[item.key], cells))
    return lines


def _told(results, group):
    """How a group met an item, without telling which group fewer than k authors of a statement belong to."""
    if results.sight.names:
        return group
    told = Counter(group)
    for wrote, without in (("unprompted", "recognised"), ("withdrew", "not_real")):
        if told[wrote] < results.sight.least:
            told[without] += told.pop(wrote, 0)
    return told


def _met_counts(results):
    """People by item, group and how they met it. One query."""
    own = Statement.objects.filter(item=OuterRef("item"), participant=OuterRef("participant"), draft=False)
    by = "participant__role__lens" if results.sight.grouping == "lens" else "participant__role__key"
    rows = Rating.objects.filter(round__in=results.rounds, late=False).annotate(own=Exists(own))
    rows = rows.values("item_id", by, "answer", "own").order_by().annotate(n=Count("pk"))
    counted = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        counted[row["item_id"]][row[by]][_state(row["answer"], own=row["own"])] += row["n"]
    return counted


def _state(answer, *, own):
    if own:
        return "withdrew" if answer == Rating.Answer.NOT_REAL else "unprompted"
    return {"rated": "recognised", "unknown": "new", "not_real": "not_real", "asked": "no_answer"}[answer]
