"""What the writing pages show of one participant: their statements as forms, what is missing, how far they are."""

from dataclasses import dataclass, field, replace

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import pace
from .models import Link, Readiness, Statement
from .models.item import Kind
from .models.public_id import new_public_id
from .writing import QUESTIONS
from .writing_words import EVIDENCE_WORDS, LINK_WORDS, SECTIONS

SPARE_KEYS = 12  # blank forms that a page can open while it is offline
PLENTY = {Kind.GOAL: 2, Kind.PAIN: 2, Kind.ALTERNATIVE: 1}  # from so many on, the part counts as done
PARTS = {Kind.GOAL: pace.Part.GOALS, Kind.PAIN: pace.Part.PAINS, Kind.ALTERNATIVE: pace.Part.ALTERNATIVES}


@dataclass(frozen=True)
class Tick:
    """One of one's own statements that another may be linked to."""

    key: str
    words: str
    kind: str
    is_ticked: bool


@dataclass(frozen=True)
class Ticks:
    """The ticks of one kind of link."""

    name: str
    legend: str
    kinds: str
    is_folded: bool
    ticks: list[Tick]


@dataclass(frozen=True)
class Entry:
    """One statement as a form shows it."""

    kind: str
    key: str = field(default_factory=new_public_id)
    version: int = 0
    label: str = ""
    meaning: str = ""
    example: str = ""
    evidence: str = ""
    links: tuple[Ticks, ...] = ()
    errors: dict = field(default_factory=dict)

    @property
    def is_blank(self):
        return self.version == 0 and not self.errors

    @property
    def counts(self):
        """Whether it is used once it is submitted."""
        return bool(self.label)


@dataclass(frozen=True)
class Section:
    """All statements of one kind, and the blank form after them."""

    kind: str
    words: dict
    entries: list[Entry]
    blank: Entry

    @property
    def count(self):
        """How many have a label."""
        return sum(entry.counts for entry in self.entries)


