import logging
import secrets
import time

from django.http import HttpResponse

log = logging.getLogger("parallax.requests")


class RequestLog:
    """One log line a request: method, route, status, time. The route, not the address: ids and codes stay out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(8)
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "(none)"
        log.info(
            "request",
            extra={
                "request_id": request.id,
                "method": request.method,
                "path": f"/{route}",
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        response["X-Request-ID"] = request.id
        return response


class SecurityHeaders:
    """What Django has no setting for: no camera and the like, nothing personal kept in caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cache-Control", "no-store")
        return response


class OneCharset:
    """Refuses what says that it is written in anything but UTF-8: Python knows codecs that are no charset of text."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.content_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
            return HttpResponse(status=415)
        return self.get_response(request)
