"""Figures published with, or worked out on, real data."""

import dataclasses

import numpy as np

from alignment.divergence import alignment_index, analyse
from alignment.divergence.distance import level_counts
from alignment.divergence.valley import valley_p
from tests.divergence import published
from tests.divergence.sessions import answers_from


def gaps(ratings, roles, tier):
    lenses = dict.fromkeys(roles, "none")
    findings = analyse(answers_from(ratings, roles, levels=3, lenses=lenses)).findings
    return {finding.item for finding in findings if finding.kind == "role_gap" and finding.tier == tier}


def test_practitioners_hardly_agree_on_what_hurts_and_roles_do_not_explain_it():
    ratings, roles = published.napire()

    index = alignment_index(ratings, levels=3)

    assert (round(index.value, 3), round(index.low, 3), round(index.high, 3)) == (0.151, 0.114, 0.188)
    assert (len(ratings), index.people, index.items) == (228, 209, 22)
    rated = [role for role, row in zip(roles, ratings, strict=True) if not np.isnan(row).all()]
    assert {role: rated.count(role) for role in sorted(set(rated))} == {
        "analyst": 24,
        "architect": 15,
        "developer": 20,
        "lead": 70,
        "other": 53,
        "requirements": 17,
        "tester": 10,
    }
    assert gaps(ratings, roles, "likely") == gaps(ratings, roles, "possible") == set()


def test_shuffled_roles_of_practitioners_show_no_gap():
    ratings, roles = published.napire()

    shuffled = np.random.default_rng(1).permutation(roles).tolist()

    assert gaps(ratings, shuffled, "likely") == gaps(ratings, shuffled, "possible") == set()


def test_groups_found_by_their_votes_differ_on_twelve_statements():
    ratings, groups = published.brexit()

    assert [groups.count(group) for group in ("group 0", "group 1", "group")] == [106, 91, 7]
    assert len(gaps(ratings, groups, "likely")) == 12


def test_shuffled_groups_differ_on_about_no_statement():
    ratings, groups = published.brexit()
    rng = np.random.default_rng(2)

    flags = [len(gaps(ratings, rng.permutation(groups).tolist(), "likely")) for _ in range(20)]

    assert np.mean(flags) <= 0.2  # 0.07 a session over many shuffles


def test_usage_of_concepts_has_the_index_worked_out_before():
    index = alignment_index(published.reqt_usage(), levels=3)

    assert (round(index.value, 3), round(index.low, 3), round(index.high, 3)) == (0.479, 0.370, 0.589)
    assert (index.people, index.items) == (14, 92)


def test_a_valley_shows_on_nine_concepts_as_chance_would_have_it():
    counts = level_counts(published.reqt_usage(), levels=3)

    assert np.count_nonzero(valley_p(counts) <= 0.10) == 9


def test_the_only_concept_of_which_a_quarter_means_something_else_is_screen():
    concepts, meaning = [name for _, name in published.reqt_concepts()], published.reqt_meaning()
    answers = answers_from(published.reqt_usage(), ["other"] * 14, levels=3)

    result = analyse(dataclasses.replace(answers, same_meaning=meaning))

    (found,) = (finding for finding in result.findings if finding.dimension == "same_meaning")
    screen = concepts.index("Screen")
    assert (found.kind, found.tier, found.item) == ("superficial", "likely", f"i{screen:04d}")
    assert [found.numbers[name] for name in ("answered", "different", "not_sure", "same")] == [12, 3, 2, 7]
    shares = np.count_nonzero(meaning == 0, axis=0) / np.count_nonzero(~np.isnan(meaning), axis=0)
    assert np.flatnonzero(shares >= 0.25).tolist() == [screen]


def test_the_copied_survey_is_the_published_one():
    similar = published.reqt_similar()

    everybody = {concept for concept, people in similar.items() if people == 14}
    assert everybody == {
        *("Class", "Component", "UseCase", "Variant", "Comment", "Example"),
        *("Max", "Min", "Title", "implements", "verifies"),
    }
    assert sum(people == 13 for people in similar.values()) == 22
    assert {concept for concept, people in similar.items() if people == 6} == {"Barrier", "Deprecated", "hurts"}
    assert [similar[concept] for concept in ("Ticket", "Epic", "Gist")] == [4, 1, 1]
