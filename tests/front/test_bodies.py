import time
from contextlib import ExitStack

from tests.front.asking import Connection, ask
from tests.front.conftest import LIMIT, SECONDS, THREADS


def test_a_page_gets_the_body_whole(front):
    reply = ask(front, "POST /a HTTP/1.1", "Content-Length: 5", body=b"hello")

    assert (reply.status, reply.seen["body"], reply.seen["length"]) == (200, "hello", "5")


def test_a_body_in_chunks_reaches_the_page_with_its_length(front):
    chunks = b"3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"

    reply = ask(front, "POST /a HTTP/1.1", "Transfer-Encoding: chunked", body=chunks)

    assert (reply.seen["body"], reply.seen["length"]) == ("hello", "5")


def test_a_body_of_the_largest_size_is_taken(front):
    reply = ask(front, "POST /a HTTP/1.1", f"Content-Length: {LIMIT}", body=b"a" * LIMIT)

    assert reply.seen["body"] == "a" * LIMIT


def test_a_body_announced_as_too_large_is_refused_before_it_comes(front):
    reply = ask(front, "POST /a HTTP/1.1", f"Content-Length: {LIMIT + 1}")

    assert reply.status == 413
    assert b"This is too large" in reply.body


def test_a_body_in_chunks_that_grows_too_large_is_refused(front):
    chunk = b"%x\r\n%s\r\n" % (LIMIT // 2, b"a" * (LIMIT // 2))

    reply = ask(front, "POST /a HTTP/1.1", "Transfer-Encoding: chunked", body=chunk * 3)

    assert reply.status == 413


def test_who_sends_far_too_much_still_gets_to_read_why_not(front):
    size = 3_000_000
    with Connection(front) as connection:
        connection.send("POST /a HTTP/1.1", f"Content-Length: {size}")
        for _ in range(30):
            connection.socket.sendall(b"a" * (size // 30))

        assert connection.reply().status == 413
        assert connection.rest() == b""


def test_a_body_that_does_not_arrive_in_time_is_given_up(front):
    began = time.monotonic()

    reply = ask(front, "POST /a HTTP/1.1", "Content-Length: 5", body=b"he")

    assert reply.status == 408
    assert SECONDS <= time.monotonic() - began < SECONDS + 1


def test_a_body_that_dribbles_in_is_given_up_all_the_same(front):
    with Connection(front) as connection:
        connection.send("POST /a HTTP/1.1", "Content-Length: 900")
        for _ in range(4):
            connection.socket.sendall(b"a")
            time.sleep(SECONDS / 5)

        assert connection.reply().status == 408


def test_slow_senders_block_no_page(front):
    with ExitStack() as connections:
        slow = [connections.enter_context(Connection(front)) for _ in range(4 * THREADS)]
        for connection in slow:
            connection.send("POST /slow HTTP/1.1", "Content-Length: 5", body=b"he")
        began = time.monotonic()

        page = ask(front, "GET /page HTTP/1.1")

        assert page.status == 200
        assert time.monotonic() - began < SECONDS / 2
        assert [connection.reply().status for connection in slow] == [408] * len(slow)


def test_a_sender_who_goes_away_reaches_no_page(front):
    with Connection(front) as connection:
        connection.send("POST /gone HTTP/1.1", "Content-Length: 5", body=b"he")

    assert ask(front, "GET /page HTTP/1.1").seen["path"] == "/page"


def test_a_refusal_of_head_has_no_body(front):
    with Connection(front) as connection:
        connection.send("HEAD /a HTTP/1.1", "Content-Length: 5000")
        reply = connection.reply("HEAD")

    assert (reply.status, reply.body) == (413, b"")
