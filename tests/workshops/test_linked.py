"""Links as the engine is given them: what was drawn, what was left out, and what nobody was asked."""

import numpy as np

from workshops.linked import Drawn, Wrote, links_of

STATEMENTS = {
    "s1": Wrote("mia", "pain", "chasing"),
    "s2": Wrote("mia", "goal", "paid"),
    "s3": Wrote("mia", "goal", "sleep"),
    "s4": Wrote("tom", "pain", "chasing"),
    "s5": Wrote("tom", "goal", "paid"),
    "s6": Wrote("tom", "goal", None),
}
PEOPLE, ITEMS = ["mia", "tom"], ["chasing", "paid", "sleep"]


def wrote(person, start, end, is_drawn=True):
    return Drawn(person, "blocks", start, None, end, None, is_drawn)


def rated(person, start, end, is_drawn=True):
    return Drawn(person, "blocks", None, start, None, end, is_drawn)


def table(*drawn):
    """{link: what Mia and Tom said}, None where they were not asked."""
    links = links_of(drawn, STATEMENTS, PEOPLE, ITEMS)
    columns = zip(links.keys, links.drawn.T.tolist(), strict=True)
    return {key[1:]: [None if value != value else value for value in said] for key, said in columns}


def test_a_yes_or_a_no_in_rating_is_what_it_says():
    said = table(rated("mia", "chasing", "paid"), rated("tom", "chasing", "paid", False))

    assert said == {("chasing", "paid"): [1, 0]}


def test_who_links_one_of_their_statements_saw_the_others_and_left_them_out():
    said = table(wrote("mia", "s1", "s2"), rated("tom", "chasing", "sleep"))

    assert said == {("chasing", "paid"): [1, None], ("chasing", "sleep"): [0, 1]}


def test_one_yes_is_a_yes_whatever_else_was_left_out():
    said = table(wrote("mia", "s1", "s3"), rated("mia", "chasing", "paid"), rated("mia", "chasing", "sleep", False))

    assert said == {("chasing", "paid"): [1, None], ("chasing", "sleep"): [1, None]}


def test_what_nobody_drew_is_no_link():
    assert links_of([rated("mia", "chasing", "paid", False)], STATEMENTS, PEOPLE, ITEMS) is None
    assert links_of([], {}, PEOPLE, ITEMS) is None


def test_links_of_drafts_to_what_is_in_no_item_and_of_others_do_not_count():
    drawn = [wrote("mia", "s1", "draft"), wrote("tom", "s4", "s6"), rated("mia", "chasing", "set aside")]

    assert links_of(drawn, STATEMENTS, PEOPLE, ITEMS) is None
    assert table(rated("zoe", "chasing", "paid"), rated("mia", "chasing", "paid")) == {("chasing", "paid"): [1, None]}


def test_the_order_of_links_changes_nothing():
    drawn = [wrote("mia", "s1", "s2"), rated("tom", "chasing", "sleep"), rated("tom", "chasing", "paid", False)]
    one, other = (links_of(each, STATEMENTS, PEOPLE, ITEMS) for each in (drawn, drawn[::-1]))

    assert one.keys == other.keys
    np.testing.assert_array_equal(one.drawn, other.drawn)
