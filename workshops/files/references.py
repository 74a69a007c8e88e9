"""The keys that a workshop file declares, and references to them."""

from django.utils.translation import gettext_noop as _

from .refusals import path_text, value_text

_DANGLING = {
    "role": _("names the role %(key)s, which is not among the team’s roles"),
    "person": _("names the person %(key)s, who is not among the people"),
    "item": _("names the item %(key)s, which is not among the items"),
    "statement": _("names the statement %(key)s, which is not among the statements"),
    "round": _("names the round %(key)s, which is not among the rounds"),
}


class References:
    """What a file declares under which key; notes keys that are taken twice and references to nothing."""

    def __init__(self, file, problems):
        self.problems = problems
        self.declared = {
            "role": self._declared(file.team.roles, ("team", "roles")),
            "person": self._declared(file.people, ("people",)),
            "item": self._declared(file.items, ("items",)),
            "statement": self._declared(file.statements, ("statements",)),
            "round": self._declared(file.rounds, ("rounds",)),
        }

    def require(self, kind, key, *location):
        """Note a problem when `key` names nothing; None refers to nothing and is fine."""
        if key is not None and key not in self.declared[kind]:
            self.problems.add(location, _DANGLING[kind], key=value_text(key))

    def require_all(self, kind, keys, *location):
        """Note each of `keys` that names nothing or stands there twice; None means all there are."""
        for position, key in enumerate(keys or ()):
            self.require(kind, key, *location, position)
        self.once(keys or (), location, _("stands in this list already"))

    def once(self, signatures, location, reason, step=()):
        """Note each of `signatures`, one for each entry of the list at `location`, that stood there before."""
        seen = set()
        for position, signature in enumerate(signatures):
            if signature in seen:
                self.problems.add((*location, position, *step), reason)
            seen.add(signature)

    def _declared(self, parts, location):
        declared = {}
        for position, part in enumerate(parts):
            if part.key in declared:
                first = path_text((*location, declared[part.key], "key"))
                self.problems.add((*location, position, "key"), _("is the same key as %(first)s"), first=first)
            declared.setdefault(part.key, position)
        return declared
