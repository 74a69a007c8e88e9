"""The rows of Parallax, one subject a file. Everything hangs off a team."""

from .account import User
from .audit import AuditEntry
from .bucket import Bucket
from .edit import Edit
from .erasure import Erasure
from .finding import Analysis, Finding
from .item import Item
from .job import Job, WorkerPulse
from .letter import Letter
from .meaning import StatementVector, SuggestedMerges
from .outcome import GlossaryEntry, Merge, Outcome, Topic
from .pace import Pace
from .participant import Device, Participant, PersonalLink
from .restatement import Judgement, Restatement
from .round import Rating, Round, RoundItem, RoundPerson, Sitting
from .statement import Link, Readiness, Statement
from .team import Membership, Role, Segment, Team
from .workshop import Workshop

__all__ = [
    "Analysis",
    "AuditEntry",
    "Bucket",
    "Device",
    "Edit",
    "Erasure",
    "Finding",
    "GlossaryEntry",
    "Item",
    "Job",
    "Judgement",
    "Letter",
    "Link",
    "Membership",
    "Merge",
    "Outcome",
    "Pace",
    "Participant",
    "PersonalLink",
    "Rating",
    "Readiness",
    "Restatement",
    "Role",
    "Round",
    "RoundItem",
    "RoundPerson",
    "Segment",
    "Sitting",
    "Statement",
    "StatementVector",
    "SuggestedMerges",
    "Team",
    "Topic",
    "User",
    "WorkerPulse",
    "Workshop",
]
