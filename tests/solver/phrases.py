"""What the sentence of a finding says in figures."""

import re

import numpy as np

from .facts import Fact, Unread, group_key

HIGH, LOW, MIDDLE = (4, 5), (1, 2), (3,)
QUOTED = r"‘(?P<item>[^’]+)’"
NONE = r"(?:nobody has|(?P<with_evidence>\d+) ha(?:s|ve)) more than an anecdote\."
SENTENCES = [
    ("split", rf"{QUOTED}: (?P<low>\d+) says? low, (?P<high>\d+) says? high, and (?P<middle>nobody|\d+) (?:is|are) in"),
    ("scattered", rf"Answers to {QUOTED} are all over the scale: (?P<low>\d+) low, "
                  r"(?:(?P<middle>\d+) in the middle, )?(?P<high>\d+) high\."),
    ("gap", rf"(?P<group>.+?): {QUOTED} is (?P<gap>[\d.−]+) points (?P<side>above|below) the rest; allowing for chance "
            r"we believe (?P<believed>[\d.−]+)\.(?: \(Not counting the (?P<shift>[\d.]+) points by which this group "
            r"rates everything (?P<way>higher|lower)\.\))?"),
    ("side", rf"(?P<group>.+?): {QUOTED} is (?P<side>above|below) the rest\."),
    ("blind", rf"(?P<group>.+?): none of (?P<n>\d+) has {QUOTED} on their map; of the other (?P<others>\d+), "
              r"(?P<other_holders>\d+) do\."),
    ("blind", rf"(?P<group>.+?): (?P<holders>\d+) of (?P<n>\d+) hold {QUOTED}; of (?P<others>\d+) others, "
              r"(?P<other_holders>\d+) do\."),
    ("lone", rf"{QUOTED}: one answer stands apart from all others\."),
    ("untested", rf"(?P<high>\d+) of (?P<raters>\d+) call {QUOTED} important; "
                 rf"(?:of (?P<asked>\d+) asked how they know, )?{NONE}"),
    ("contested", rf"(?P<not_real>\d+) of (?P<answered>\d+) says? {QUOTED} is not in the customer’s world; "
                  r"(?P<high>\d+) rate it high\."),
    ("different", rf"(?P<different>\d+) of (?P<answered>\d+) mean something else by {QUOTED}\."),
    ("different", rf"Hardly anyone means by {QUOTED} what its definition says: (?P<different>\d+) of "
                  r"(?P<answered>\d+) do not\."),
    ("agreed", rf"Agreement among few: of \d+ asked, (?P<raters>\d+) rated {QUOTED}, and (?P<agreeing>\d+) say "
               r"(?P<way>high|low)\."),
    ("agreed", rf"So far you agree on {QUOTED}: (?P<agreeing>\d+) of (?P<raters>\d+) say (?P<way>high|low)\."),
    ("agreed", rf"(?P<agreeing>\d+) of (?P<raters>\d+) rate {QUOTED} (?P<way>high|low)\."),
]  # fmt: skip


def sentence(words):
    """Facts of a finding's sentence."""
    for kind, pattern in SENTENCES:
        found = re.match(pattern, words)
        if found:
            return list(_told(kind, {name: value for name, value in found.groupdict().items() if value is not None}))
    raise Unread(words)


def _told(kind, said):
    title = said.pop("item")
    if "group" in said:
        said["group"] = group_key(said["group"])
    if kind in ("split", "scattered"):
        middle = {"nobody": 0}.get(said.get("middle", "nobody"), said.get("middle"))
        for levels, n in ((LOW, said["low"]), (HIGH, said["high"]), (MIDDLE, middle)):
            yield _count(title, levels, n)
    elif kind == "gap":
        net = _signed(said["gap"]) * (1 if said["side"] == "above" else -1)
        shift = float(said.get("shift", 0)) * (-1 if said.get("way") == "lower" else 1)
        near = 0.1 + 1e-9 if "shift" in said else 0.25 + 1e-9  # less than a twentieth of the scale is not told
        yield Fact("gap", title, said["group"], (net + shift - near, net + shift + near))
    elif kind == "side":
        yield Fact("gap", title, said["group"], (0.0, np.inf) if said["side"] == "above" else (-np.inf, 0.0))
    elif kind == "blind":
        numbers = (int(said["n"]), int(said.get("holders", 0)), int(said["others"]), int(said["other_holders"]))
        yield Fact("blind", title, said["group"], numbers)
    elif kind == "untested":
        yield _count(title, HIGH, said["high"])
        yield _count(title, (1, 2, 3, 4, 5), said["raters"])
        yield _count(title, (2, 3), said.get("with_evidence", 0), "evidence")
        if "asked" in said:
            yield _count(title, (0, 1, 2, 3), said["asked"], "evidence")
    elif kind == "contested":
        yield _count(title, ("not_real",), said["not_real"])
        yield _count(title, HIGH, said["high"])
        yield _count(title, (1, 2, 3, 4, 5, "unknown", "not_real"), said["answered"])
    elif kind == "different":
        yield _count(title, (0,), said["different"], "same_meaning")
        yield _count(title, (0, 1, 2), said["answered"], "same_meaning")
    elif kind == "agreed":
        yield _count(title, HIGH if said["way"] == "high" else LOW, said["agreeing"])
        yield _count(title, (1, 2, 3, 4, 5), said["raters"])


def _count(title, levels, n, dim="importance"):
    return Fact("levels", title, values=(levels, int(n)), dim=dim)


def _signed(words):
    return float(words.replace("−", "-"))
