"""What a finding says, in one sentence that a person could say aloud, with numbers they can check by counting."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from .charts.figures import points
from .role_gaps import SIDE_ONLY

KINDS = {
    "split": gettext_lazy("Split"),
    "scattered": gettext_lazy("Scattered"),
    "role_gap": gettext_lazy("Role gap"),
    "blind_spot": gettext_lazy("Blind spot"),
    "lone_voice": gettext_lazy("Lone voice"),
    "untested": gettext_lazy("Untested"),
    "evidence_clash": gettext_lazy("Evidence clash"),
    "rank": gettext_lazy("Rank"),
    "structure": gettext_lazy("Structure"),
    "contested": gettext_lazy("Contested"),
    "superficial": gettext_lazy("Superficial alignment"),
    "definition": gettext_lazy("Definition"),
    "consensus": gettext_lazy("Consensus"),
}

# What to do with it in the room.
MOVES = {
    "split": gettext_lazy("Each camp states the other’s case first. Then ask what would change their mind."),
    "scattered": gettext_lazy("Ask three people, one low, one middle, one high, which customer they thought of."),
    "role_gap": gettext_lazy(
        "Ask what this role hears in a week that nobody else hears. Look at three cases together."
    ),
    "blind_spot": gettext_lazy(
        "Whoever knows it tells the last real case, start to end. The others say what surprised them."
    ),
    "lone_voice": gettext_lazy("Invite, don’t corner: “What would have to be true for this answer to be right?”"),
    "untested": gettext_lazy("Who could ask five customers by Thursday? Leave with a name and a date."),
    "evidence_clash": gettext_lazy(
        "Put both sets of data side by side: which customers, when, and what were they asked?"
    ),
    "rank": gettext_lazy("Everybody names what they would drop for it. What one gives up shows what it is worth."),
    "structure": gettext_lazy("Draw one real case on the wall, step by step. Where does the one lead to the other?"),
    "contested": gettext_lazy("Ask for one real customer who has it. If nobody knows one, ask what made it plausible."),
    "superficial": gettext_lazy(
        "One from each side finishes “We will notice it when …”. Then one wording, or two names."
    ),
    "definition": gettext_lazy("Two people write a new definition on the spot; everybody says whether they mean that."),
    "consensus": gettext_lazy("Nothing to discuss. Read it aloud once, and build on it."),
}

NOTABLE_SHIFT = 0.05  # share of the scale; less than that nobody would notice when counting

LENS_NAMES = {
    "decide": pgettext_lazy("people of a lens", "Those who decide"),
    "build": pgettext_lazy("people of a lens", "Those who build"),
    "sell": pgettext_lazy("people of a lens", "Those who sell"),
}


@dataclass(frozen=True)
class Names:
    """What keys are called: items by title, roles and people by name; and the points of the scale."""

    items: dict[str, str]
    roles: dict[str, str]
    levels: int
    people: dict[str, str] = field(default_factory=dict)  # empty where people have no names
    tells_roles: bool = True  # whether roles may be told apart

    def group(self, finding: Any, n: int = 0) -> str:
        """The n-th group of a finding, as people call it."""
        key = finding.groups[n]
        return str(LENS_NAMES[key]) if finding.grouping == "lens" else self.roles[key]


def sentence(finding, item_key, names):
    """The finding as a sentence in the reader's language.

    Parameters
    ----------
    finding : Finding
        Of the engine, or its row: `kind`, `variant`, `grouping`, `groups`, `numbers`.
    item_key : str
        The key of its item.
    names : Names
    """
    return _SAYS[finding.kind](finding, names.items[item_key], names)


def _split(finding, title, names):
    n = finding.numbers
    return _("‘%(title)s’: %(low)s, %(high)s, and %(between)s.") % {
        "title": title,
        "low": ngettext("%(n)d says low", "%(n)d say low", n["low"]) % {"n": n["low"]},
        "high": ngettext("%(n)d says high", "%(n)d say high", n["high"]) % {"n": n["high"]},
        "between": _in_between(n["middle"]),
    }


def _in_between(n):
    if n == 0:
        return _("nobody is in between")
    return ngettext("%(n)d is in between", "%(n)d are in between", n) % {"n": n}


def _scattered(finding, title, names):
    n = finding.numbers
    if n["middle"] == 0:
        return _("Answers to ‘%(title)s’ are all over the scale: %(low)d low, %(high)d high.") % {"title": title, **n}
    return _("Answers to ‘%(title)s’ are all over the scale: %(low)d low, %(middle)d in the middle, %(high)d high.") % {
        "title": title,
        **n,
    }


def _role_gap(finding, title, names):
    n = finding.numbers
    if finding.variant == SIDE_ONLY:
        words = (
            _("%(group)s: ‘%(title)s’ is above the rest.")
            if n["believed_gap"] > 0
            else _("%(group)s: ‘%(title)s’ is below the rest.")
        )
        return words % {"group": names.group(finding), "title": title}
    if finding.variant == "opportunity":
        return _opportunity(finding, title, names)
    words = (
        _("%(group)s: ‘%(title)s’ is %(gap)s points above the rest; allowing for chance we believe %(believed)s.")
        if n["believed_gap"] > 0
        else _("%(group)s: ‘%(title)s’ is %(gap)s points below the rest; allowing for chance we believe %(believed)s.")
    )
    told = words % {
        "group": names.group(finding),
        "title": title,
        "gap": points(abs(n["net_gap"])),
        "believed": points(abs(n["believed_gap"])),
    }
    if abs(n["shift"]) < NOTABLE_SHIFT * (names.levels - 1):
        return told
    everywhere = (
        _("(Not counting the %(shift)s points by which this group rates everything higher.)")
        if n["shift"] > 0
        else _("(Not counting the %(shift)s points by which this group rates everything lower.)")
    )
    return f"{told} {everywhere % {'shift': points(abs(n['shift']))}}"


def _opportunity(finding, title, names):
    n = finding.numbers
    words = (
        _(
            "%(group)s: ‘%(title)s’ is the bigger opening. They say it matters %(matters)s and is served %(served)s; "
            "the rest say %(rest_matters)s and %(rest_served)s."
        )
        if n["believed_gap"] > 0
        else _(
            "%(group)s: ‘%(title)s’ is the smaller opening. They say it matters %(matters)s and is served %(served)s; "
            "the rest say %(rest_matters)s and %(rest_served)s."
        )
    )
    return words % {
        "group": names.group(finding),
        "title": title,
        "matters": points(n["mean_importance"]),
        "served": points(n["mean_satisfaction"]),
        "rest_matters": points(n["mean_importance_rest"]),
        "rest_served": points(n["mean_satisfaction_rest"]),
    }


def _blind_spot(finding, title, names):
    n = finding.numbers
    words = (
        _("%(who)s: none of %(group)d has ‘%(title)s’ on their map; of the other %(others)d, %(other_holders)d do.")
        if n["holders"] == 0
        else _("%(who)s: %(holders)d of %(group)d hold ‘%(title)s’; of %(others)d others, %(other_holders)d do.")
    )
    return words % {"who": names.group(finding), "title": title, **n}


def _lone_voice(finding, title, names):
    n = finding.numbers
    if not names.people:
        return _("‘%(title)s’: one answer stands apart from all others.") % {"title": title}
    told = {"title": title, "others": n["raters"] - 1, **n}
    if n["near_from"] == n["near_to"]:
        return _("‘%(title)s’: one person says %(value)d, %(near)d of %(others)d others say %(near_to)d.") % told
    return (
        _("‘%(title)s’: one person says %(value)d, %(near)d of %(others)d others %(near_from)d to %(near_to)d.") % told
    )


def _untested(finding, title, names):
    n = finding.numbers
    if n["with_evidence"] == 0:
        return _("%(high)d of %(raters)d call ‘%(title)s’ important; nobody has more than an anecdote.") % {
            "title": title,
            **n,
        }
    return ngettext(
        "%(high)d of %(raters)d call ‘%(title)s’ important; of %(evidence_answers)d asked how they know, "
        "%(with_evidence)d has more than an anecdote.",
        "%(high)d of %(raters)d call ‘%(title)s’ important; of %(evidence_answers)d asked how they know, "
        "%(with_evidence)d have more than an anecdote.",
        n["with_evidence"],
    ) % {"title": title, **n}


def _evidence_clash(finding, title, names):
    n = finding.numbers
    return _("‘%(title)s’: %(high)s and %(low)s, and all of these have seen it with several customers or more.") % {
        "title": title,
        "high": ngettext("%(n)d says high", "%(n)d say high", n["high_with_evidence"]) % {"n": n["high_with_evidence"]},
        "low": ngettext("%(n)d says low", "%(n)d say low", n["low_with_evidence"]) % {"n": n["low_with_evidence"]},
    }


def _rank(finding, title, names):
    n = finding.numbers
    if finding.variant == "role":
        return ngettext(
            "%(who)s: %(picked)d of %(people)d puts ‘%(title)s’ among what matters most; of the other %(people_rest)d, "
            "%(picked_rest)d do.",
            "%(who)s: %(picked)d of %(people)d put ‘%(title)s’ among what matters most; of the other %(people_rest)d, "
            "%(picked_rest)d do.",
            n["picked"],
        ) % {"who": names.group(finding), "title": title, **n}
    return _("%(picked)d of %(people)d put ‘%(title)s’ among what matters most; %(not_picked)d do not.") % {
        "title": title,
        **n,
    }


_LEADS = {
    "blocks": gettext_lazy("‘%(title)s’ blocks ‘%(to)s’"),
    "causes": gettext_lazy("‘%(title)s’ causes ‘%(to)s’"),
    "serves": gettext_lazy("‘%(title)s’ serves ‘%(to)s’"),
}


def _structure(finding, title, names):
    n = finding.numbers
    key = finding.to_item if isinstance(finding.to_item, str) else finding.to_item.key
    told = {"link": str(_LEADS[finding.variant]) % {"title": title, "to": names.items[key]}, **n}
    if finding.groups:
        words = ngettext(
            "%(who)s: %(drew)d of %(group)d says that %(link)s; of the other %(others)d, %(others_drew)d do.",
            "%(who)s: %(drew)d of %(group)d say that %(link)s; of the other %(others)d, %(others_drew)d do.",
            n["drew"],
        )
        return words % (told | {"who": names.group(finding)})
    return _("Of %(people)d who know both, %(drew)d say that %(link)s, and %(did_not)d do not.") % told


def _contested(finding, title, names):
    n = finding.numbers
    return ngettext(
        "%(not_real)d of %(answered)d says ‘%(title)s’ is not in the customer’s world; %(high)d rate it high.",
        "%(not_real)d of %(answered)d say ‘%(title)s’ is not in the customer’s world; %(high)d rate it high.",
        n["not_real"],
    ) % {"title": title, **n}


def _superficial(finding, title, names):
    return _("%(different)d of %(answered)d mean something else by ‘%(title)s’.") % {"title": title, **finding.numbers}


def _definition(finding, title, names):
    return _("Hardly anyone means by ‘%(title)s’ what its definition says: %(different)d of %(answered)d do not.") % {
        "title": title,
        **finding.numbers,
    }


def _consensus(finding, title, names):
    n = finding.numbers
    high = n["high"] >= n["low"]
    told = {"agreeing": max(n["high"], n["low"]), "raters": n["raters"], "title": title, "asked": n["asked"]}
    if finding.variant == "few":
        words = (
            _("Agreement among few: of %(asked)d asked, %(raters)d rated ‘%(title)s’, and %(agreeing)d say high.")
            if high
            else _("Agreement among few: of %(asked)d asked, %(raters)d rated ‘%(title)s’, and %(agreeing)d say low.")
        )
    elif finding.variant == "tentative":
        words = (
            _("So far you agree on ‘%(title)s’: %(agreeing)d of %(raters)d say high. That is few people to be sure.")
            if high
            else _(
                "So far you agree on ‘%(title)s’: %(agreeing)d of %(raters)d say low. That is few people to be sure."
            )
        )
    else:
        words = (
            _("%(agreeing)d of %(raters)d rate ‘%(title)s’ high.")
            if high
            else _("%(agreeing)d of %(raters)d rate ‘%(title)s’ low.")
        )
    return words % told


_SAYS = {
    "split": _split,
    "scattered": _scattered,
    "role_gap": _role_gap,
    "blind_spot": _blind_spot,
    "lone_voice": _lone_voice,
    "untested": _untested,
    "evidence_clash": _evidence_clash,
    "rank": _rank,
    "structure": _structure,
    "contested": _contested,
    "superficial": _superficial,
    "definition": _definition,
    "consensus": _consensus,
}


NEAR_THE_LINE = {
    "changes_tier": gettext_lazy("With limits a notch tighter it would be possible only."),
    "goes": gettext_lazy("With limits a notch tighter it would not be told."),
}


def placed(value):
    """Where people place the team, in points of the scale towards their own answers."""
    told = {"n": points(abs(value))}
    if told["n"] == "0.0":
        return _("You place the team where it is.")
    if value > 0:
        return _("You place the team %(n)s points nearer to your own answers than it is.") % told
    return _("You place the team %(n)s points further from your own answers than it is.") % told


def headline(alignment, findings, names):
    """The one sentence of a workshop: how alike people answer, and what stands out.

    Parameters
    ----------
    alignment : dict
        `value`, `people` and `items` of the whole.
    findings : sequence of Finding rows
        Those that may be told, most worth talking about first.
    names : Names
    """
    if alignment["value"] is None:
        return _("Too few people have answered the same questions to compare them.")
    return f"{_how_alike(alignment['value'])} {_what_stands_out(findings, names)}"


def _how_alike(value):
    if value >= 0.6:
        return _("You see the customer much alike.")
    if value >= 0.3:
        return _("You agree on part of the customer’s world.")
    if value >= 0.1:
        return _("You agree only a little more than chance would have it.")
    return _("You agree no more than chance would have it.")


def _what_stands_out(findings, names):
    likely = [found for found in findings if found.tier == "likely"]
    meaning = [found for found in likely if found.kind in ("superficial", "definition", "contested")]
    if meaning:
        return sentence(meaning[0], meaning[0].item.key, names)
    apart = [found for found in likely if found.kind in ("blind_spot", "role_gap")]
    if apart:
        count = sum(1 for found in apart if found.groups[0] == apart[0].groups[0])
        words = ngettext(
            "%(group)s: apart from the rest on %(n)d item.", "%(group)s: apart from the rest on %(n)d items.", count
        )
        return words % {"group": names.group(apart[0]), "n": count}
    splits = [found for found in likely if found.kind == "split"]
    if splits:
        return ngettext(
            "%(n)d item splits you into two camps.", "%(n)d items split you into two camps.", len(splits)
        ) % {"n": len(splits)}
    if len(names.roles) > 1 and names.tells_roles:
        return _("It is not your roles that divide you: the differences run through every one of them.")
    return _("No single item stands out.")
