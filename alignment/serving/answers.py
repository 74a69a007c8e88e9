"""Short answers that need neither a thread nor a template, with the same security headers as every page."""

from django.conf import settings
from django.utils.csp import build_policy
from django.utils.html import escape

PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
    "<body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
)


def security_headers():
    """What every answer carries, as ASGI headers."""
    headers = [
        (b"content-security-policy", build_policy(settings.SECURE_CSP).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", settings.X_FRAME_OPTIONS.encode()),
        (b"referrer-policy", settings.SECURE_REFERRER_POLICY.encode()),
        (b"cross-origin-opener-policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY.encode()),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
        (b"cache-control", b"no-store"),
    ]
    if settings.SECURE_HSTS_SECONDS:
        parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
        parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
        parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
        headers.append((b"strict-transport-security", "; ".join(parts).encode()))
    return headers


class Answer:
    """A whole answer, encoded once and sent as often as needed."""

    def __init__(self, status, body, content_type, headers=()):
        self.body = body
        self.start = {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", content_type),
                (b"content-length", str(len(body)).encode()),
                *security_headers(),
                *headers,
            ],
        }

    async def __call__(self, send, *, more=False):
        """Send it; with `more`, leave the connection open for the caller to end."""
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body, "more_body": more})


def text(status, words, *headers):
    """An answer in plain text."""
    return Answer(status, f"{words}\n".encode(), b"text/plain; charset=utf-8", headers)


def page(status, title, words, *headers):
    """An answer that a person may come to see."""
    html = PAGE.format(language=escape(settings.LANGUAGE_CODE), title=escape(title), text=escape(words))
    return Answer(status, html.encode(), b"text/html; charset=utf-8", headers)
