"""The hand-written sample: it reads, it is whole, its texts fit, and people answered what they were asked."""

import re
from collections import Counter

import pytest

from tests.samples.invoicing import SAMPLE, STORY, rated, sample
from workshops.files.workshop_file import read, write

COMMON = {
    "paid-on-time",
    "know-spend",
    "no-evenings",
    "look-professional",
    "chasing-awkward",
    "tax-due",
    "office-late",
    "disputed-extras",
}
GUESSED_BY_ALL = {"paid-on-time", "know-spend", "look-professional", "chasing-awkward", "office-late"}


def matrix_in_the_story():
    """The table of answers in invoicing.md: {item: [cell of each person]}."""
    rows = re.findall(
        r"(?m)^\| `([a-z-]+)` \|((?: (?:[1-5]|new|not real|–) \|){11})$", STORY.read_text(encoding="utf-8")
    )
    return {item: [cell.strip() for cell in cells.strip("|").split("|")] for item, cells in rows}


def keys_with(kind):
    return [item.key for item in sample().items if item.kind == kind]


def three_worst(person):
    """A person's three highest points for pains."""
    given = [r.importance for r in rated() if r.person == person and r.importance and r.item in keys_with("pain")]
    return sorted(given, reverse=True)[:3]


def test_the_file_is_in_canonical_form():
    assert write(read(SAMPLE.read_bytes())) == SAMPLE.read_bytes()


def test_there_are_eleven_people_in_seven_roles():
    names = {role.key: (role.name, role.lens) for role in sample().team.roles}

    assert Counter(names[person.role] for person in sample().people) == {
        ("Engineering", "build"): 3,
        ("Product management", "decide"): 2,
        ("Sales", "sell"): 2,
        ("Executive", "decide"): 1,
        ("Marketing", "sell"): 1,
        ("Design", "build"): 1,
        ("Customer support", "sell"): 1,
    }
    assert len({person.name for person in sample().people}) == 11


def test_there_are_94_statements_under_30_items():
    assert len(sample().statements) == 94
    assert Counter(item.kind for item in sample().items) == {"goal": 11, "pain": 11, "alternative": 8}


def test_the_workshop_is_open_closed_and_revealed():
    workshop = sample().workshop

    assert (workshop.candour, workshop.stage, workshop.revealed) == ("open", "closed", True)


def test_there_are_five_closed_rounds():
    assert [(each.kind, each.closed) for each in sample().rounds] == [
        ("write", True),
        ("rate", True),
        ("revote", True),
        ("fist", True),
        ("restate", True),
    ]


@pytest.mark.parametrize("part", ["label", "meaning"])
def test_every_statement_says_both_what_and_what_is_meant(part):
    texts = [getattr(statement, part) for statement in sample().statements]

    assert [text for text in texts if not text.strip() or text != text.strip()] == []


def test_a_meaning_is_at_most_three_sentences():
    meanings = [part.meaning for part in (*sample().statements, *sample().items)]

    assert [text for text in meanings if len(re.findall(r"[.?!]”?(?= [A-Z“]|$)", text)) not in (1, 2, 3)] == []


def test_no_two_texts_of_people_are_the_same():
    meanings = Counter(statement.meaning for statement in sample().statements)

    assert [text for text, count in meanings.items() if count > 1] == []


def test_every_person_wrote_between_five_and_twelve_statements():
    written = Counter(statement.person for statement in sample().statements)

    assert set(written) == {person.key for person in sample().people}
    assert (min(written.values()), max(written.values())) == (6, 12)


def test_nobody_wrote_twice_under_one_item():
    written = Counter((statement.person, statement.item) for statement in sample().statements)

    assert set(written.values()) == {1}


def test_every_item_holds_statements_of_its_own_kind():
    kinds = {item.key: item.kind for item in sample().items}

    assert {statement.item for statement in sample().statements} == set(kinds)
    assert [each for each in sample().statements if each.kind != kinds[each.item]] == []


def test_a_working_definition_is_the_meaning_of_a_statement_under_the_item_but_for_the_one_that_was_edited():
    meanings = {(statement.item, statement.meaning) for statement in sample().statements}

    assert [item.key for item in sample().items if (item.key, item.meaning) not in meanings] == ["invoice-steps"]


def test_titles_are_short_sentences_without_a_full_stop():
    titles = [item.title for item in sample().items]

    assert [title for title in titles if not re.fullmatch(r"[A-Z][^.]{10,60}[a-zA-Z]", title)] == []
    assert len(set(titles)) == 30


