"""What a browser complains about: errors, refused resources, requests to other hosts. A test expects it, or fails."""

import re
from urllib.parse import urlsplit

LOCAL_SCHEMES = {"data", "blob", "about"}
# Asked for by the browser itself, once, when what it opens is no HTML page and so names no icon.
OWN_REQUEST = "/favicon.ico"


class Console:
    """Listens to browser contexts.

    Parameters
    ----------
    address : str
        The site under test; a request to any other host is a complaint.
    """

    def __init__(self, address: str):
        self.host = urlsplit(address).netloc
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.allowed: list[str] = []
        self.contexts = []

    def watch(self, context):
        """Listen to every page of `context`."""
        self.contexts.append(context)
        context.on("console", self._on_message)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("request", self._on_request)

    def expect(self, pattern: str):
        """The test provokes a complaint that matches this regular expression; without one it fails."""
        self.expected.append(pattern)

    def allow(self, pattern: str):
        """What matches this regular expression may come or not: a page that asks again by itself found nobody there."""
        self.allowed.append(pattern)

    def expect_status(self, status: int, path: str):
        """The test provokes an answer with this status at this path, which Chromium reports as an error."""
        where = re.escape(f"http://{self.host}{path}")
        self.expect(rf"^Failed to load resource: the server responded with a status of {status} \(.*\) \[{where}\]$")

    def verify(self):
        """Every complaint was expected, and every expectation met."""
        self._let_events_arrive()
        known = [*self.expected, *self.allowed]
        unexpected = [text for text in self.complaints if not any(re.search(one, text) for one in known)]
        missing = [one for one in self.expected if not any(re.search(one, text) for text in self.complaints)]
        assert not unexpected, "the browser complained:\n" + "\n".join(unexpected)
        assert not missing, "the browser was expected to complain, and did not:\n" + "\n".join(missing)

    def _let_events_arrive(self):
        """Events come in order with answers: after one more answer from each page none is on the way."""
        for context in self.contexts:
            for page in context.pages:
                page.locator("html").wait_for(state="attached", timeout=10_000)  # evaluate() would wait for ever

    def _on_message(self, message):
        url = message.location.get("url", "")
        if message.type in {"error", "assert"} and urlsplit(url).path != OWN_REQUEST:
            self.complaints.append(f"{message.text} [{url}]")

    def _on_request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")
