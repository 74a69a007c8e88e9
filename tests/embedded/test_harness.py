"""What the other tests stand on, shown to fail when it should."""

import os
import signal
import time

import pytest
from django.contrib.contenttypes.models import ContentType

from alignment.celery import app
from tests import chromium, isolation
from tests.console import Console
from tests.queries import assert_same_queries, queries_of
from workshops.models import WorkerPulse


@pytest.fixture
def watched(site, browser):
    """A page whose console fails no test by itself, and that console."""
    console = Console(site)
    context = browser.new_context(base_url=site)
    console.watch(context)
    yield context.new_page(), console
    context.close()


def test_an_unexpected_answer_is_a_complaint(watched):
    page, console = watched
    page.goto("/no-such-page/")

    with pytest.raises(AssertionError, match=r"(?s)the browser complained:.*status of 404.*/no-such-page/\]$"):
        console.verify()


def test_an_expected_answer_is_none(watched):
    page, console = watched
    console.expect_status(404, "/no-such-page/")
    page.goto("/no-such-page/")

    console.verify()


def test_an_expectation_that_is_not_met_is_a_complaint(watched):
    page, console = watched
    console.expect_status(404, "/another-page/")
    page.goto("/healthz")

    with pytest.raises(AssertionError, match="expected to complain, and did not"):
        console.verify()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<script src='https://example.com/a.js'></script>", "request to another host: https://example.com/a.js"),
        ("<script>document.title = 'inline'</script>", "Executing inline script violates"),
        ("<p style='color: red'>inline</p>", "Applying inline style violates"),
    ],
)
def test_what_the_security_policy_forbids_is_a_complaint(watched, content, complaint):
    page, console = watched
    page.goto("/healthz")
    page.set_content(content)

    with pytest.raises(AssertionError, match=complaint):
        console.verify()


def test_an_uncaught_error_in_a_script_is_a_complaint(watched):
    page, console = watched
    page.goto("/healthz")
    page.evaluate("setTimeout(() => { throw new Error('broken') })")

    with pytest.raises(AssertionError, match="uncaught: broken"):
        console.verify()


@pytest.mark.django_db
def test_queries_that_grow_with_a_list_are_found():
    labels = ["a"]

    def read():
        for label in labels:
            ContentType.objects.filter(app_label=label).exists()

    with pytest.raises(AssertionError, match="1 queries became 3"):
        assert_same_queries(read, grow=lambda: labels.extend("bc"))


@pytest.mark.django_db
def test_queries_that_do_not_grow_pass():
    labels = ["a"]

    assert_same_queries(
        lambda: list(ContentType.objects.filter(app_label__in=labels)), grow=lambda: labels.extend("bc")
    )

    assert len(queries_of(lambda: ContentType.objects.count())) == 1


def test_the_worker_of_a_test_works_on_the_test_database(worker):
    app.send_task("workshops.heartbeat")

    deadline = time.monotonic() + 30
    while not WorkerPulse.objects.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_worker_killed_hard_can_be_started_again(worker):
    worker.popen.send_signal(signal.SIGKILL)
    worker.popen.wait()

    worker.start()

    assert worker.running


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("", ""),
        ("redis://cache.example.com:6379", "redis://cache.example.com:6379/15"),
        ("redis://cache.example.com:6379/0", "redis://cache.example.com:6379/15"),
        ("redis://cache.example.com:6379/3", "redis://cache.example.com:6379/3"),
    ],
)
def test_tests_empty_no_redis_database_that_is_likely_in_use(given, used):
    assert isolation.with_own_number(given) == used


def test_the_tests_run_in_a_folder_of_their_own(settings, data_folder):
    assert data_folder == settings.DATA_DIR
    assert str(os.getpid()) in data_folder.name


def test_a_browser_that_is_named_and_does_not_run_is_refused_in_words(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CHROMIUM", f"{tmp_path}/chromium")

    status = chromium.main()

    assert status == 2
    assert capsys.readouterr().err == f"CHROMIUM names {tmp_path}/chromium, which does not run here.\n"


def test_without_any_browser_one_line_says_so(monkeypatch, capsys):
    monkeypatch.delenv("CHROMIUM", raising=False)
    for name in ("download", "install_package"):
        monkeypatch.setattr(chromium, name, lambda: None)
    monkeypatch.setattr(chromium, "runs", lambda program: False)

    status = chromium.main()

    assert status == 2
    assert capsys.readouterr().err == (
        "The tests need Chromium, and none runs here: install it (Debian: apt-get install chromium),"
        " or set CHROMIUM to the path of one that this user can start.\n"
    )
