"""Who may write, where, when and how fast."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.people import account, take_seat
from tests.workshops.writers import KEY, OTHER, join, kept, open_workshop, post, sit_down, write
from workshops import writing_limit
from workshops.models import Readiness, Statement, Workshop
from workshops.viewer import DEVICES_KEY

pytestmark = pytest.mark.usefixtures("at_leisure")


@pytest.fixture
def client(client, mia):
    return sit_down(client, mia)


@pytest.mark.parametrize(
    "key", ["short", "a-key-of-17-letter", "-key-16-letters-", "a key 16 letters", "a-key-16-letter\0"]
)
def test_an_address_that_no_form_has_is_not_there(client, writing, mia, key):
    assert post(client, writing, key).status_code == 404
    assert kept(mia) == []


def test_anothers_statement_looks_like_one_that_is_not_there(client, writing, mia, tom):
    theirs = write(tom, "Tom’s secret").public_id
    actions = [("", {"version": 1}), ("deletion/", {"version": 1}), ("restoration/", {"version": 1})]
    actions += [("", {"version": 0}), ("place/", {"version": 1, "to": "up"})]

    answers = [post(client, writing, theirs, action, **said) for action, said in actions]
    missing = post(client, writing, "AAAAAAAAAAAAAAAA", "deletion/", version=1)

    assert [answer.status_code for answer in answers] == [404] * 5
    assert {answer.content for answer in answers} == {missing.content}
    assert kept(tom) == [(theirs, 1, "Tom’s secret")]


def test_nobody_writes_in_a_workshop_they_do_not_take_part_in(client, team, writing, oda):
    elsewhere = open_workshop(team)
    member = Client()
    member.force_login(oda)

    answers = [post(client, elsewhere, KEY), post(Client(), writing, KEY), post(member, writing, KEY)]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("fields", "late", "status"),
    [
        ({"stage": "setup"}, True, 409),
        ({"stage": "consolidate"}, False, 409),
        ({"stage": "consolidate"}, True, 200),
        ({"stage": "consolidate", "revealed_at": timezone.now()}, True, 409),
        ({"stage": "rate"}, True, 409),
        ({"stage": "write", "archived_at": timezone.now()}, False, 409),
    ],
)
def test_only_an_open_stage_takes_what_is_written(client, writing, mia, fields, late, status):
    Workshop.objects.filter(pk=writing.pk).update(**fields)
    type(mia).objects.filter(pk=mia.pk).update(may_write_late=late)

    answers = [
        post(client, writing, KEY),
        client.post(
            f"/workshops/{writing.public_id}/write/warm-up/",
            {"version": 0, "strategy": "Simple"},
            headers={"accept": "application/json"},
        ),
    ]

    assert [answer.status_code for answer in answers] == [status, status]
    assert (len(kept(mia)), Readiness.objects.count()) == ((1, 1) if status == 200 else (0, 0))


def test_what_came_too_late_is_shown_to_be_copied(client, writing, mia):
    Workshop.objects.filter(pk=writing.pk).update(stage="consolidate")

    response = client.post(
        f"/workshops/{writing.public_id}/write/statements/{KEY}/",
        {"version": 0, "kind": "goal", "label": "Too late <b>", "meaning": "By a second\nor two"},
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "This stage has closed; what you typed was not taken." in page
    assert "Copy it here:" in page
    assert ">Too late &lt;b&gt;</textarea>" in page
    assert ">By a second\nor two</textarea>" in page


def test_more_than_five_writes_a_second_wait(client, writing, mia, tom, monkeypatch):
    monkeypatch.setattr(writing_limit, "AT_ONCE", 5.0)
    monkeypatch.setattr(writing_limit, "PER_SECOND", 0.0)
    writing_limit._left.clear()

    answers = [post(client, writing, KEY, version=n, label=f"Goal {n}") for n in range(6)]
    another = post(sit_down(Client(), tom), writing, OTHER)

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1]["Retry-After"] == "1"
    assert another.status_code == 200


def test_a_removed_participant_writes_nothing_more(client, writing, mia):
    type(mia).everybody.filter(pk=mia.pk).update(standing="observer", role=None)

    assert post(client, writing, KEY).status_code == 404
    assert not Statement.objects.exists()


@pytest.mark.parametrize("device", ["none", "mia", "waiting", "observer", "elsewhere", "mia, then tom"])
@pytest.mark.parametrize("user", ["none", "participant", "member", "former member", "other team's owner"])
def test_whoever_may_open_the_page_may_write_and_nobody_else(team, writing, mia, tom, olga, ben, user, device):
    """The write asks the permission in SQL of its own; this holds it against the page's."""
    lea = join(writing, "Lea")
    lea.user, elsewhere = account("Lea"), join(open_workshop(team), "Eve")
    lea.save(update_fields=["user"])
    membership = team.add_member(lea.user, "member")
    waiting, observer = join(writing, "Wim"), join(writing, "Obi")
    for person, standing in ((waiting, "waiting"), (observer, "observer")):
        type(person).everybody.filter(pk=person.pk).update(standing=standing)
    people = {"participant": lea.user, "member": ben, "former member": lea.user, "other team's owner": olga}
    if user == "former member":
        membership.delete()
    browser = Client()
    if user != "none":
        browser.force_login(people[user])
    held = {"mia": [mia], "waiting": [waiting], "observer": [observer], "elsewhere": [elsewhere]}
    session = browser.session
    session[DEVICES_KEY] = [each.new_device() for each in held.get(device, [mia, tom] if "then" in device else [])]
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    page = browser.get(f"/workshops/{writing.public_id}/write/view/")
    write_ = post(browser, writing, KEY)

    assert write_.status_code == page.status_code
    if page.status_code == 200:
        assert f'data-participant="{Statement.objects.get().participant.public_id}"' in page.content.decode()


def test_an_observer_has_no_writing_pages(client, writing, mia):
    watcher = join(writing, "Wim")
    type(watcher).everybody.filter(pk=watcher.pk).update(standing="observer")
    browser = sit_down(Client(), watcher)

    pages = ("", "warm-up/", "view/", "review/", "thanks/")
    assert {browser.get(f"/workshops/{writing.public_id}/write/{page}").status_code for page in pages} == {404}


@pytest.mark.parametrize("change", [{"password": "!another"}, {"is_active": False}])
def test_a_session_that_is_no_longer_its_accounts_writes_nothing(writing, mia, change):
    mia.user = account("Mia")
    mia.save(update_fields=["user"])
    writing.team.add_member(mia.user, "member")
    browser, with_a_link = Client(), Client()
    for one in (browser, with_a_link):
        one.force_login(mia.user)
    take_seat(with_a_link, mia)
    type(mia.user).objects.filter(pk=mia.user.pk).update(**change)

    answers = [post(browser, writing, KEY), post(with_a_link, writing, KEY)]

    assert [answer.status_code for answer in answers] == [404, 200]


def test_a_session_by_a_way_of_signing_in_that_is_no_more_writes_nothing(writing, mia, settings):
    mia.user = account("Mia")
    mia.save(update_fields=["user"])
    writing.team.add_member(mia.user, "member")
    browser = Client()
    browser.force_login(mia.user)
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]

    assert post(browser, writing, KEY).status_code == 404


def test_a_session_stays_its_accounts_while_keys_are_changed(writing, mia, settings):
    mia.user = account("Mia")
    mia.save(update_fields=["user"])
    writing.team.add_member(mia.user, "member")
    browser = Client()
    browser.force_login(mia.user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]

    assert post(browser, writing, KEY).status_code == 200
