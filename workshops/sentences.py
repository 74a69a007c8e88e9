"""What a finding says, in one sentence that a person could say aloud, with numbers they can check by counting."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from .charts.figures import points, ratio
from .role_gaps import SIDE_ONLY

NOTABLE_SHIFT = 0.05  # share of the scale; less than that nobody would notice when counting

NOTABLE_AGREEMENT = 0.05  # as far as two decimals show

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
    item_key : str or None
        The key of its item; None for a finding about everything.
    names : Names
    """
    return _SAYS[finding.kind](finding, "" if item_key is None else names.items[item_key], names)


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


def _outlier_view(finding, _title, names):
    n, who = finding.numbers, finding.people[0]
    told = {"items": n["items"], "who": names.people.get(who, "")}
    told |= {name: points(n[name] * (names.levels - 1)) for name in ("distance", "distance_others")}
    if finding.tier == "likely" and told["who"]:
        words = _(
            "%(who)s sees the whole otherwise, not one item only: over %(items)d items %(distance)s points from the "
            "others, who are %(distance_others)s from each other."
        )
    else:  # one of three such is chance: nobody is named for it
        words = _(
            "Somebody may see the whole otherwise, not one item only: over %(items)d items %(distance)s points from "
            "the others, who are %(distance_others)s from each other."
        )
    return words % told


def _drift(finding, title, names):
    n, since = finding.numbers, finding.variant == "workshop"
    if finding.item is None:
        return _drift_of_all(n, since=since)
    told = {"title": title, "moved": n["moved"], "people": n["people"]}
    told |= {"before": points(n["mean_before"]), "after": points(n["mean_after"])}
    words = (
        _("‘%(title)s’: since the last workshop %(moved)d of %(people)d changed their answer.")
        if since
        else _("‘%(title)s’: asked again, %(moved)d of %(people)d changed their answer.")
    )
    moved = _("The mean went from %(before)s to %(after)s.")
    if abs(n["agreement_delta"]) >= NOTABLE_AGREEMENT:
        moved = (
            _("The mean went from %(before)s to %(after)s, and they are nearer to each other.")
            if n["agreement_delta"] > 0
            else _("The mean went from %(before)s to %(after)s, and they are further apart.")
        )
    return f"{words % told} {moved % told}"


def _drift_of_all(n, *, since):
    words = {
        (False, True): _("Asked again, you are nearer to each other: alignment %(before)s before, %(after)s after."),
        (False, False): _("Asked again, you are further apart: alignment %(before)s before, %(after)s after."),
        (True, True): _("Since the last workshop you came nearer: alignment %(before)s then, %(after)s now."),
        (True, False): _("Since the last workshop you drifted apart: alignment %(before)s then, %(after)s now."),
    }[since, n["delta"] > 0]
    who = ngettext("(%(n)d person, %(items)d items)", "(%(n)d people, %(items)d items)", n["people"])
    told = {"before": ratio(n["before"]), "after": ratio(n["after"]), "n": n["people"], "items": n["items"]}
    return f"{words % told} {who % told}"


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


# What two texts say together, in the same item and in two.
_TEXTS = {
    "opposed": gettext_lazy("Two of you say ‘%(title)s’ and may mean the contrary by it."),
    "explained_differently": gettext_lazy("Two of you say ‘%(title)s’ and explain it differently."),
    "soft_question": gettext_lazy("Two of you say ‘%(title)s’: is it the same?"),
}
_TWO_TEXTS = {
    "opposed": gettext_lazy("‘%(title)s’ and ‘%(to)s’: nearly the same words, and they may mean the contrary."),
    "explained_differently": gettext_lazy("‘%(title)s’ and ‘%(to)s’: nearly the same words, explained differently."),
    "soft_question": gettext_lazy("‘%(title)s’ and ‘%(to)s’: nearly the same words. Is it the same?"),
}


def _of_texts(finding, title, names, one, two):
    """In words for one item, or for two."""
    if finding.to_item is None:
        return str(one) % {"title": title}
    key = finding.to_item if isinstance(finding.to_item, str) else finding.to_item.key
    return str(two) % {"title": title, "to": names.items[key]}


def _violent_agreement(finding, title, names):
    if finding.variant == "confirmed":
        one = _("You fight over words: two of you say ‘%(title)s’ so differently that it sounds like two things.")
        return _of_texts(finding, title, names, one, _("‘%(title)s’ and ‘%(to)s’ are the same in other words."))
    words = _("‘%(title)s’ and ‘%(to)s’ may be the same in other words.")
    return _of_texts(finding, title, names, words, words)


def _opposite(finding, title, names):
    one = _("Two of you may say the contrary about ‘%(title)s’.")
    return _of_texts(finding, title, names, one, _("‘%(title)s’ and ‘%(to)s’ may say the contrary of each other."))


def _superficial(finding, title, names):
    if "cosine" in finding.numbers:  # found in texts, and not in what people answered
        return _of_texts(finding, title, names, _TEXTS[finding.variant], _TWO_TEXTS[finding.variant])
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
    "outlier_view": _outlier_view,
    "untested": _untested,
    "evidence_clash": _evidence_clash,
    "rank": _rank,
    "structure": _structure,
    "contested": _contested,
    "superficial": _superficial,
    "violent_agreement": _violent_agreement,
    "opposite": _opposite,
    "definition": _definition,
    "consensus": _consensus,
    "drift": _drift,
}
