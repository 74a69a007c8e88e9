"""Requests byte by byte: what clients that keep no rules send."""

import http.client
import io
import json
import socket
from typing import NamedTuple


class Reply(NamedTuple):
    """What came back."""

    status: int
    headers: dict
    body: bytes

    @property
    def seen(self):
        """The request as the page behind the front saw it."""
        return json.loads(self.body)


class Connection:
    """One connection to `where`; use it as a context."""

    def __init__(self, where):
        self.socket = socket.create_connection(where, timeout=10)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.socket.close()

    def send(self, *lines, body=b""):
        """A request's first lines, and what there is of its body."""
        head = "\r\n".join([*lines, "Host: 127.0.0.1", "", ""])
        self.socket.sendall(head.encode("latin-1") + body)

    def reply(self, method="GET"):
        """The next reply."""
        response = http.client.HTTPResponse(self.socket, method=method)
        response.begin()
        body = response.read()
        return Reply(response.status, dict(response.headers), body)

    def rest(self):
        """What else comes until the server closes."""
        received = io.BytesIO()
        while part := self.socket.recv(4096):
            received.write(part)
        return received.getvalue()


def ask(where, *lines, body=b""):
    """One request on a connection of its own."""
    with Connection(where) as connection:
        connection.send(*lines, body=body)
        return connection.reply(lines[0].split(" ")[0])
