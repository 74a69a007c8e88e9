"""What each candour mode lets a viewer see, and that nothing smaller than k can be worked out from it."""

import random
from types import SimpleNamespace

import pytest

from workshops.visibility import Sight, Turnout

LENSES = ["decide", "build", "sell", "none"]


def sight(answered, *, candour="roles", k=3, yours="", revealed=True, takes_part=None, may_prepare=False):
    """A Sight on roles r0, r1, …, two to a lens, of which so many people answered; `yours` is the viewer's role."""
    # A facilitator has opened the findings; see test_revealing.py for what holds before.
    workshop = SimpleNamespace(candour=candour, k=k, is_revealed=revealed, prepared_at="opened", withdrawn_at=None)
    turnout = [
        Turnout(f"r{n}", LENSES[n // 2 % 4], count + 1, count, yours == f"r{n}") for n, count in enumerate(answered)
    ]
    takes_part = bool(yours) if takes_part is None else takes_part
    return Sight(workshop, turnout, takes_part=takes_part, may_prepare=may_prepare)


def finding(kind, *, groups=(), grouping="role", variant="", statements=(), **numbers):
    """A finding as it is stored."""
    about = {"kind": kind, "variant": variant, "groups": groups, "grouping": grouping, "statements": statements}
    return SimpleNamespace(**about, numbers=numbers)


@pytest.mark.parametrize(
    "who, candour, revealed, names, anything",
    [
        ({"takes_part": True}, "open", True, True, True),
        ({"may_prepare": True}, "open", True, True, True),
        ({}, "open", True, False, True),  # a member of the team who takes no part
        ({"takes_part": True}, "open", False, False, False),
        ({"may_prepare": True}, "open", False, False, True),
        ({"takes_part": True}, "roles", True, False, True),
        ({"may_prepare": True}, "team", True, False, True),
    ],
)
def test_names_stand_only_in_open_after_the_reveal_for_those_who_take_part(who, candour, revealed, names, anything):
    seen = sight([4, 4], candour=candour, k=5 if candour == "team" else 3, revealed=revealed, **who)

    assert (seen.names, seen.anything) == (names, anything)


@pytest.mark.parametrize(
    "answered, yours, grouping, groups",
    [
        ([3, 3, 3], "", "role", {"r0", "r1", "r2"}),
        ([3, 3, 3], "r0", "role", {"r2"}),  # without the viewer r0 has two, and needs another one beside it
        ([4, 3, 3], "r0", "role", {"r0", "r1", "r2"}),
        ([5, 2, 4], "", "role", {"r0"}),  # r1 alone could be worked out, so r2 goes with it
        ([2, 2, 2, 2], "", "lens", {"decide", "build"}),
        ([1, 1, 1], "", "", set()),
        ([2, 2, 1], "", "", set()),  # one lens of four; the one beside could be worked out
    ],
)
def test_roles_stand_apart_from_k_people_on_else_lenses_else_nobody(answered, yours, grouping, groups):
    seen = sight(answered, yours=yours)

    assert (seen.grouping, seen.groups) == (grouping, frozenset(groups))


def test_team_mode_tells_nobody_apart_and_asks_for_five():
    seen = sight([9, 9], candour="team", k=3)

    assert (seen.grouping, seen.groups) == ("", frozenset())
    assert [seen.shows_whole(n) for n in (4, 5)] == [False, True]


def test_a_figure_of_everybody_needs_k_beside_the_viewer():
    assert [sight([4, 4], yours="r0").shows_whole(n) for n in (3, 4)] == [False, True]
    assert [sight([4, 4]).shows_whole(n) for n in (2, 3)] == [False, True]


@pytest.mark.parametrize(
    "found, in_roles, in_team",
    [
        (finding("split", raters=9), True, True),
        (finding("split", raters=4), True, False),
        (finding("split", raters=2), False, False),
        (finding("untested", raters=9, evidence_answers=2), False, False),
        (finding("contested", answered=9, raters=6), True, True),
        (finding("lone_voice", raters=9), True, False),
        (finding("role_gap", groups=("r0",), raters=4, raters_rest=5), True, False),
        (finding("role_gap", groups=("r0",), raters=2, raters_rest=7), False, False),
        (finding("role_gap", groups=("decide",), grouping="lens", raters=4, raters_rest=5), False, False),
        (finding("blind_spot", groups=("r1",), group=4, others=2), False, False),
        # What counts people by two answers at once, or by stars and links, is told with names only.
        (finding("evidence_clash", raters=20), False, False),
        (finding("rank", people=20), False, False),
        (finding("structure", people=20), False, False),
        (finding("role_gap", variant="opportunity", groups=("r0",), raters=4, raters_rest=5), False, False),
        (finding("superficial", answered=20), True, True),
        (finding("superficial", statements=("s1", "s2"), label=95, cosine=0.2), False, False),
        (finding("a kind of its own", raters=20), False, False),
    ],
)
def test_a_finding_is_told_where_what_it_says_may_be_seen(found, in_roles, in_team):
    assert sight([4, 5], candour="roles").shows_finding(found) is in_roles
    assert sight([4, 5], candour="team", k=5).shows_finding(found) is in_team
    assert sight([1, 1], candour="open", takes_part=True).shows_finding(found) is True


@pytest.mark.parametrize("mode", ["roles", "team"])
def test_nothing_smaller_than_k_can_be_worked_out_from_an_item(mode):
    """On 1,000 random items, everything published (each group shown, and everybody) splits the people into parts.

    Whoever subtracts what is shown, and their own answer, is left with one of these parts or a union of them.
    """
    dice = random.Random(20261122)
    for _ in range(1000):
        roles = dice.randint(1, 8)
        answered = [dice.randint(0, 7) for _ in range(roles)]
        k = dice.choice([3, 4, 5] if mode == "roles" else [5, 6])
        yours = f"r{dice.randrange(roles)}" if dice.random() < 0.5 else ""
        if yours and not answered[int(yours[1:])]:
            yours = ""
        seen = sight(answered, candour=mode, k=k, yours=yours)
        on_item = {f"r{n}": dice.randint(0, count) for n, count in enumerate(answered)}
        if yours and dice.random() < 0.8:
            on_item[yours] = max(1, on_item[yours])
        key = {f"r{n}": f"r{n}" if seen.grouping == "role" else LENSES[n // 2 % 4] for n in range(roles)}
        counts = {}
        for role, n in on_item.items():
            counts[key[role]] = counts.get(key[role], 0) + n

        shown = seen.groups_on(counts, yours=bool(yours and on_item[yours])) if seen.grouping else frozenset()
        own = key[yours] if yours and on_item[yours] else None
        parts = [counts[group] - (group == own) for group in shown]
        if seen.shows_whole(sum(counts.values())):
            parts.append(
                sum(n for group, n in counts.items() if group not in shown) - (own is not None and own not in shown)
            )

        assert all(n == 0 or n >= k for n in parts), (answered, on_item, k, yours, shown)


def test_the_same_search_finds_small_groups_where_the_rule_is_off():
    """The control: shown group by group without the second rule, somebody alone can be worked out."""
    seen = sight([5, 1, 5])
    counts = {"r0": 5, "r1": 1, "r2": 5}

    careless = {key for key, n in counts.items() if n >= seen.least}

    assert sum(n for key, n in counts.items() if key not in careless) == 1
    assert sum(n for key, n in counts.items() if key not in seen.groups_on(counts, yours=False)) >= seen.least
