"""Pages around the work. None of these tests has a database: pytest-django refuses a page that would ask it."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from workshops.views import site

pytestmark = pytest.mark.usefixtures("static_files")


@pytest.fixture
def request_to():
    """A request that no middleware has touched."""
    return RequestFactory().get


def test_a_stranger_reads_what_parallax_is(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "The same words, and not the same customer." in response.text
    assert 'aria-label="Chasing invoices is awkward. 9 people: 1 × 1, 3 × 2, 3 × 4, 2 × 5."' in response.text
    assert 'href="/sign-in/"' in response.text
    assert "/sign-up/" not in response.text


def test_where_sign_up_is_open_a_stranger_is_told(client, settings):
    settings.OPEN_SIGN_UP = True

    assert 'href="/sign-up/"' in client.get("/").text


def test_the_style_guide_shows_every_chart(client):
    response = client.get("/styleguide/")

    assert response.status_code == 200
    assert response.text.count('<figure class="chart">') == 12
    assert '<table class="matrix">' in response.text
    assert '<table class="interval">' in response.text


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda request: site.page_not_found(request, Http404()), 404, "There is nothing here."),
        (lambda request: site.permission_denied(request, PermissionDenied()), 403, "You may not do this."),
        (lambda request: site.csrf_failure(request, reason="CSRF"), 403, "This was not sent."),
        (site.server_error, 500, "Something went wrong on our side."),
        (site.service_unavailable, 503, "Parallax is away for a moment."),
    ],
)
def test_what_went_wrong_is_said_without_database_and_session(request_to, answer, status, words):
    response = answer(request_to("/nowhere/"))

    assert response.status_code == status
    assert f"<h1>{words}</h1>" in response.text


def test_an_address_that_is_not_there_is_404(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing here." in response.text


def test_a_failed_request_of_htmx_becomes_one_line_at_the_top(request_to):
    response = site.page_not_found(request_to("/nowhere/", headers={"HX-Request": "true"}), Http404())

    assert response.status_code == 404
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#trouble", "innerHTML")
    assert "<html" not in response.text
    assert "What you asked for is not there." in response.text


def test_when_the_database_is_away_the_browser_learns_when_to_come_back(request_to):
    assert site.service_unavailable(request_to("/"))["Retry-After"] == "30"


def test_a_mistake_of_ours_has_the_number_under_which_it_is_in_the_log(request_to):
    request = request_to("/")
    request.id = "5f0c<b>"

    assert "under the number 5f0c&lt;b&gt;." in site.server_error(request).text


def test_when_even_the_apology_fails_there_are_bare_words(request_to, monkeypatch):
    monkeypatch.setattr(site, "render_to_string", lambda *_: SimpleNamespace().missing)

    response = site.server_error(request_to("/"))

    assert response.status_code == 500
    assert response.text == "Something went wrong on our side. What you had saved is safe."


def test_the_offline_page_is_the_same_for_everybody(client):
    response = client.get("/offline/")

    assert response.status_code == 200
    assert not response.cookies
    assert "csrf" not in response.text


def test_the_service_worker_keeps_only_the_offline_page_and_its_files(client):
    response = client.get("/sw.js")

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    files = re.findall(r'"(/static/[^"]+)"', response.text.replace("\\u002D", "-"))
    assert len(files) == len(site.OFFLINE_FILES)
    assert 'const PAGE = "/offline/";' in response.text
    needed = re.findall(r'(?:href|src)="(/static/[^"#]+)"', client.get("/offline/").text)
    assert [file for file in needed if file not in files and not file.endswith(".svg") and "print" not in file] == []
