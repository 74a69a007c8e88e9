"""Whose view of the customer may be compared with whose, and what each of them said about every item."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from . import later_rounds
from .charts.marks import LENSES, RoleMark
from .models import Rating, Statement

EVERYBODY = Q()
COUNTED = ("asked", "held", "raters", "points", "squares", "judged", "same", "same_squares", "authors")


@dataclass(frozen=True)
class Perspective:
    """One of those that may be compared: `kind` is me, person, role, lens, team or round, `key` says which one."""

    kind: str
    label: str
    key: object = None
    value: str = ""  # as the address says it
    mark: RoleMark | None = None
    lens: str = ""
    role: str = ""  # of a person
    said: str = ""  # what it is called inside a sentence, where that is not its label

    @property
    def is_person(self):
        """Whether one person's answers are meant."""
        return self.kind in ("me", "person")


def choices(results):
    """(heading, perspectives) of all that this viewer may compare."""
    sections = [
        ("", [*_me(results), *_team(results)]),
        (_("Roles"), list(_roles(results))),
        (_("Lenses"), list(_lenses(results))),
        (_("People"), list(_people(results))),
        (_("Other rounds"), list(_rounds(results))),
    ]
    return [(heading, found) for heading, found in sections if found]


def _me(results):
    if results.you:
        role = results.you.role.key
        yield Perspective("me", _("You"), results.you.pk, "me", results.marks[role], role=role, said=_("you"))


def _team(results):
    if results.sight.shows_whole(results.answered):
        yield Perspective("team", _("The team"), value="team", said=_("the team"))


def _roles(results):
    if results.sight.grouping == "role":
        for key, mark in results.marks.items():
            if key in results.sight.groups:
                yield Perspective("role", mark.name, key, f"role:{key}", mark)


def _lenses(results):
    """Lenses where roles are too small; where people have names, both."""
    if results.sight.names:
        shown = {role.lens for role in results.turnout.values()}
    else:
        shown = results.sight.groups if results.sight.grouping == "lens" else ()
    for lens in LENSES:
        if lens in shown:
            yield Perspective("lens", str(LENSES[lens]), lens, f"lens:{lens}", lens=lens)


def _people(results):
    if results.sight.names:
        people = results.workshop.participants.exclude(pk=results.you.pk if results.you else None)
        for pk, key, name, role in people.order_by("name", "key").values_list("pk", "key", "name", "role__key"):
            mark = results.marks[role]
            yield Perspective("person", f"{name}, {mark.name}", pk, f"person:{key}", mark, role=role, said=name)


def _rounds(results):
    if results.workshop.is_revealed and results.sight.shows_whole(results.answered):
        for each in later_rounds.closed_rounds(results):
            if each not in results.rounds:
                names = {"kind": each.get_kind_display(), "key": each.key}
                said = _("the team in round %(key)s") % names
                yield Perspective("round", _("%(kind)s %(key)s (team)") % names, each, f"round:{each.key}", said=said)


class Tallies:
    """What everybody said, counted by item: of roles from one round, of single people, and of other rounds.

    Of each item and group: people `asked` who hold it or say that they do not, how many of them `held` it, `raters`
    and the sums of their `points` and of the `squares` of these, those who said whether they mean the same (`judged`,
    their sums `same` and `same_squares`), and `authors` of statements. Someone holds an item who rated it or wrote a
    statement of their own.
    """

    def __init__(self, results, people):
        self.results = results
        self.people = people

    @cached_property
    def by_role(self):
        """Counts by item and role, in the analysed rounds."""
        return self._counted(self.results.rounds, "participant__role__key")

    @cached_property
    def by_person(self):
        """The same of the people in question, by item and person."""
        return self._counted(self.results.rounds, "participant_id", Q(participant__in=self.people))

    def of_round(self, round_):
        """The same of everybody in another round, by item."""
        counted = self._counted([round_], "round_id", statements=False)
        return {item: groups[round_.pk] for item, groups in counted.items()}

    def _counted(self, rounds, group, who=EVERYBODY, *, statements=True):
        counted = defaultdict(lambda: defaultdict(Counter))
        own = Statement.objects.filter(item=OuterRef("item"), participant=OuterRef("participant"), draft=False)
        rows = Rating.objects.filter(who, round__in=rounds, late=False).annotate(own=Exists(own)).order_by()
        for item, key, *counts in (
            rows.values_list("item_id", group).annotate(**_COUNTS).values_list("item_id", group, *COUNTED)
        ):
            counted[item][key].update({name: n or 0 for name, n in zip(COUNTED, counts, strict=True)})
        if statements:
            self._add_those_who_only_wrote(counted, rounds, group, who)
        return counted

    def _add_those_who_only_wrote(self, counted, rounds, group, who):
        answered = Rating.objects.filter(
            round__in=rounds, item=OuterRef("item"), participant=OuterRef("participant"), late=False
        )
        wrote = Statement.objects.filter(who, workshop=self.results.workshop, draft=False, item__isnull=False)
        wrote = wrote.exclude(Exists(answered)).order_by().values_list("item_id", group)
        for item, key, n in wrote.annotate(n=Count("participant", distinct=True)):
            counted[item][key].update(asked=n, held=n, authors=n)

    @cached_property
    def answers(self):
        """How each person in question answered, by item and person: why there is no rating."""
        rows = Rating.objects.filter(round__in=self.results.rounds, participant__in=self.people, late=False)
        return {
            (item, person): answer for item, person, answer in rows.values_list("item_id", "participant_id", "answer")
        }


_OWN_OR = Q(own=True)
_COUNTS = {
    "asked": Count("pk", filter=~Q(answer=Rating.Answer.ASKED) | _OWN_OR),
    "held": Count("pk", filter=Q(answer=Rating.Answer.RATED) | _OWN_OR),
    "raters": Count("importance"),
    "points": Sum("importance"),
    "squares": Sum(F("importance") * F("importance")),
    "judged": Count("same_meaning"),
    "same": Sum("same_meaning"),
    "same_squares": Sum(F("same_meaning") * F("same_meaning")),
    "authors": Count("pk", filter=_OWN_OR),
}
