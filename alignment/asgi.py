"""One port for everything: live streams in a small ASGI app, all else in Django's WSGI handler on threads.

Django stays synchronous, which costs about half as much per request as its own ASGI path; a stream costs a few KiB and
no thread. Request bodies are read whole before a thread is taken, so a slow sender blocks nobody.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alignment.settings")
os.environ.setdefault("PARALLAX_PROCESS", "web")

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from alignment.serving import front, uploads

django = get_wsgi_application()

from workshops import streams  # noqa: E402  needs the apps loaded

# An unbounded send queue: a slow reader keeps a response in memory, never a thread.
pages = WSGIMiddleware(django, workers=settings.WEB_THREADS, send_queue_size=0)
bodies = front.WholeBodies(pages, limit=settings.BODY_LIMIT, seconds=settings.BODY_SECONDS)
files = front.WholeBodies(pages, limit=uploads.BYTES, seconds=uploads.SECONDS)
application = front.Front(
    pages=uploads.Uploads(bodies, files, small=settings.BODY_LIMIT),
    streams=streams.Streams(limit=settings.MAX_STREAMS),
)