def test_the_common_items_are_the_eight_with_the_most_statements():
    written = Counter(statement.item for statement in sample().statements)

    assert {item for item, _ in written.most_common(8)} == COMMON
    assert min(written[item] for item in COMMON) > max(written[item] for item in written if item not in COMMON)


def test_everybody_was_asked_about_everything():
    pairs = [(person.key, item.key) for person in sample().people for item in sample().items]

    assert [(rating.person, rating.item) for rating in rated()] == pairs
    assert Counter(rating.answer for rating in rated()) == {"rated": 310, "unknown": 10, "not_real": 7, "asked": 3}


def test_everybody_starred_five_goals_and_pains_that_they_rated_4_or_5():
    stars = [rating for rating in rated() if rating.star]

    assert set(Counter(rating.person for rating in stars).values()) == {5}
    assert [star for star in stars if star.importance < 4 or star.item in keys_with("alternative")] == []


@pytest.mark.parametrize("name", ["satisfaction", "evidence", "same_meaning"])
def test_the_further_questions_are_answered_for_common_items_and_own_stars(name):
    asked = {(r.person, r.item) for r in rated() if r.answer == "rated" and (r.star or r.item in COMMON)}

    assert {(r.person, r.item) for r in rated() if getattr(r, name) is not None} == asked


def test_everybody_guessed_at_the_team_on_five_common_items_and_three_others():
    guessed = {
        person.key: {r.item for r in rated() if r.person == person.key and r.expected} for person in sample().people
    }

    assert [person for person, items in guessed.items() if items & COMMON != GUESSED_BY_ALL] == []
    assert {len(items - COMMON) for items in guessed.values()} == {3}


def test_everybody_was_asked_of_their_three_worst_pains_which_goals_each_blocks():
    points = {(rating.person, rating.item): rating.importance for rating in rated()}
    asked = [link for link in sample().links if link.from_ in keys_with("pain")]

    for person in (each.key for each in sample().people):
        own = {link.from_ for link in asked if link.person == person}
        assert sorted((points[person, pain] for pain in own), reverse=True) == three_worst(person)
        assert [(link.from_, link.to) for link in asked if link.person == person] == [
            (pain, goal)
            for pain in dict.fromkeys(link.from_ for link in asked if link.person == person)
            for goal in keys_with("goal")
        ]


def test_a_link_drawn_between_own_statements_is_drawn_again_when_the_items_are_asked_about():
    items = {statement.key: statement.item for statement in sample().statements}
    drawn = {(link.person, items[link.from_], items[link.to]) for link in sample().links if link.from_ in items}
    refused = {(link.person, link.from_, link.to) for link in sample().links if not link.drawn}

    assert len(drawn) == 24
    assert drawn & refused == set()


def test_links_between_statements_are_between_the_persons_own():
    authors = {statement.key: statement.person for statement in sample().statements}
    between = [link for link in sample().links if link.from_ in authors]

    assert [link for link in between if {authors[link.from_], authors[link.to]} != {link.person}] == []


def test_everybody_answered_the_readiness_questions_and_said_the_strategy():
    ready = sample().readiness

    assert [each.person for each in ready] == [person.key for person in sample().people]
    assert [each.person for each in ready if None in (each.vision, each.voice, each.decides, each.help)] == []
    assert len({each.strategy for each in ready if each.strategy}) == 11


def test_one_person_voted_late_in_the_revote():
    [revote] = [each for each in sample().rounds if each.kind == "revote"]

    assert len(revote.ratings) == 33
    assert {rating.person for rating in revote.ratings if rating.late} == {"mei"}


def test_two_others_judged_every_restatement_and_more_than_two_thirds_said_yes():
    [restated] = [each.restatements for each in sample().rounds if each.kind == "restate"]
    judged = [judgement for each in restated for judgement in each.judgements]

    assert [len(each.judgements) for each in restated] == [2] * 11
    assert set(Counter(judgement.person for judgement in judged).values()) == {2}
    assert Counter(judgement.same for judgement in judged) == {2: 19, 1: 3}


def test_the_table_of_answers_in_the_story_is_that_of_the_file():
    words = {"unknown": "new", "not_real": "not real", "asked": "–"}
    table = {}
    for rating in rated():
        table.setdefault(rating.item, []).append(words.get(rating.answer, str(rating.importance)))

    assert matrix_in_the_story() == table
