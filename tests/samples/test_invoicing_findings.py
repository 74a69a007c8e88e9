"""Every finding and near-miss that samples/invoicing.md names.

Where the engine has the rule, it must give the tier. Where it does not yet, the counting that the rule rests on is done
here by plain arithmetic on the file.
"""

import re
from itertools import combinations

import numpy as np
import pytest

from tests.samples.invoicing import STORY, answered, answers, of_texts, result, said, sample, tiers

PLANTED = [
    ("superficial", "paid-on-time", (), "likely"),
    ("superficial", "good-name", (), "possible"),
    ("definition", "look-professional", (), "likely"),
    ("contested", "whatsapp", (), "likely"),
    ("split", "chasing-awkward", (), "likely"),
    ("scattered", "send-from-site", (), "likely"),
    ("role_gap", "know-spend", ("sales",), "likely"),
    ("role_gap", "know-spend", ("sell",), "likely"),
    ("blind_spot", "retention", ("engineering",), "likely"),
    ("blind_spot", "factoring", ("product",), "possible"),
    ("lone_voice", "big-clients", (), "likely"),
    ("outlier_view", None, (), "likely"),
    ("untested", "tax-due", (), "likely"),
    ("evidence_clash", "office-late", (), "likely"),
    ("rank", "good-name", (), "possible"),
    ("structure", "chasing-awkward", (), "likely"),
    ("drift", None, (), "likely"),
    ("drift", "chasing-awkward", (), "likely"),
    ("consensus", "no-evenings", (), "likely"),
    ("consensus", "factoring", (), "possible"),
]
UNPLANTED_AGREEMENTS = {
    "paid-on-time": "likely",
    "big-clients": "likely",
    "good-name": "likely",
    "disputed-extras": "likely",
    "tax-due": "possible",
    "one-place": "possible",
}
NEAR_MISSES = [
    ("superficial", "no-evenings", {}),
    ("definition", "invoice-steps", {}),
    ("split", "accountant", {}),
    ("blind_spot", "bank-matching", {}),
    ("role_gap", "pay-suppliers", {}),
    ("lone_voice", "spreadsheet", {}),
    ("contested", "deposit", {}),
    ("untested", "disputed-extras", {}),
    ("consensus", "one-place", {(): "possible"}),
]
BUILT = {kind for kind, *_ in PLANTED}


@pytest.mark.parametrize(
    "kind, item, groups, tier",
    PLANTED,
    ids=["-".join((kind, item or "all", *groups)) for kind, item, groups, _ in PLANTED],
)
def test_a_planted_finding_has_its_tier(kind, item, groups, tier):
    assert tiers(kind, item)[groups] == tier


@pytest.mark.parametrize("kind, item, expected", NEAR_MISSES, ids=[f"{kind}-{item}" for kind, item, _ in NEAR_MISSES])
def test_a_near_miss_is_not_likely(kind, item, expected):
    assert tiers(kind, item) == expected


OF_TEXTS = [
    ("opposite", "invoice-steps", "possible"),
    ("violent_agreement", "know-spend", "likely"),
    ("violent_agreement", "no-evenings", "likely"),
    ("violent_agreement", "spreadsheet", "likely"),
]


@pytest.mark.parametrize("kind, item, tier", OF_TEXTS, ids=["-".join(each[:2]) for each in OF_TEXTS])
def test_a_planted_finding_of_texts_has_its_tier(kind, item, tier):
    assert [
        each.finding.tier for each in of_texts() if (each.found.kind, each.item, each.to_item) == (kind, item, None)
    ] == [tier]


def test_no_other_finding_of_texts_is_likely():
    likely = [(each.found.kind, each.item) for each in of_texts() if each.finding.tier == "likely"]

    assert sorted(likely) == [(kind, item) for kind, item, tier in OF_TEXTS if tier == "likely"]


def test_the_engine_finds_what_is_planted_and_no_other_divergence():
    found = [f for f in result().findings if f.kind in BUILT - {"consensus"}]

    assert sorted((f.kind, f.item or "", f.groups, f.tier) for f in found) == sorted(
        (kind, item or "", groups, tier) for kind, item, groups, tier in PLANTED if kind != "consensus"
    )


def test_the_agreements_are_those_of_the_story():
    found = {f.item: f.tier for f in result().findings if f.kind == "consensus"}

    assert found == UNPLANTED_AGREEMENTS | {"no-evenings": "likely", "factoring": "possible"}


def test_the_lone_voice_is_that_of_the_executive():
    [finding] = [f for f in result().findings if f.kind == "lone_voice"]

    assert finding.people == ("helena",)


def test_the_outlier_view_is_that_of_the_executive_and_not_of_who_rates_everything_lower():
    [finding] = [f for f in result().findings if f.kind == "outlier_view"]

    assert finding.people == ("helena",)
    assert round(finding.numbers["ratio"], 1) == 1.8


def test_drift_counts_those_whose_vote_came_in_time():
    [on_item] = [f for f in result().findings if (f.kind, f.item) == ("drift", "chasing-awkward")]
    change = next(each for each in result().change.items if each.item == "chasing-awkward")

    assert (on_item.numbers["people"], on_item.numbers["moved"]) == (10, 5)
    assert (change.counts_before, change.counts_after) == ((0, 4, 0, 3, 3), (0, 0, 1, 7, 2))


def test_nobody_stands_in_camps():
    assert result().camps is None


def test_meanings_come_first_on_the_agenda():
    assert [entry.item for entry in result().agenda if entry.why == "meaning"] == [
        "paid-on-time",
        "whatsapp",
        "look-professional",
    ]
    assert result().agenda[0].item == "paid-on-time"


