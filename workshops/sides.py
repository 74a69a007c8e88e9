"""One perspective's answer on each item, as far as the viewer may be told it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import later_rounds
from .charts.figures import mean
from .item_charts import SAME_WORDS
from .models import Rating
from .visibility import Said

SUMS = {"raters": ("raters", "points", "squares"), "judged": ("judged", "same", "same_squares")}
WHY_NOT = {
    Rating.Answer.UNKNOWN: gettext_lazy("New to them, or they cannot say."),
    Rating.Answer.NOT_REAL: gettext_lazy("Not in this customer’s world, they say."),
}
WHY_NOT_YOU = {
    Rating.Answer.UNKNOWN: gettext_lazy("New to you, or you cannot say."),
    Rating.Answer.NOT_REAL: gettext_lazy("Not in this customer’s world, you say."),
}


@dataclass(frozen=True)
class Stand:
    """Where one side stands on one item.

    `holds` is None for who was not asked. `share` is its rating as a share of the scale, `same` how far it means the
    working definition, both None where nobody said or it may not be told.
    """

    holds: bool | None
    is_told: bool = True
    share: float | None = None
    level: float | None = None
    same: float | None = None
    note: str = ""


class Side:
    """One of the two compared. `other` is who it is compared with: a group is told without the person beside it."""

    def __init__(self, perspective, other, tallies):
        self.perspective = perspective
        self.tallies = tallies
        self.results = tallies.results
        self.without = other.key if other.is_person and self._has(other) else None

    def _has(self, person):
        """Whether a person's answers are among those of this group."""
        mine = self.perspective
        group = {"team": True, "role": mine.key == person.role, "lens": mine.key == self._lens_of(person)}
        return group.get(mine.kind, False)

    def _lens_of(self, person):
        return self.results.roles[person.role].lens

    @property
    def label(self):
        """What it is called here."""
        if self.without is None:
            return self.perspective.label
        if self.perspective.kind == "team":
            return _("Everyone else")
        return _("%(group)s, the others") % {"group": self.perspective.label}

    @property
    def said(self):
        """What it is called inside a sentence."""
        if self.without is not None and self.perspective.kind == "team":
            return _("everyone else")
        return self.label if self.without is not None else self.perspective.said or self.perspective.label

    @property
    def short(self):
        """What it is called in a picture."""
        return self.perspective.said if self.perspective.kind == "person" else self.label

    @cached_property
    def roles(self):
        """Keys of the roles whose people it is; a person is one of their role's."""
        mine = self.perspective
        if mine.kind == "role":
            return {mine.key}
        if mine.kind == "lens":
            return {key for key, role in self.results.roles.items() if role.lens == mine.key}
        return set(self.results.roles)

    def authors(self):
        """Whose statements its texts are, as a filter."""
        if self.perspective.is_person:
            return Q(participant=self.perspective.key)
        return Q(participant__role__key__in=self.roles) & ~Q(participant=self.without or 0)

    def wrote(self, person, role):
        """Whether a person's text is this side's."""
        if self.perspective.is_person:
            return person == self.perspective.key
        return role in self.roles and person != self.without

    def stand(self, item):
        """Where it stands on an item."""
        if self.perspective.kind == "round":
            return self._of_round(item)
        counts = self.counts(item)
        if not counts["asked"]:
            return Stand(None)
        holds = 2 * counts["held"] >= counts["asked"]
        may_tell = self._may_tell(item, "asked") and (not counts["raters"] or self._may_tell(item, "raters"))
        if not may_tell:
            return Stand(holds, is_told=False)
        level = _mean(counts, whole=self.perspective.is_person)
        return Stand(
            holds,
            share=None if level is None else (level - 1) / (self.results.levels - 1),
            level=level,
            same=self._same(item, counts),
            note=self._note(item, counts, holds, level),
        )

    def counts(self, item):
        """The counts of its people on an item."""
        if self.perspective.is_person:
            return self.tallies.by_person[item.pk][self.perspective.key]
        total = Counter()
        for role, counts in self.tallies.by_role[item.pk].items():
            if role in self.roles:
                total.update(counts)
        if self.without is not None:
            total.subtract(self.tallies.by_person[item.pk][self.without])
        return total

    def _may_tell(self, item, what):
        """Whether a figure may be told that rests on the people counted as `what`."""
        mine, sight, you = self.perspective, self.results.sight, self.results.you
        if sight.names or mine.kind == "me":
            return True
        groups, names = defaultdict(Said), SUMS.get(what, (what,))
        for role, counts in self.tallies.by_role[item.pk].items():
            key = self.results.group_of(role)
            groups[key] = groups[key].plus(Said(*(counts[name] for name in names)))
        if mine.kind == "team":
            return sight.shows_whole(sum(said.people for said in groups.values()))
        own = self.tallies.by_person[item.pk][you.pk] if you else Counter()
        if what in SUMS:
            return mine.key in sight.groups_apart(groups, own[names[1]] if own[what] else None)
        return mine.key in sight.groups_on({key: said.people for key, said in groups.items()}, yours=bool(own[what]))

    def may_quote(self, item):
        """Whether its texts may be told from everybody's; an item's page has all of them in any case."""
        return self.perspective.kind == "team" or self._may_tell(item, "authors")

    def _same(self, item, counts):
        levels = self.results.round.same_meaning_levels
        if not counts["judged"] or not self._may_tell(item, "judged"):
            return None
        return counts["same"] / counts["judged"] / (levels - 1)

    def says_same(self, stand):
        """In words, whether the working definition is what it means."""
        if stand.same is None:
            return ""
        return _("Is the working definition what they mean? %(words)s.") % {"words": _said(stand.same)}

    def _note(self, item, counts, holds, level):
        if self.perspective.is_person:
            return self._personal_note(item, counts, holds)
        if self.results.sight.names:
            words = ngettext("%(held)d of %(asked)d has it.", "%(held)d of %(asked)d have it.", counts["held"])
            has = words % {"held": counts["held"], "asked": counts["asked"]}
        else:
            has = _("Half of them or more have it.") if holds else _("Fewer than half of them have it.")
        return has if level is None or not holds else f"{has} {_('Mean %(mean)s.') % {'mean': mean(level)}}"

    def _personal_note(self, item, counts, holds):
        if counts["raters"]:
            return _("Rated %(points)d.") % {"points": counts["points"]}
        if holds:
            return _("Named, not rated.")
        words = WHY_NOT_YOU if self.perspective.kind == "me" else WHY_NOT
        return str(words.get(self.tallies.answers.get((item.pk, self.perspective.key)), ""))

    def _of_round(self, item):
        """The whole team in another round, on that round's own scale."""
        counts = self._counts_of_round.get(item.pk)
        if not counts or not counts["asked"]:
            return Stand(None)
        if (self.perspective.key.pk, item.pk) not in self._told_rounds:
            return Stand(True, is_told=False)
        holds = 2 * counts["held"] >= counts["asked"]
        if not counts["raters"]:
            return Stand(holds, note=_("Not rated."))
        share = (counts["points"] / counts["raters"] - 1) / (self.perspective.key.importance_levels - 1)
        level = 1 + share * (self.results.levels - 1)
        return Stand(holds, share=share, level=level, note=_("Mean %(mean)s.") % {"mean": mean(level)})

    @cached_property
    def _counts_of_round(self):
        return self.tallies.of_round(self.perspective.key)

    @cached_property
    def _told_rounds(self):
        rounds = later_rounds.closed_rounds(self.results)
        return later_rounds.told(self.results, rounds, [item.pk for item in self.results.items.values()])


def _mean(counts, *, whole):
    """The mean rating, None without any; of one person the rating itself."""
    if not counts["raters"]:
        return None
    return counts["points"] if whole else counts["points"] / counts["raters"]


def _said(same):
    """The nearest of the three answers, with its first letter large."""
    words = str(SAME_WORDS[round(same * (len(SAME_WORDS) - 1))])
    return words[:1].upper() + words[1:]
