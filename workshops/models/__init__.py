"""The rows of Parallax, one subject a file. Everything hangs off a team."""

from .account import User
from .erasure import Erasure
from .finding import Analysis, Finding
from .item import Item
from .job import Job, WorkerPulse
from .outcome import GlossaryEntry, Merge, Outcome, Topic
from .restatement import Judgement, Restatement
from .round import Rating, Round, RoundItem, RoundPerson
from .statement import Link, Readiness, Statement
from .team import Membership, Role, Segment, Team
from .workshop import Participant, Workshop

__all__ = [
    "Analysis",
    "Erasure",
    "Finding",
    "GlossaryEntry",
    "Item",
    "Job",
    "Judgement",
    "Link",
    "Membership",
    "Merge",
    "Outcome",
    "Participant",
    "Rating",
    "Readiness",
    "Restatement",
    "Role",
    "Round",
    "RoundItem",
    "RoundPerson",
    "Segment",
    "Statement",
    "Team",
    "Topic",
    "User",
    "WorkerPulse",
    "Workshop",
]
