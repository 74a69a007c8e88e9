"""The picture of each finding: who answered what on its item, or who drew its link."""

from collections import Counter, defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import item_charts, linked, moved_charts
from .charts.bars import strip_counts
from .charts.interval import Reading, interval
from .charts.question import Question
from .charts.strip import MOST_MARKS, Mark, strip
from .models import Link, Rating

SHOWN_BY = {"evidence_clash": "importance"}  # the answers that clash; how people know them is in the sentence
WITHOUT = ("structure", "violent_agreement", "opposite")  # told by links, or by two texts, and not by answers
LEADS = {
    Link.Kind.BLOCKS: gettext_lazy("Does it block ‘%(to)s’?"),
    Link.Kind.CAUSES: gettext_lazy("Does it cause ‘%(to)s’?"),
    Link.Kind.SERVES: gettext_lazy("Does it serve ‘%(to)s’?"),
}


def charts(results, findings):
    """A strip for each finding by its id; None where the viewer may see none. As many queries whatever was found."""
    on_items = [found for found in findings if found.item_id and found.kind not in WITHOUT]
    places = {found.pk: _place(found) for found in on_items}
    if results.sight.names:
        places |= _furthest(results, [found for found in findings if found.kind == "outlier_view"])
    answers = item_charts.charts(results, set(places.values()))
    drawn = {pk: answers.get(place) for pk, place in places.items()}
    if not results.sight.names:
        return drawn  # links and movement are told to nobody then
    drawn |= _links(results, [found for found in findings if found.kind == "structure"])
    drift = [found for found in findings if found.kind == "drift"]
    drawn |= {found.pk: _before_and_after(results) for found in drift if not found.item_id}
    if results.figures.get("change"):
        drawn |= moved_charts.charts(results, [found for found in drift if found.item_id])
    return drawn


def _place(found):
    return found.item_id, SHOWN_BY.get(found.kind, found.dimension)


def _furthest(results, findings):
    """The item on which somebody who sees the whole otherwise is furthest from the others, where they are named."""
    named = {found.people[0]: found for found in findings if found.tier == "likely"}
    said = Rating.objects.filter(round__in=results.rounds, participant__key__in=[*named, ""], importance__isnull=False)
    apart = {}
    for person, item, points in said.filter(late=False).values_list("participant__key", "item__key", "importance"):
        view, found = results.views.get(item), named[person]
        if view and view["enough"]:
            others = (view["mean"] * view["raters"] - points) / (view["raters"] - 1)
            distance = abs(points - found.numbers["offset"] - others)
            apart[found.pk] = max(apart.get(found.pk, (0, "")), (distance, item))
    return {pk: (results.items[item].pk, "importance") for pk, (_distance, item) in apart.items()}


def _before_and_after(results):
    """Alignment of those who answered twice, before and after."""
    change = results.figures["change"]["all"]
    times = {"before": _("Before"), "after": _("Now")}
    readings = [
        Reading(str(name), change[key]["value"], change[key]["low"], change[key]["high"]) for key, name in times.items()
    ]
    return interval(readings, caption=_("Alignment before and now, with its 90 % interval"), heading=_("When"))


def _links(results, findings):
    """Those who hold both ends and were asked: yes or no."""
    ends = {end for found in findings for end in (found.item_id, found.to_item_id)} | {0}  # 0: the query runs anyway
    statements, drawn = linked.from_rows(results.workshop)
    rated = Rating.objects.filter(round__in=results.rounds, item__in=ends, answer=Rating.Answer.RATED, late=False)
    held = set(rated.values_list("participant__key", "item__key"))
    held |= {(wrote.person, wrote.item) for wrote in statements.values()}
    said, people = linked.who_said_what(drawn, statements), results.people
    told = {}
    for found in findings:
        link = found.variant, found.item.key, found.to_item.key
        answers = {
            person: int(said[person, link])
            for person in people
            if (person, link) in said and {(person, link[1]), (person, link[2])} <= held
        }
        told[found.pk] = _strip(results, found, answers, people)
    return told


def _strip(results, found, answers, people):
    question = Question(
        found.item.title,
        LEADS[found.variant] % {"to": found.to_item.title},
        2,
        0,
        words=(_("no"), _("yes")),
        measure=_("Drawn"),
    )
    you = results.you and results.you.key
    if results.asked > MOST_MARKS:
        return _counted(results, question, answers, people, you)
    marks = []
    for person, value in answers.items():
        _pk, name, role = people[person]
        marks.append(Mark(value, results.marks[role], name=name, is_you=person == you))
    return strip(question, marks)


def _counted(results, question, answers, people, you):
    counts = defaultdict(Counter)
    for person, value in answers.items():
        counts[results.roles[people[person][2]].lens][value] += 1
    own = (results.roles[people[you][2]].lens, answers[you]) if you in answers else None
    return strip_counts(question, counts, you=own)
