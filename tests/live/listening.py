"""A page's end of a live stream, for tests: opens it and reads events."""

import http.client
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client


class Event(NamedTuple):
    """One event as a browser would hand it over."""

    name: str
    hint: str


def session_of(user):
    """The key of a new session of a signed-in user."""
    client = Client()
    client.force_login(user)
    return client.session.session_key


class Listener:
    """One open stream, or the refusal of one. Use it as a context: it closes the connection."""

    def __init__(self, address, public_id, session_key=None, last=None, method="GET"):
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        headers = {"Accept": "text/event-stream"}
        if session_key is not None:
            headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={session_key}"
        if last is not None:
            headers["Last-Event-ID"] = last
        self.connection.request(method, f"/stream/{public_id}/", headers=headers)
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.headers = self.response.headers
        self.text = ""  # everything received

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.response.close()
        self.connection.close()

    def next_event(self):
        """The next event, heartbeats aside; None when the stream has ended."""
        fields = {}
        while line := self.read_line():
            name, _, value = line.strip().partition(": ")
            fields[name] = value
            if not name and fields.get("event", "alive") != "alive":
                return Event(fields["event"], fields.get("id", ""))
            if not name:
                fields = {}
        return None

    def next_events(self, count):
        """So many events."""
        return [self.next_event() for _ in range(count)]

    def ends_within(self, seconds):
        """Whether the stream ends by itself in that time; nothing can be read from it afterwards."""
        self.socket.settimeout(seconds)
        try:
            while self.read_line():
                pass
        except TimeoutError:
            return False
        return True

    def read_line(self):
        line = self.response.readline().decode()
        self.text += line
        return line
