"""The mark of a role: hue and shape say its lens, the letter says the role."""

from dataclasses import dataclass
from itertools import chain, count
from string import ascii_uppercase, digits

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

EVERYONE = "everyone"  # the one row of a chart that may not tell roles apart
LENSES = {
    "decide": pgettext_lazy("lens", "Decide"),
    "build": pgettext_lazy("lens", "Build"),
    "sell": pgettext_lazy("lens", "Sell"),
    "none": pgettext_lazy("lens", "Other"),
    EVERYONE: _("Everyone"),
}
SHAPES = {"decide": "diamond", "build": "square", "sell": "circle", "none": "triangle", EVERYONE: "circle"}
HUES = {"decide": "decide", "build": "build", "sell": "sell", "none": "other", EVERYONE: "other"}

# By key or by name, as either may come from a file. Executive gives its E to Engineering.
USUAL_LETTERS = {
    "executive": "X",
    "exec": "X",
    "product management": "P",
    "product": "P",
    "pm": "P",
    "design": "D",
    "ux": "D",
    "engineering": "E",
    "eng": "E",
    "marketing": "M",
    "sales": "S",
    "customer support": "C",
    "support": "C",
    "other": "O",
}


@dataclass(frozen=True, slots=True)
class RoleMark:
    """How one role of a team is drawn. `#m-ID` is the mark, `#h-ID` the hollow one, in _marks.html."""

    key: str
    name: str
    lens: str
    letter: str

    @property
    def id(self):
        return self.letter

    @property
    def shape(self):
        """diamond, square, circle or triangle."""
        return SHAPES[self.lens]

    @property
    def hue(self):
        """The name of the colour: decide, build, sell or other."""
        return HUES[self.lens]


def role_marks(roles):
    """The mark of every role of one team, by the role's key.

    Parameters
    ----------
    roles : iterable of objects with `key`, `name` and `lens`
        All roles of the team in its order, so that a role has the same letter on every page.

    Returns
    -------
    dict of str to RoleMark
        No two share a letter: the usual one where there is one, else the first free one of the name, of the alphabet,
        of the digits, and in the end a number.
    """
    roles = list(roles)
    letters = {}
    for role in roles:
        usual = USUAL_LETTERS.get(role.key.casefold()) or USUAL_LETTERS.get(str(role.name).casefold())
        if usual and usual not in letters.values():
            letters[role.key] = usual
    for role in roles:
        if role.key not in letters:
            letters[role.key] = _free_letter(str(role.name), set(letters.values()))
    return {role.key: RoleMark(role.key, str(role.name), str(role.lens), letters[role.key]) for role in roles}


def _free_letter(name, taken):
    own = (letter for letter in name.upper() if letter.isalnum())
    numbers = (str(number) for number in count(10))
    return next(letter for letter in chain(own, ascii_uppercase, digits, numbers) if letter not in taken)
