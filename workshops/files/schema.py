"""The workshop file, format ``parallax-workshop/1``: what it may hold, in the order in which it is written.

The models are frozen and strict: no unknown key, no value of another type (``true`` is not 1, ``3.0`` is not 3).
What one part says about another (references, scales) is checked in `consistency` and `answers`.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_serializer
from pydantic_core import PydanticKnownError

from .fields import (
    Answer,
    Candour,
    Day,
    FindingKind,
    GroupSize,
    GuessToData,
    Key,
    Kind,
    Label,
    Language,
    Lens,
    LinkKind,
    Many,
    Minutes,
    Name,
    NoToYes,
    OneToFive,
    Paragraph,
    Points,
    Revealed,
    Revision,
    RoundKind,
    ShortText,
    Stage,
    Text,
    Title,
    Verdict,
)

FORMAT = "parallax-workshop/1"
ROLES, ITEMS, STATEMENTS, ROUNDS = 100, 5_000, 5_000, 1_000
SMALLEST_GROUP = {"open": 3, "roles": 3, "team": 5}


def _smallest_group(fields):
    return SMALLEST_GROUP[fields.get("candour", "open")]


class FilePart(BaseModel):
    """Anything in the file that is written as a JSON object."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_by_name=True)


class Role(FilePart):
    key: Key
    name: Name
    lens: Lens = "none"


class Team(FilePart):
    name: Name
    roles: Annotated[Many[Role], Field(max_length=ROLES)]


class Workshop(FilePart):
    title: Title
    question: Text = ""
    segment: ShortText = ""
    strategy: Paragraph = ""
    candour: Candour
    stage: Stage
    language: Language = "en"
    k: GroupSize = Field(default_factory=_smallest_group)
    revealed: Revealed = False

    @field_validator("k")
    @classmethod
    def _never_below_the_promise(cls, k, info):
        smallest = _smallest_group(info.data)
        if k < smallest:
            raise PydanticKnownError("greater_than_equal", {"ge": smallest})
        return k

    @model_serializer(mode="wrap")
    def _without_the_default_k(self, serialize) -> dict[str, Any]:
        written = serialize(self)
        if self.k == SMALLEST_GROUP[self.candour]:
            written.pop("k", None)
        return written


class Person(FilePart):
    key: Key
    name: Name
    role: str


class Item(FilePart):
    key: Key
    kind: Kind
    title: Title
    meaning: Text = ""
    parent: str | None = None
    revision: Revision = 1
    lineage: Key | None = None


class Statement(FilePart):
    key: Key
    person: str
    kind: Kind
    label: Label
    meaning: Text = ""
    example: Text = ""
    evidence: GuessToData | None = None
    item: str | None = None
    draft: bool = False


class Link(FilePart):
    person: str
    kind: LinkKind
    from_: Annotated[str, Field(alias="from")]
    to: str
    drawn: bool = True


class Readiness(FilePart):
    person: str
    vision: OneToFive | None = None
    voice: OneToFive | None = None
    decides: OneToFive | None = None
    help: OneToFive | None = None
    strategy: Text = ""


class Scales(FilePart):
    """Points of each scale; None means that the question was not asked."""

    importance: Points | None = 5
    satisfaction: Points | None = 5
    evidence: Points | None = 4
    same_meaning: Points | None = 3


class Rating(FilePart):
    person: str
    item: str
    answer: Answer
    importance: int | None = None
    satisfaction: int | None = None
    evidence: int | None = None
    expected: int | None = None
    same_meaning: int | None = None
    star: bool = False
    late: bool = False
    fist: int | None = None


class Judgement(FilePart):
    person: str
    same: NoToYes


class Restatement(FilePart):
    person: str
    item: str
    outcome: Text = ""
    action: Text = ""
    tradeoff: Text = ""
    judgements: Many[Judgement] = ()


class Round(FilePart):
    key: Key
    kind: RoundKind
    items: Many[str] | None = None
    people: Many[str] | None = None
    closed: bool = False
    scales: Scales = Scales()
    ratings: Many[Rating] = ()
    restatements: Many[Restatement] = ()


class Topic(FilePart):
    item: str | None = None
    kind: FindingKind | None = None
    text: ShortText = ""
    minutes: Minutes | None = None


class Merge(FilePart):
    statements: Annotated[Many[str], Field(min_length=2, max_length=2)]
    answer: Literal["accepted", "rejected"]


class GlossaryEntry(FilePart):
    term: Name
    meaning: Text = ""
    item: str | None = None


class Outcome(FilePart):
    item: str | None = None
    round: str | None = None
    verdict: Verdict
    wording: Text = ""
    dissent: Text = ""
    owner: str | None = None
    due: Day | None = None


class WorkshopFile(FilePart):
    """One workshop as a file. After `read`, each round's `scales` hold what that round asked."""

    format: Literal["parallax-workshop/1"]
    team: Team
    workshop: Workshop
    people: Many[Person]
    items: Annotated[Many[Item], Field(max_length=ITEMS)]
    statements: Annotated[Many[Statement], Field(max_length=STATEMENTS)] = ()
    links: Many[Link] = ()
    readiness: Many[Readiness] = ()
    scales: Scales = Scales()
    rounds: Annotated[Many[Round], Field(max_length=ROUNDS)] = ()
    topics: Many[Topic] = ()
    merges: Many[Merge] = ()
    glossary: Many[GlossaryEntry] = ()
    outcomes: Many[Outcome] = ()
