"""Whose view of the customer is missing in a workshop: said while somebody can still be invited."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Participant
from .models.team import DEFAULT_ROLES, Lens

EXPECTED = {role["key"] for role in DEFAULT_ROLES if role["lens"] != Lens.NONE}


def missing_voices(workshop):
    """What to say about voices that are missing, the gravest first.

    Returns
    -------
    list of str
        A sentence for each lens that no accepted participant has, then one for the usual roles that nobody holds
        although somebody shares their lens. Empty when every voice is there.
    """
    held = Participant.objects.filter(workshop=workshop, role=OuterRef("pk"))
    roles = list(workshop.team.roles.exclude(lens=Lens.NONE).annotate(is_held=Exists(held)))
    heard = {role.lens for role in roles if role.is_held}
    said = [
        _("You have no voice from %(roles)s yet: nobody who %(does)s.")
        % {"roles": _either([role.name for role in roles if role.lens == lens]), "does": does}
        for lens, does in _what_lenses_do().items()
        if lens not in heard and any(role.lens == lens for role in roles)
    ]
    others = [role.name for role in roles if role.lens in heard and not role.is_held and role.key in EXPECTED]
    if others:
        said.append(_("You have no voice from %(roles)s yet.") % {"roles": _either(others)})
    return said


def _what_lenses_do():
    return {
        Lens.DECIDE: pgettext("nobody who …", "decides what to build"),
        Lens.BUILD: pgettext("nobody who …", "builds it"),
        Lens.SELL: pgettext("nobody who …", "sells it or helps those who bought"),
    }


def _either(names):
    """“A”, “A or B”, “A, B or C”."""
    *first, last = names
    if not first:
        return str(last)
    return _("%(names)s or %(last)s") % {"names": ", ".join(first), "last": last}
