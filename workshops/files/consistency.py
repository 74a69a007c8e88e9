"""Whether the parts of a workshop file fit together: keys are unique, and every reference names something."""

from django.utils.translation import gettext_noop as _

from .answers import check_round
from .references import References
from .refusals import Problems, value_text

# Which kinds of statement or item each kind of link runs between.
LINKS = {"blocks": ({"pain"}, {"goal"}), "serves": ({"alternative"}, {"goal", "pain"}), "causes": ({"pain"}, {"pain"})}


def check(file, *, people):
    """Raise FileRefused, with every path and reason, unless the parts of `file` fit together."""
    problems = Problems()
    if len(file.people) > people:
        problems.add(
            ("people",), _("must have at most %(most)d entries, got %(count)d"), most=people, count=len(file.people)
        )
    references = References(file, problems)
    for check_part in _CHECKS:
        check_part(file, references, problems)
    problems.refuse_if_any()


def _check_people(file, references, problems):
    for position, person in enumerate(file.people):
        references.require("role", person.role, "people", position, "role")


def _check_items(file, references, problems):
    for position, item in enumerate(file.items):
        references.require("item", item.parent, "items", position, "parent")
    _check_circles({item.key: item.parent for item in file.items}, "parent", references, problems)
    _check_circles({item.key: item.lineage for item in file.items}, "lineage", references, problems)


def _check_circles(following, step, references, problems):
    for circle in _circles(following):
        trail = " → ".join([*circle[:5], "…"] if len(circle) > 5 else [*circle, circle[0]])
        location = ("items", references.declared["item"][circle[0]], step)
        problems.add(location, _("leads back to where it starts: %(trail)s"), trail=trail)


def _circles(following):
    done = set()
    for start in following:
        trail, key = [], start
        walked = set()
        while key in following and key not in done:
            done.add(key)
            walked.add(key)
            trail.append(key)
            key = following[key]
        if key in walked:
            yield trail[trail.index(key) :]


def _check_statements(file, references, problems):
    items = references.declared["item"]
    for position, statement in enumerate(file.statements):
        at = ("statements", position)
        references.require("person", statement.person, *at, "person")
        references.require("item", statement.item, *at, "item")
        if statement.key in items:
            problems.add((*at, "key"), _("is also the key of an item; a link could mean either"))
        if not statement.draft and not statement.label.strip():
            problems.add((*at, "label"), _("must not be blank unless the statement is a draft"))


def _check_links(file, references, problems):
    kinds = {part.key: part.kind for part in (*file.statements, *file.items)}
    for position, link in enumerate(file.links):
        references.require("person", link.person, "links", position, "person")
        for step, key, allowed in zip(("from", "to"), (link.from_, link.to), LINKS[link.kind], strict=True):
            at = ("links", position, step)
            if key not in kinds:
                problems.add(at, _("names %(key)s, which is neither a statement nor an item"), key=value_text(key))
            elif kinds[key] not in allowed:
                reason = _("must be of kind %(allowed)s in a link that says “%(link)s”, got %(kind)s")
                problems.add(at, reason, allowed=", ".join(sorted(allowed)), link=link.kind, kind=kinds[key])
        if link.from_ == link.to:
            problems.add(("links", position, "to"), _("is the same as “from”"))
    signatures = [(link.person, link.kind, link.from_, link.to) for link in file.links]
    references.once(signatures, ("links",), _("says again what an earlier link says"))


def _check_readiness(file, references, problems):
    for position, answer in enumerate(file.readiness):
        references.require("person", answer.person, "readiness", position, "person")
    signatures = [answer.person for answer in file.readiness]
    references.once(signatures, ("readiness",), _("is a second entry of this person"), step=("person",))


def _check_rounds(file, references, problems):
    for position, round_ in enumerate(file.rounds):
        check_round(round_, ("rounds", position), references, problems)


def _check_findings_talked_about(file, references, problems):
    for position, topic in enumerate(file.topics):
        references.require("item", topic.item, "topics", position, "item")
        if topic.item is None and topic.kind is None and not topic.text.strip():
            problems.add(("topics", position), _("needs an item, a kind or a text"))
    for position, entry in enumerate(file.glossary):
        references.require("item", entry.item, "glossary", position, "item")
    for position, outcome in enumerate(file.outcomes):
        references.require("item", outcome.item, "outcomes", position, "item")
        references.require("round", outcome.round, "outcomes", position, "round")
        references.require("person", outcome.owner, "outcomes", position, "owner")


def _check_merges(file, references, problems):
    for position, merge in enumerate(file.merges):
        references.require_all("statement", merge.statements, "merges", position, "statements")
    signatures = [frozenset(merge.statements) for merge in file.merges]
    references.once(signatures, ("merges",), _("is a second answer about the same two statements"))


def _check_revealed(file, references, problems):
    if isinstance(file.workshop.revealed, tuple):
        references.require_all("item", file.workshop.revealed, "workshop", "revealed")


_CHECKS = (
    _check_revealed,
    _check_people,
    _check_items,
    _check_statements,
    _check_links,
    _check_readiness,
    _check_rounds,
    _check_findings_talked_about,
    _check_merges,
)
