from tests.divergence.sessions import answers_of, tally_of


def test_where_nobody_has_kin_items_with_a_single_rating_or_none_say_nothing_about_noise():
    tally = tally_of(
        answers_of("""
        ana eng   1 - 4
        ben sales 3 - -
        cem exec  5 - -
    """)
    )

    # 1 3 5 -> 4 + 0 + 4 = 8 on two degrees of freedom.
    assert (tally.kin_squares[1].tolist(), tally.noise) == ([2, 0, 0], 4.0)


def test_without_ratings_there_is_no_noise():
    assert tally_of(answers_of("ana eng -\n ben eng ?")).noise == 0


def test_the_ends_of_the_scale_and_what_lies_between_are_counted_apart():
    tally = tally_of(answers_of("a eng 1\n b eng 2\n c eng 3\n d eng 3\n e eng 3\n f eng 5"))

    assert [part.tolist() for part in tally.ends] == [[2], [3], [1]]


def test_nobody_covers_what_nobody_was_asked_about():
    assert tally_of(answers_of("ana eng 5 . -\n ben eng - . -")).coverage.tolist() == [0.5, 0, 0]


def test_who_gave_no_answer_at_all_is_not_counted_among_the_people():
    tally = tally_of(answers_of("ana eng 5\n ben eng ?\n cem eng x\n dee eng -\n eva eng .w\n fay eng ."))

    assert (tally.people, tally.active.tolist()) == (4, [True, True, True, False, True, False])
