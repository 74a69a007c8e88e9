"""What people wrote about one item: statements and restatements, with authors where people stand by their names."""

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Case, F, Value, When

from .charts.marks import LENSES, RoleMark
from .item_charts import EVIDENCE_WORDS
from .models import Restatement, Round, Statement


@dataclass(frozen=True)
class Text:
    """One person's words: named parts, and who wrote them where that may be told."""

    parts: dict[str, str]
    author: str = ""
    mark: RoleMark | None = None
    evidence: str = ""
    is_yours: bool = False


def statements(item, results):
    """Every submitted statement under the item. Nobody gets another's example before the reveal."""
    revealed = results.workshop.is_revealed
    fields = ("label", "meaning", "example") if revealed else ("label", "meaning")
    rows = Statement.objects.filter(item=item, draft=False)
    return _texts(rows, fields, item, results, extra=("evidence",) if revealed else ())


def restatements(item, results):
    """What the item means to each, from the rounds of restating that are closed; none before the reveal."""
    if not results.workshop.is_revealed:
        return []
    rows = Restatement.objects.filter(item=item, round__kind=Round.Kind.RESTATE, round__closed_at__isnull=False)
    return _texts(rows, ("outcome", "action", "tradeoff"), item, results)


def _texts(rows, fields, item, results, extra=()):
    authors = {"name": F("participant__name"), "role": F("participant__role__key")} if results.sight.names else {}
    is_yours = Case(When(participant=results.you.pk, then=True), default=False) if results.you else Value(False)
    rows = rows.order_by().values(*fields, *extra, is_yours=is_yours, **authors)
    return [_text(row, fields, results) for row in sorted(rows, key=lambda row: _place(row, fields, item, results))]


def _place(row, fields, item, results):
    """By role and name; without names by nothing but the words, so that the order tells nobody's hand or hurry."""
    words = "\n".join([item.public_id, *(row[field] for field in fields)])
    shuffled = sha256(words.encode()).hexdigest()
    if not results.sight.names:
        return (shuffled,)
    mark = results.marks[row["role"]]
    return list(LENSES).index(mark.lens), mark.letter, row["name"], shuffled


def _text(row, fields, results):
    evidence = row.get("evidence")
    return Text(
        parts={field: row[field] for field in fields},
        author=row.get("name", ""),
        mark=results.marks[row["role"]] if "role" in row else None,
        evidence="" if evidence is None else str(EVIDENCE_WORDS[evidence]),
        is_yours=row["is_yours"],
    )
