"""The judge behind an address, against a small server in this process."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from alignment.meaning import Endpoint, EndpointJudge, RuleJudge

PAIR = ("Pay suppliers early", "Settle bills before they are due")
RULES = RuleJudge().judge([PAIR])[0]


class Server:
    """Answers each request with the next of `answers`: a status, a body, and whether to keep silent instead."""

    def __init__(self):
        self.answers = []
        self.requests = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((self.path, dict(self.headers), body))
                status, answer, headers = outer.answers.pop(0)
                if answer is None:
                    outer.silence.wait(5)
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args):
                pass

        self.silence = threading.Event()
        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,))
        self._thread.start()

    def says(self, answer, status=200, **headers):
        self.answers.append((status, answer, headers))

    def chats(self, content):
        self.says(json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())

    def close(self):
        self.silence.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@pytest.fixture
def server():
    started = Server()
    yield started
    started.close()


def judge_at(server, **options):
    return EndpointJudge(Endpoint(server.url, "some-model", key="secret-key", **options), RuleJudge())


def test_the_verdict_of_the_model_is_told_as_its_own(server):
    server.chats('Sure: {"relation": "same", "reason": "both pay\\nbefore the due date"}')

    (verdict,) = judge_at(server).judge([PAIR])

    assert (verdict.relation, verdict.reason, verdict.by, verdict.fallback) == (
        "same",
        "both pay before the due date",
        "some-model",
        "",
    )


def test_what_is_sent_is_what_was_shown_and_the_key_is_only_in_the_header(server):
    server.chats('{"relation": "related", "reason": ""}')
    judge = judge_at(server)

    judge.judge([PAIR])

    path, headers, body = server.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret-key"
    sent = json.loads(body)
    assert sent == json.loads(judge.preview(PAIR))
    assert (sent["model"], sent["temperature"]) == ("some-model", 0)
    assert json.loads(sent["messages"][1]["content"]) == {"one": PAIR[0], "other": PAIR[1]}
    assert "secret-key" not in judge.preview(PAIR) + repr(Endpoint(server.url, "some-model", key="secret-key"))


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not JSON",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": null}]}',
        b'{"choices": [{"message": {"content": null, "refusal": "I cannot help with that."}}]}',
        b'{"choices": [{"message": {"content": ["same"]}}]}',
        json.dumps({"choices": [{"message": {"content": "They mean the same."}}]}).encode(),
        json.dumps({"choices": [{"message": {"content": '{"relation": "equal", "reason": "x"}'}}]}).encode(),
        json.dumps({"choices": [{"message": {"content": '{"relation": ["same"]}'}}]}).encode(),
        json.dumps({"choices": [{"message": {"content": '{"relation": "same", "reason": 5}'}}]}).encode(),
        json.dumps({"choices": [{"message": {"content": "}{"}}]}).encode(),
        b'{"choices": ' + b"[" * 60_000,
        b"\xff\xfe",
    ],
)
def test_an_answer_that_is_no_verdict_leaves_it_to_the_rules(server, answer):
    server.says(answer)

    (verdict,) = judge_at(server).judge([PAIR])

    assert verdict.fallback == "the answer is no verdict"
    assert (verdict.relation, verdict.by, verdict.label) == (RULES.relation, RULES.by, RULES.label)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
def test_a_refusal_leaves_it_to_the_rules(server, status):
    server.says(b"no", status)

    (verdict,) = judge_at(server).judge([PAIR])

    assert (verdict.relation, verdict.fallback) == (RULES.relation, f"refused with status {status}")


def test_a_redirect_is_not_followed(server):
    server.says(b"", 307, Location=f"{server.url}/elsewhere")

    (verdict,) = judge_at(server).judge([PAIR])

    assert verdict.fallback == "refused with status 307"
    assert len(server.requests) == 1


def test_an_endless_answer_is_cut_and_left_to_the_rules(server):
    server.says(b" " * 100_000)

    (verdict,) = judge_at(server).judge([PAIR])

    assert verdict.fallback == "the answer is too long"


def test_silence_leaves_this_pair_and_the_rest_to_the_rules(server):
    server.says(None)

    verdicts = judge_at(server, seconds=0.2).judge([PAIR, PAIR, PAIR])

    assert [verdict.fallback for verdict in verdicts] == ["no answer: TimeoutError"] * 3
    assert len(server.requests) == 1


def test_nobody_at_the_address_leaves_it_to_the_rules():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

    judge = EndpointJudge(Endpoint(f"http://127.0.0.1:{port}", "some-model"), RuleJudge())

    assert judge.judge([PAIR])[0].fallback == "no answer: ConnectionRefusedError"


def test_after_a_bad_answer_the_next_pair_is_asked_again(server):
    server.says(b"busy", 503)
    server.chats('{"relation": "unrelated"}')

    verdicts = judge_at(server).judge([PAIR, PAIR])

    assert [verdict.fallback for verdict in verdicts] == ["refused with status 503", ""]
    assert verdicts[1].relation == "unrelated"


def test_without_a_key_none_is_sent_and_proxies_are_not_used(server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.chats('{"relation": "same", "reason": "x"}')

    judge = EndpointJudge(Endpoint(server.url, "some-model"), RuleJudge())

    assert judge.judge([PAIR])[0].fallback == ""
    assert "Authorization" not in server.requests[0][1]


def test_a_long_reason_with_control_characters_becomes_one_short_line(server):
    server.chats(json.dumps({"relation": "same", "reason": "a\u202e\x00b " * 400}))

    (verdict,) = judge_at(server).judge([PAIR])

    assert len(verdict.reason) == 300
    assert not {"\u202e", "\x00", "\n"} & set(verdict.reason)


@pytest.mark.parametrize("url", ["", "ftp://host/v1", "file:///etc/passwd", "http://", "localhost:8000"])
def test_an_address_that_is_none_is_refused_at_once(url):
    with pytest.raises(ValueError, match="http"):
        EndpointJudge(Endpoint(url, "some-model"), RuleJudge())
