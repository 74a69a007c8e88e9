from alignment.divergence.groups import groups_of, noise_cells
from tests.divergence.sessions import answers_of, tally_of


def members(table):
    answers = answers_of(table).in_key_order()
    groups = groups_of(answers, thresholds=tally_of(answers).thresholds)
    return [
        (
            group.key,
            group.grouping,
            [person for person, inside in zip(answers.people, group.members, strict=True) if inside],
        )
        for group in groups
    ]


def test_roles_of_two_people_stand_for_themselves_and_smaller_ones_are_heard_through_their_lens():
    groups = members("""
        ana eng     5
        ben eng     4
        cem design  3
        dee sales   2
    """)

    assert groups == [("eng", "role", ["ana", "ben"]), ("build", "lens", ["ana", "ben", "cem"])]


def test_two_roles_of_one_person_each_make_a_lens():
    groups = members("""
        ana exec 5
        ben pm   4
    """)

    assert groups == [("decide", "lens", ["ana", "ben"])]


def test_the_lens_none_groups_nobody():
    table = """
        ana support 5
        ben other   4
        cem eng     4
        dee eng     4
    """

    assert members(table) == [("eng", "role", ["cem", "dee"])]


def test_a_lens_of_the_same_people_as_a_role_is_not_heard_twice():
    table = """
        ana eng    5
        ben eng    4
        cem design .
    """

    assert members(table) == [("eng", "role", ["ana", "ben"])]


def test_people_who_answered_nothing_make_no_role_large_enough():
    table = """
        ana eng    5
        ben eng    -
        cem design ?
        dee sales  3
        eva sales  x
    """

    assert members(table) == [("sales", "role", ["dee", "eva"]), ("build", "lens", ["ana", "cem"])]


def test_noise_is_taken_within_roles_and_within_the_small_roles_of_a_lens():
    answers = answers_of("""
        ana eng     1
        ben eng     3
        cem exec    4
        dee pm      5
        eva support 1
        fay other   5
    """)

    cells = noise_cells(answers, thresholds=tally_of(answers).thresholds)

    people = [[person for person, inside in zip(answers.people, cell, strict=True) if inside] for cell in cells]
    assert sorted(people) == [["ana", "ben"], ["cem", "dee"], ["eva"], ["fay"]]
    # 1 3 -> 2 and 4 5 -> .5 on one degree of freedom each.
    assert tally_of(answers).noise == 2.5 / 2


def test_where_nobody_has_kin_everybody_does():
    answers = answers_of("""
        ana eng   1
        ben sales 3
        cem exec  5
    """)

    # 1 3 5 -> 4 + 0 + 4 = 8 on two degrees of freedom.
    assert tally_of(answers).noise == 4.0


def test_a_role_of_two_keeps_its_noise_to_itself_beside_a_small_role_of_its_lens():
    answers = answers_of("""
        ana eng    1
        ben eng    3
        cem design 5
    """)

    cells = noise_cells(answers, thresholds=tally_of(answers).thresholds)

    assert sorted(cell.tolist() for cell in cells) == [[False, False, True], [True, True, False]]
