"""The roles, people and items that the rows of a ratings CSV name, each made when it is named first."""

import functools

from django.utils import translation
from django.utils.translation import gettext_noop as _

from workshops.models.team import DEFAULT_ROLES, Lens

from . import schema
from .fields import NAME, TITLE
from .names import Keys, same, same_in_any_case
from .refusals import value_text

_MOST = {"role": schema.ROLES, "item": schema.ITEMS}


@functools.cache
def _usual():
    with translation.override("en"):  # a file says the same whatever the language of who reads it
        return tuple(
            schema.Role(key=role["key"], name=str(role["name"]), lens=role["lens"].value) for role in DEFAULT_ROLES
        )


@functools.cache
def _usual_by_name():
    return _by_name(_usual())


def _by_name(roles):
    """Roles by what a cell may call them: their name or their key, in any case."""
    return {same_in_any_case(word): role for role in roles for word in (role.key, role.name)}


def role_read_as(name):
    """What is the same for two names that are taken for one role: that of a usual role may stand for its key."""
    known = _usual_by_name().get(same_in_any_case(name))
    return known.key if known else same_in_any_case(name)


def lens_of(name):
    """The lens of a role about which a file says nothing but its name: that of the usual role, else none."""
    known = _usual_by_name().get(same_in_any_case(name))
    return known.lens if known else Lens.NONE.value


class Cast:
    """Who and what a file names; `full` when there are more of one sort than are taken.

    Parameters
    ----------
    problems : RowProblems
        Where it is noted that a name cannot be taken.
    roles : list of schema.Role or None
        The team's, whose lenses stand; without them the usual ones, whose lenses the file may change.
    people : int
        The most that are taken.
    """

    def __init__(self, problems, *, roles, people):
        self.problems = problems
        self.full = False
        self._most = _MOST | {"person": people}
        self._lenses_stand = roles is not None
        known = _usual() if roles is None else roles
        self._known = _by_name(known)
        self._keys = {
            "role": Keys([role.key for role in known], otherwise="role"),
            "person": Keys(otherwise="person"),
            "item": Keys(otherwise="item"),
        }
        self._made = {"role": {}, "person": {}, "item": {}}

    def roles(self):
        """The roles in the order in which they were named."""
        return tuple(
            schema.Role(key=made["key"], name=made["name"], lens=made["lens"]) for made in self._made["role"].values()
        )

    def people(self):
        """The people in the order in which they were named."""
        return tuple(
            schema.Person(key=made["key"], name=made["name"], role=made["role"])
            for made in self._made["person"].values()
        )

    def items(self):
        """The items in the order in which they were named."""
        return tuple(
            schema.Item(key=made["key"], kind=made["kind"], title=made["name"]) for made in self._made["item"].values()
        )

    def person(self, number, row):
        """The key of the person whom a row names, in their role."""
        role = self._role(number, row)
        made = self._named("person", number, row["person"], same(row["person"]), longest=NAME)
        if made and role and made.setdefault("role", role["key"]) != role["key"]:
            reason = _("%(person)s has another role in row %(first)d")
            self.problems.add((number, "role"), reason, person=value_text(row["person"]), first=made["row"])
        return made and made["key"]

    def item(self, number, row, kind):
        """The key of the item that a row names; None if its kind is unknown."""
        if kind is None:
            return None
        made = self._named("item", number, row["item"], (same(row["item"]), kind), longest=TITLE)
        if made:
            made["kind"] = kind
        return made and made["key"]

    def _role(self, number, row):
        known = self._known.get(same_in_any_case(row["role"]))
        identity = known.key if known else (same_in_any_case(row["role"]),)
        made = self._named("role", number, row["role"], identity, longest=NAME, key=known and known.key)
        if made is None:
            return None
        lens = row.get("lens", "").casefold()
        made.setdefault("lens", known.lens if known else Lens.NONE.value)
        if lens and lens not in Lens.values:
            reason = _("must be one of %(expected)s, got %(value)s")
            self.problems.add((number, "lens"), reason, expected=", ".join(Lens.values), value=value_text(row["lens"]))
        elif lens and lens != made["lens"]:
            self._other_lens(number, made, lens, stands=known is not None and self._lenses_stand)
        made["lens_said"] = made.get("lens_said") or bool(lens)
        return made

    def _other_lens(self, number, made, lens, *, stands):
        if stands:
            self.problems.add((number, "lens"), _("the team has this role with the lens %(lens)s"), lens=made["lens"])
        elif made.get("lens_said"):
            self.problems.add((number, "lens"), _("this role has the lens %(lens)s further up"), lens=made["lens"])
        else:
            made["lens"] = lens

    def _named(self, sort, number, name, identity, *, longest, key=None):
        """What is known of a name, made the first time; None, and noted, if it cannot be one."""
        made = self._made[sort]
        if identity not in made:
            if not self._may_be(sort, number, name, longest):
                return None
            made[identity] = {"name": name, "key": key or self._keys[sort].make(name), "row": number}
        return made[identity]

    def _may_be(self, sort, number, name, longest):
        if not name:
            self.problems.add((number, sort), _("must not be blank"))
        elif len(name) > longest:
            reason = _("must be at most %(longest)d characters long, got %(length)d")
            self.problems.add((number, sort), reason, longest=longest, length=len(name))
        elif len(self._made[sort]) == self._most[sort]:
            self.full = True
            self.problems.add((number, sort), _("is one more than the %(most)d that are taken"), most=self._most[sort])
        else:
            return True
        return False
