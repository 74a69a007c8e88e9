"""Larger bodies for the one address that takes files, a few at a time; every other address keeps the small limit."""

import re

from django.utils.translation import gettext as _

from . import answers

BYTES = 21 * 1024 * 1024  # a file of 20 MiB, and the form around it
SECONDS = 60  # at home, sending is slower than reading
AT_ONCE = 4  # in this process: what they may cost in memory
ADDRESS = re.compile(r"/teams/[\w-]{1,64}/workshops/file/", re.ASCII)


class Uploads:
    """Gives requests that bring a file to `files` and everything else to `pages`.

    Parameters
    ----------
    pages, files : ASGI application
    small : int
        Bytes up to which a body costs no more than that of any page, and is not counted.
    """

    def __init__(self, pages, files, small):
        self.pages, self.files = pages, files
        self.small = small
        self.open = 0
        self.busy = answers.page(
            503,
            _("Others are sending files"),
            _("Please go back and send yours again in a minute."),
            (b"connection", b"close"),
            (b"retry-after", b"60"),
        )

    async def __call__(self, scope, receive, send):
        if scope["method"] != "POST" or not ADDRESS.fullmatch(scope["path"]) or not self._is_large(scope):
            await self.pages(scope, receive, send)
        elif self.open >= AT_ONCE:
            await self.busy(send)
        else:
            self.open += 1
            try:
                await self.files(scope, receive, send)
            finally:
                self.open -= 1

    def _is_large(self, scope):
        announced = dict(scope["headers"]).get(b"content-length", b"")
        return not announced.isdigit() or int(announced) > self.small