class Sheet:
    """Everything that a participant has written, in as many queries for sixty statements as for none."""

    def __init__(self, participant):
        self.participant = participant
        rows = list(Statement.with_deleted.filter(participant=participant))
        self.kept = [row for row in rows if row.deleted_at is None]
        self.deleted = sorted((row for row in rows if row.deleted_at), key=lambda row: row.deleted_at, reverse=True)
        self.readiness = Readiness.objects.filter(participant=participant).first()
        self.typed = None

    @cached_property
    def drawn(self):
        """{(kind of link, from, to)} by the statements' ids."""
        own = Link.objects.filter(participant=self.participant, from_statement__isnull=False)
        return set(own.values_list("kind", "from_statement_id", "to_statement_id"))

    @cached_property
    def sections(self):
        """Goals, pains and what they do today."""
        return [
            Section(kind, words, self._entries(kind), Entry(kind, links=self._ticks(kind)))
            for kind, words in SECTIONS.items()
        ]

    @property
    def spare_keys(self):
        """Keys for more blank forms, which the page opens by itself."""
        return " ".join(new_public_id() for _n in range(SPARE_KEYS))

    def show_typed(self, key, posted, errors):
        """Show one form as it was typed instead of as it is kept, with what is wrong with it."""
        self.typed = (key, posted, errors)

    def _entries(self, kind):
        entries = [self._as_typed(self._entry(row)) for row in self.kept if row.kind == kind]
        if self.typed and self.typed[1].get("kind") == kind and self.typed[0] not in {entry.key for entry in entries}:
            entries.append(self._as_typed(Entry(kind, self.typed[0], links=self._ticks(kind))))
        return entries

    def _entry(self, row):
        evidence = "" if row.evidence is None else str(row.evidence)
        texts = {name: getattr(row, name) for name in ("label", "meaning", "example")}
        return Entry(row.kind, row.public_id, row.version, evidence=evidence, links=self._ticks(row.kind, row), **texts)

    def _as_typed(self, entry):
        if not self.typed or self.typed[0] != entry.key:
            return entry
        _key, posted, errors = self.typed
        texts = {name: posted.get(name, "") for name in ("label", "meaning", "example", "evidence")}
        links = tuple(_typed_ticks(ticks, posted.getlist(ticks.name)) for ticks in entry.links)
        return replace(entry, links=links, errors=errors, **texts)

    def _ticks(self, kind, row=None):
        return tuple(
            Ticks(
                name,
                words["legend"],
                " ".join(words["kinds"]),
                words["is_folded"],
                [
                    Tick(
                        other.public_id,
                        other.label or words["unnamed"],
                        other.kind,
                        row is not None and (name, row.pk, other.pk) in self.drawn,
                    )
                    for other in self.kept
                    if other.kind in words["kinds"] and other is not row
                ],
            )
            for name, words in LINK_WORDS[kind].items()
        )

    # -- how far ---------------------------------------------------------------------------------------------------
    @cached_property
    def answered(self):
        """How many of the five warm-up questions are answered."""
        said = self.readiness
        return 0 if said is None else bool(said.strategy) + sum(getattr(said, name) is not None for name in QUESTIONS)

    def count(self, kind):
        """How many statements of a kind have a label."""
        return sum(row.kind == kind and bool(row.label) for row in self.kept)

    @cached_property
    def estimate(self):
        """How long it still takes."""
        met_by = {PARTS[kind]: min(self.count(kind) / plenty, 1) for kind, plenty in PLENTY.items()}
        shares = {pace.Part.WARM_UP: self.answered / (1 + len(QUESTIONS)), **met_by}
        return pace.estimate(dict.fromkeys(shares, 1) if self.participant.has_submitted else shares)

    @property
    def first_unfinished(self):
        """The page and the place on it where to go on."""
        if self.participant.has_submitted:
            return "write-thanks", ""
        if self.answered < 1 + len(QUESTIONS) and not self.kept:
            return "warm-up", ""
        for kind in SECTIONS:
            if not self.count(kind):
                return "write-view", f"#{PARTS[kind]}"
        return "write-review", ""

    # -- what is missing ---------------------------------------------------------------------------------------------
    @property
    def missing(self):
        """What one may still add, in words; nothing of it is asked for."""
        open_questions = 1 + len(QUESTIONS) - self.answered
        found = [words["missing"] for kind, words in SECTIONS.items() if not self.count(kind)]
        if open_questions:
            found.append(
                ngettext(
                    "%(n)d question of the warm-up is open.", "%(n)d questions of the warm-up are open.", open_questions
                )
                % {"n": open_questions}
            )
        bare = sum(1 for row in self.kept if row.label and not row.meaning)
        if bare:
            found.append(
                ngettext(
                    "%(n)d statement has no meaning yet: others may take its words for something else.",
                    "%(n)d statements have no meaning yet: others may take their words for something else.",
                    bare,
                )
                % {"n": bare}
            )
        return found

    @property
    def has_something(self):
        """Whether there is anything to submit."""
        return any(row.label for row in self.kept)


def _typed_ticks(ticks, keys):
    return replace(ticks, ticks=[replace(tick, is_ticked=tick.key in keys) for tick in ticks.ticks])


def shown(said):
    """What a statement or a warm-up says, line by line with a heading: [(heading, text)]. Empty ones are left out."""
    headings = {
        "strategy": _("The strategy in one sentence"),
        "label": _("In a few words"),
        "meaning": _("What I mean, how I would notice it"),
        "example": _("Example"),
    }
    lines = [(heading, said.get(name) or "") for name, heading in headings.items()]
    evidence = said.get("evidence")
    if evidence not in (None, ""):
        lines.append((_("How do you know?"), str(EVIDENCE_WORDS.get(str(evidence), ""))))
    lines += [
        (str(Readiness._meta.get_field(name).verbose_name).capitalize(), str(said.get(name) or ""))
        for name in QUESTIONS
    ]
    return [(heading, text) for heading, text in lines if text]
