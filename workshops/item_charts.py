"""The strips of items: who answered what, as far as the viewer may see it."""

from collections import Counter, defaultdict

from django.db.models import Case, Count, F, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .charts.bars import strip_counts
from .charts.marks import EVERYONE
from .charts.question import Question
from .charts.strip import MOST_MARKS, Mark, strip
from .models import Rating

ASKED = {
    "goal": (gettext_lazy("How much does it matter to these customers?"), gettext_lazy("hardly"), gettext_lazy("most")),
    "pain": (gettext_lazy("How much does it hurt these customers?"), gettext_lazy("hardly"), gettext_lazy("most")),
    "alternative": (
        gettext_lazy("How many of these customers use it today?"),
        gettext_lazy("hardly any"),
        gettext_lazy("nearly all"),
    ),
}
EVIDENCE_WORDS = (gettext_lazy("guess"), gettext_lazy("anecdote"), gettext_lazy("several"), gettext_lazy("data"))
SAME_WORDS = (gettext_lazy("different"), gettext_lazy("not sure"), gettext_lazy("same"))
FIELDS = ("importance", "satisfaction", "evidence", "same_meaning")
ABSENT = {Rating.Answer.UNKNOWN: "unknown", Rating.Answer.NOT_REAL: "not_real", Rating.Answer.ASKED: "asked"}


def question_of(results, item, dimension="importance"):
    """What was asked about an item, with its scale."""
    asked = results.round
    if dimension == "evidence":
        levels = asked.evidence_levels
        words = tuple(map(str, EVIDENCE_WORDS)) if levels == 4 else ()
        return Question(item.title, _("How do you know?"), levels, 0, words=words, measure=_("Evidence"))
    if dimension == "satisfaction":
        ends = (_("badly"), _("well"))
        text = _("How well are they served today?")
        return Question(item.title, text, asked.satisfaction_levels, ends=ends, measure=_("Satisfaction"))
    if dimension == "same_meaning":
        levels = asked.same_meaning_levels
        words = tuple(map(str, SAME_WORDS)) if levels == 3 else ()
        return Question(
            item.title, _("Is this what you mean by it?"), levels, 0, words=words, measure=_("Same meaning")
        )
    text, least, most = map(str, ASKED[item.kind])
    return Question(item.title, text, asked.importance_levels, ends=(least, most), measure=_("Importance"))


def charts(results, wanted):
    """A strip for each (item id, dimension) wanted; None where the viewer may see none.

    One query, however many people and items: marks where people stand behind their answers by name and are few, else
    counts, and where roles may not be told apart counts of everybody.
    """
    ratings = Rating.objects.filter(
        round__in=results.rounds, item__in={item_id for item_id, _dimension in wanted}, late=False
    )
    items = {item.pk: item for item in results.items.values()}
    if results.sight.names and results.asked <= MOST_MARKS:
        return _marks(results, ratings, wanted, items)
    return _counts(results, ratings, wanted, items)


def _marks(results, ratings, wanted, items):
    people = defaultdict(list)
    rows = ratings.values_list(
        "item_id", "answer", "participant_id", "participant__name", "participant__role__key", *FIELDS
    )
    for item_id, answer, person, name, role, *points in rows:
        for dimension, value in zip(FIELDS, points, strict=True):
            absence = "" if value is not None else _absence(answer, dimension)
            if value is not None or absence:
                is_you = results.you is not None and person == results.you.pk
                mark = Mark(value, results.marks[role], absence=absence, name=name, is_you=is_you)
                people[item_id, dimension].append(mark)
    return {
        (pk, dimension): strip(question_of(results, items[pk], dimension), people[pk, dimension])
        for pk, dimension in wanted
    }


def _counts(results, ratings, wanted, items):
    counts, own = defaultdict(lambda: defaultdict(Counter)), {}
    is_you = Case(When(participant=results.you.pk, then=True), default=False) if results.you else Value(False)
    lens = F("participant__role__lens") if results.sight.names else Value(EVERYONE)
    rows = ratings.annotate(is_you=is_you, row=lens).order_by().values("item_id", "answer", "row", "is_you", *FIELDS)
    for said in rows.annotate(n=Count("pk")):
        for dimension in FIELDS:
            place = said[dimension] if said[dimension] is not None else _absence(said["answer"], dimension)
            if place != "":
                counts[said["item_id"], dimension][said["row"]][place] += said["n"]
                if said["is_you"]:
                    own[said["item_id"], dimension] = said["row"], place
    drawn = {}
    for pk, dimension in wanted:
        told = counts[pk, dimension]
        answered = sum(n for row in told.values() for place, n in row.items() if place != "asked")
        rated = sum(n for row in told.values() for place, n in row.items() if place not in ABSENT.values())
        shown = results.sight.shows_whole(answered) and (not rated or results.sight.shows_whole(rated))
        question = question_of(results, items[pk], dimension)
        drawn[pk, dimension] = strip_counts(question, told, you=own.get((pk, dimension))) if shown else None
    return drawn


def _absence(answer, dimension):
    """Why there is no point: in words for importance; other questions were asked of some only, and say nothing."""
    return ABSENT.get(answer, "asked") if dimension == "importance" else ""
