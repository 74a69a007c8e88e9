"""The rows of Parallax, one subject a file. Everything hangs off a team."""

from .account import User
from .finding import Analysis, Finding
from .item import Item
from .job import Job, WorkerPulse
from .round import Rating, Round
from .team import Membership, Role, Segment, Team
from .workshop import Participant, Workshop

__all__ = [
    "Analysis",
    "Finding",
    "Item",
    "Job",
    "Membership",
    "Participant",
    "Rating",
    "Role",
    "Round",
    "Segment",
    "Team",
    "User",
    "WorkerPulse",
    "Workshop",
]
