"""An attacker who subtracts: whose answers can be worked out from everything that pages publish of a workshop."""

import itertools
from collections import defaultdict

from django.db.models import Exists, OuterRef

from tests.people import make_workshop
from workshops import item_charts, matrix_page
from workshops.comparison import Comparison
from workshops.item_page import ItemPage
from workshops.models import Participant, Rating, Round, Statement
from workshops.results import Results
from workshops.viewer import Viewer

ANSWERS = ["rated"] * 12 + ["unknown"] * 5 + ["not_real", "asked"]
FACTS = {"rated": "importance", "met": "answer", "meant": "same_meaning"}


def random_workshop(team, dice):
    """3 to 20 people in 2 to 5 roles of random sizes, three items, and a second round that some of them answered."""
    made = make_workshop(team, people=dice.randint(3, 20), items=3)
    type(made).objects.filter(pk=made.pk).update(candour="roles", k=3)
    roles = dice.sample(list(team.roles.all()), dice.randint(2, 5))
    people = list(made.participants.order_by("key"))
    for person in people:
        person.role = dice.choice(roles)
    Participant.objects.bulk_update(people, ["role"])
    again = Round.objects.create(workshop=made, key="r2", kind=Round.Kind.REVOTE, position=1)
    Rating.objects.bulk_create(_ratings(made, people, dice, again))
    Statement.objects.bulk_create(
        Statement(workshop=made, participant=person, item=item, key=f"{person.key}{item.key}", kind="goal", label="L")
        for person, item in itertools.product(people, made.items.all())
        if dice.random() < 0.3
    )
    return made


def _ratings(made, people, dice, again):
    first = made.rounds.get(key="r1")
    for item in made.items.all():
        tastes = defaultdict(lambda: dice.choice([1, 5]))  # by role, so that roles stand apart
        skips = defaultdict(lambda: dice.choice(["rated", "rated", "unknown"]))
        for person in people:
            answer = dice.choice(ANSWERS) if dice.random() < 0.6 else skips[person.role_id]
            points = dice.choice([tastes[person.role_id], dice.randint(1, 5)]) if answer == "rated" else None
            same = dice.randint(0, 2) if points and dice.random() < 0.7 else None
            row = {"participant": person, "item": item, "answer": answer, "importance": points}
            yield Rating(round=first, same_meaning=same, **row)
            if points and dice.random() < 0.8:
                yield Rating(round=again, **row)


class Attacker:
    """Everything published to one viewer, as sets of people whose summed answers are told, by item and fact."""

    def __init__(self, workshop, you):
        self.results = Results(workshop, Viewer(seats=(you,) if you else ()))
        self.you = {you.pk} if you else set()
        self.told = defaultdict(set)
        self.people = {
            pk: (role, lens) for pk, role, lens in workshop.participants.values_list("pk", "role__key", "role__lens")
        }
        self.said = {fact: defaultdict(set) for fact in (*FACTS, "again")}
        own = Statement.objects.filter(item=OuterRef("item"), participant=OuterRef("participant"))
        ratings = Rating.objects.filter(round__workshop=workshop).annotate(own=Exists(own))
        for rating in ratings.select_related("round"):
            self._read(rating)
        self._look()

    def _read(self, rating):
        if rating.round.key == "r2":
            self.said["again"][rating.item_id].add(rating.participant_id)
            return
        for fact, field in FACTS.items():
            if getattr(rating, field) not in (None, "asked") or (fact == "met" and rating.own):
                self.said[fact][rating.item_id].add(rating.participant_id)

    def isolated(self):
        """(item, fact, people) of every part smaller than k into which what is published splits the others."""
        for (item, fact), sets in self.told.items():
            parts = defaultdict(set)
            for person in set().union(*sets) - self.you:
                parts[tuple(person in one for one in sets)].add(person)
            yield from ((item, fact, part) for part in parts.values() if len(part) < self.results.sight.least)

    def _note(self, item, fact, who=None):
        among = self.said[fact][item]
        people = {person for person in among if who is None or who(person)}
        self.told[item, fact].add(frozenset(people))
        if who is None and fact in ("rated", "again"):
            self.told[item, "rounds"].add(frozenset(people))  # few change their mind

    def _in(self, group):
        return lambda person: group in self.people[person]

    def _look(self):
        results = self.results
        if results.is_shown:
            self._look_at_matrix(results)
            self._look_at_findings(results)
            self._look_at_items(results)
            self._look_at_comparisons(results)

    def _look_at_matrix(self, results):
        views = list(results.views.values())
        urls = dict.fromkeys(results.items, "")
        names = {column.label: key for key, column in matrix_page.columns_of(results).items()}
        drawn = matrix_page.importance_matrix(results, views, urls, sorted_by_apart=False)
        layers = {"rated": drawn, "met": matrix_page.met_matrix(results, views, urls)}
        for fact, layer in layers.items():
            for view, row in zip(views, layer.rows, strict=True):
                item = results.items[view["item"]].pk
                for column, cell in zip(layer.columns, row.cells, strict=True):
                    if cell.figure if fact == "rated" else cell.marks or cell.segments:
                        self._note(item, fact, self._in(names[column.label]))
                if fact == "rated" and row.apart:
                    self._note(item, "rated")

    def _look_at_findings(self, results):
        for found in results.findings:
            fact = {"role_gap": "rated", "blind_spot": "met"}.get(found.kind)
            for group in found.groups if fact else ():
                self._note(found.item_id, fact, self._in(group))
                self._note(found.item_id, fact, lambda person, group=group: not self._in(group)(person))

    def _look_at_items(self, results):
        for item in results.items.values():
            wanted = {"rated": (item.pk, "importance"), "meant": (item.pk, "same_meaning")}
            drawn = item_charts.charts(results, list(wanted.values()))
            for fact, key in wanted.items():
                if drawn[key]:
                    self._note(item.pk, fact)
                    self._note(item.pk, "met" if fact == "rated" else fact)
            for line in ItemPage(item, results).rounds:
                if not line.why:
                    self._note(item.pk, "rated" if line.key == "r1" else "again")

    def _look_at_comparisons(self, results):
        allowed = [value for value in Comparison(results, "", "").allowed if value != "me"]
        for value in allowed:
            for other in {"me", *allowed[:2]} - {value}:
                if other in (*allowed, "me"):
                    self._look_at_comparison(results, value, other)

    def _look_at_comparison(self, results, left, right):
        found = Comparison(results, left, right)
        for item, *stands in found._stands:
            for side, stand in zip((found.left, found.right), stands, strict=True):
                mine = side.perspective
                if mine.is_person or not stand.is_told:
                    continue
                who = self._in(mine.key) if mine.kind in ("role", "lens") else None
                if stand.level is not None:
                    self._note(item.pk, "again" if mine.kind == "round" else "rated", who)
                if stand.same is not None:
                    self._note(item.pk, "meant", who)
