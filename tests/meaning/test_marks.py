from alignment.meaning import marks, opposition


def shown(text, found):
    return [(text[mark.start : mark.end], mark.sort) for mark in found]


def test_words_are_shared_in_any_form_and_small_words_are_not_marked():
    one, other = "Clients paid the invoice late", "A client pays our bills"

    left, right = marks(one, other)

    assert shown(one, left) == [
        ("Clients", "shared"),
        ("paid", "shared"),
        ("invoice", "differs"),
        ("late", "differs"),
    ]
    assert shown(other, right) == [("client", "shared"), ("pays", "shared"), ("bills", "differs")]


def test_the_words_that_turn_a_text_round_are_marked_as_such():
    one, other = "Send more reminders", "Send fewer reminders"
    short, against = "Pay early", "Do not pay early"

    left, right = marks(one, other, opposition(one, other))
    here, there = marks(short, against, opposition(short, against))

    assert shown(one, left) == [("Send", "shared"), ("more", "opposes"), ("reminders", "shared")]
    assert shown(other, right) == [("Send", "shared"), ("fewer", "opposes"), ("reminders", "shared")]
    assert shown(short, here) == [("Pay", "opposes"), ("early", "shared")]
    assert shown(against, there) == [("not", "opposes"), ("pay", "shared"), ("early", "shared")]


def test_a_text_beside_itself_differs_nowhere_and_nothing_has_no_marks():
    assert {mark.sort for mark in marks("Get paid on time", "Get paid on time")[0]} == {"shared"}
    assert marks("", "?!") == ((), ())
