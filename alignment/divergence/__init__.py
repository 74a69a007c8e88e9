"""Where people see the customer differently: how far apart, how sure, and what to talk about first.

Numpy in, plain numbers out. Nothing here knows about the web, a database, a clock or a file of ratings; the only file
it reads is the table of chance valleys that ships beside the code. Randomness comes only through a passed generator.
"""

from .analysis import STEPS, analyse
from .answers import Answers, Links
from .index import alignment_index
from .results import AgendaEntry, Alignment, Finding, Index, ItemView, Result, RolePair, RoleShift, RoleView
from .thresholds import Thresholds

__all__ = [
    "STEPS",
    "AgendaEntry",
    "Alignment",
    "Answers",
    "Finding",
    "Index",
    "ItemView",
    "Links",
    "Result",
    "RolePair",
    "RoleShift",
    "RoleView",
    "Thresholds",
    "alignment_index",
    "analyse",
]
