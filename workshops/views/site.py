"""Pages around the work: for strangers, for the people who build Parallax, and for when something went wrong."""

import hashlib
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from workshops.charts import example

# What the offline page shows; the service worker keeps these and nothing else.
OFFLINE_FILES = [
    "css/tokens.css",
    "css/base.css",
    "css/frame.css",
    "css/components.css",
    "css/forms.css",
    "css/site.css",
    "css/utilities.css",
    "js/scheme.js",
    "js/page.js",
    "js/offline.js",
    "vendor/charis-sil-5.3.0/charis-sil-latin-400-normal.woff2",
]


@require_safe
def landing(request):
    """What Parallax is, for those who are not signed in."""
    context = {"chart": example.split_strip(), "marks": example.marks().values()}
    return render(request, "site/landing.html", context)


@require_safe
def styleguide(request):
    """Every component and every chart."""
    return render(request, "site/styleguide.html", example.everything())


@require_safe
@cache_control(max_age=0, no_cache=True)
def offline(request):
    """The page for when the connection is away: the same for everybody."""
    return HttpResponse(render_to_string("offline.html"))


@require_safe
@cache_control(max_age=0, no_cache=True)
def service_worker(request):
    """The script that shows the offline page; a new version whenever a file it keeps has changed."""
    files = [static(name) for name in OFFLINE_FILES]
    version = hashlib.sha256("\n".join([render_to_string("offline.html"), *files]).encode()).hexdigest()[:12]
    script = render_to_string("site/sw.js", {"files": files, "version": version})
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


def page_not_found(request, exception):
    """404, also for what exists but is not the reader's to see."""
    return _apology(request, "404.html", 404, _("What you asked for is not there."))


def permission_denied(request, exception):
    """403: the reader may see it, but not do this."""
    return _apology(request, "403.html", 403, _("Your access in this team does not cover this."))


def csrf_failure(request, reason=""):
    """403: the form's token was missing or too old."""
    words = _("This was not sent: the page was open for too long. Reload it and try again.")
    return _apology(request, "403_csrf.html", 403, words)


def server_error(request):
    """500, or 503 when it was the database that did not answer.

    Reads neither database nor session; whatever broke the page may break its template too: then bare words.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return service_unavailable(request)
    words = _("Something went wrong on our side. What you had saved is safe.")
    try:
        return _apology(request, "500.html", 500, words, reference=getattr(request, "id", ""))
    except Exception:
        return HttpResponseServerError(words, content_type="text/plain; charset=utf-8")


def service_unavailable(request):
    """503 for when the database is away. Reads neither database nor session."""
    words = _("The database does not answer. This is not saved yet; try again in half a minute.")
    response = _apology(request, "503.html", 503, words)
    response["Retry-After"] = "30"
    return response


def _apology(request, template, status, words, **context):
    """A whole page, or for a request that htmx made a line at the top of the page it came from."""
    if request.headers.get("HX-Request") == "true":
        line = render_to_string("site/_trouble.html", {"words": words})
        return HttpResponse(line, status=status, headers={"HX-Retarget": "#trouble", "HX-Reswap": "innerHTML"})
    return HttpResponse(render_to_string(template, context), status=status)