def test_the_story_names_every_planted_finding_and_near_miss():
    story = STORY.read_text(encoding="utf-8")
    planted, missed = re.findall(r"(?ms)^## Planted findings$(.*?)^## The ten near-misses$(.*?)^## ", story)[0]

    in_story = re.findall(r"(?m)^\| ([a-z ]+) \| `([a-z-]+)`.*?\| (likely|possible) \|.*\| tested \|$", planted)
    assert sorted(in_story) == sorted(
        (kind.replace("_", " "), item, tier)
        for kind, item, _, tier in [*PLANTED, *((kind, item, (), tier) for kind, item, tier in OF_TEXTS)]
        if item
    )
    for kind, where in (("outlier view", "Helena"), ("drift", "all three items of the re-vote")):
        assert f"| {kind} | {where} | likely |" in planted
    assert len(re.findall(r"(?m)^\| (?!item|---)", missed)) == 10
    assert re.findall(r"(?m)^\| `([a-z-]+)` \| ([a-z ]+) \|", missed) == [
        (item, kind.replace("_", " ")) for kind, item, _ in NEAR_MISSES
    ]


def test_evidence_clash_by_counting_both_sides_have_data():
    importance, evidence = said("office-late", "importance"), said("office-late", "evidence")

    high = {person for person, points in importance.items() if points >= 4}
    low = {person for person, points in importance.items() if points <= 2}
    assert (high, low) == ({"jonas", "priya", "karim"}, {"ruth", "tomas", "dele"})
    assert min(evidence[person] for person in high | low) == 2


def test_rank_by_counting_five_of_eleven_starred_what_ten_rate_high():
    stars = [person for person, star in said("good-name", "star").items() if star]

    assert sorted(stars) == ["karim", "mei", "priya", "ruth", "tomas"]
    assert sorted(said("good-name", "importance").values()) == [3, *[4] * 6, *[5] * 4]


def test_structure_by_counting_half_of_those_who_hold_both_draw_the_link():
    asked = {
        link.person: link.drawn
        for link in sample().links
        if (link.from_, link.to) == ("chasing-awkward", "paid-on-time")
    }

    assert {person for person, drawn in asked.items() if drawn} == {"karim", "dele", "sofia"}
    assert {person for person, drawn in asked.items() if not drawn} == {"lukas", "ines", "ruth"}
    assert asked.keys() <= said("chasing-awkward", "importance").keys() & said("paid-on-time", "importance").keys()


def test_no_other_link_is_drawn_and_refused_by_two_people_each():
    counts = {}
    for link in sample().links:
        counts.setdefault((link.from_, link.to), []).append(link.drawn)

    disputed = [pair for pair, drawn in counts.items() if min(drawn.count(True), drawn.count(False)) >= 2]
    assert disputed == [("chasing-awkward", "paid-on-time")]


def apart_from_the_others():
    """How far each person is from the others by how far those are from each other, each one's own mean taken away."""
    importance, people = answers().importance, answers().people
    centred = importance - np.nanmean(importance, axis=1, keepdims=True)
    apart = {pair: np.nanmean(np.abs(centred[pair[0]] - centred[pair[1]])) for pair in combinations(range(11), 2)}
    ratios = {}
    for row, person in enumerate(people):
        own = np.mean([distance for pair, distance in apart.items() if row in pair])
        ratios[person] = own / np.mean([distance for pair, distance in apart.items() if row not in pair])
    return ratios


def test_outlier_view_by_arithmetic_only_the_executive_is_a_quarter_farther_away():
    ratios = apart_from_the_others()

    assert round(ratios["helena"], 2) == 1.83
    assert {person for person, ratio in ratios.items() if ratio >= 1.25} == {"helena"}


def test_outlier_view_by_arithmetic_a_low_rater_is_none():
    mean = {person: np.nanmean(row) for person, row in zip(answers().people, answers().importance, strict=True)}

    assert round(mean["mei"] - float(np.nanmean(answers().importance)), 2) == -0.75
    assert apart_from_the_others()["mei"] < 1


def test_opposite_by_reading_one_says_more_and_the_other_fewer():
    meanings = {each.person: each.meaning for each in sample().statements if each.item == "invoice-steps"}

    assert meanings == {
        "jonas": "They want to send more invoices during a job, so that money comes in before the end.",
        "dele": "They want to send fewer invoices during a job, so that the client is not asked for money every week.",
    }


def likeness(one, other):
    """Twice the longest common subsequence by the summed lengths, in per cent: 100 is the same text."""
    longest = [0] * (len(other) + 1)
    for letter in one:
        before = longest
        longest = [0]
        for position, each in enumerate(other):
            longest.append(before[position] + 1 if letter == each else max(before[position + 1], longest[-1]))
    return 200 * longest[-1] / (len(one) + len(other))


def test_violent_agreement_by_counting_letters_three_accepted_merges_share_few_words():
    statements = {each.key: each for each in sample().statements}
    merges = [[statements[key] for key in each.statements] for each in sample().merges if each.answer == "accepted"]

    apart = {one.item for one, other in merges if likeness(one.label.lower(), other.label.lower()) < 60}
    assert apart == {"know-spend", "no-evenings", "spreadsheet"}
    assert [(one, other) for one, other in merges if one.item != other.item] == []


def test_merges_that_were_rejected_are_between_items_of_one_kind():
    statements = {each.key: each for each in sample().statements}
    rejected = [[statements[key] for key in each.statements] for each in sample().merges if each.answer == "rejected"]

    assert len(rejected) == 2
    assert [pair for pair in rejected if pair[0].item == pair[1].item or pair[0].kind != pair[1].kind] == []


def test_the_executive_and_two_others_say_that_the_contested_item_is_not_real():
    assert answered("whatsapp", "not_real") == {"helena", "priya", "jonas"}
