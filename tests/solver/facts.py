"""Published figures, and what the words beside them mean."""

from dataclasses import dataclass

from .workshops import LEVELS, NAMES

LENS_NAMES = {"Decide": "decide", "Build": "build", "Sell": "sell", "Other": "none"}
PEOPLE_OF = {"Those who decide": "decide", "Those who build": "build", "Those who sell": "sell"}
HALF = 0.05 + 1e-9  # a figure of one decimal


@dataclass(frozen=True)
class Fact:
    """One published figure: of an item, a question (`dim`), a group ("" for everybody, "role:KEY", "lens:KEY"), with or
    without the reader's own answer."""

    kind: str
    item: str
    group: str = ""
    values: tuple = ()
    dim: str = "importance"
    without_you: bool = False


class Unread(AssertionError):
    """A page says something that nobody here understands: the attacker must learn it."""


def group_key(label):
    """The group that a label means. The role Other and the lens Other are the same people."""
    label = label.strip()
    by_name = {name: f"role:{key}" for key, name in NAMES.items()}
    by_lens = {name: f"lens:{key}" for name, key in {**LENS_NAMES, **PEOPLE_OF}.items()}
    known = by_lens | by_name
    if label not in known:
        raise Unread(f"which group is {label!r}?")
    return known[label]


def from_place(percent, first, last):
    """The interval of means that a mark can stand for: its place has two decimals, and the mean that it shows four."""
    place, span = float(percent.removesuffix("%")), (LEVELS - 1) / (last - first)
    room = 0.0051 * span + 0.00005
    return 1 + (place - first) * span - room, 1 + (place - first) * span + room
