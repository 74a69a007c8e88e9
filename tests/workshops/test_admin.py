"""Who gets at the operator's pages, and what can be done there."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from tests.people import account, take_seat
from tests.queries import assert_same_queries
from tests.workshops.filled import filled_workshop
from tests.workshops.operators import TABLES, every_page, list_of, operator, pages_of, row_in
from tests.workshops.test_erasing import closed
from tests.workshops.test_routes import routes
from workshops.admin import people
from workshops.models import Job, User

ON_THEIR_OWN = ["", "login/", "logout/", "jsi18n/", "^(?P<app_label>workshops)/$", "(?P<url>.*)$"]
IN_A_TABLE = ["", "add/", *(f"<path:object_id>/{page}" for page in ("", "change/", "history/", "delete/"))]
SHOWN = {
    "user",
    "team",
    "role",
    "membership",
    "participant",
    "workshop",
    "round",
    "job",
    "analysis",
    "finding",
    "statement",
    "link",
    "rating",
    "restatement",
}


@pytest.fixture
def filled(db):
    """A workshop with a row in every table, open and revealed."""
    return closed(filled_workshop())


@pytest.fixture
def otto(client, filled):
    """The operator, signed in."""
    user = operator()
    client.force_login(user)
    return user


# -- who gets in -------------------------------------------------------------------------------------------------------
def test_every_address_is_declared():
    tables = [f"workshops/{table}/{page}" for table in SHOWN for page in IN_A_TABLE]

    found = [route.removeprefix("admin/") for route in routes() if route.startswith("admin/")]

    assert sorted(found) == sorted(ON_THEIR_OWN + tables)


@pytest.mark.parametrize("who", ["stranger", "participant"])
def test_whoever_is_not_signed_in_is_asked_to_on_every_page(client, filled, who):
    if who == "participant":
        take_seat(client, filled.participants.get())

    for page in every_page(filled):
        for ask in (client.get, client.post):
            response = ask(page)
            assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/"), page
    assert client.get("/admin/login/?next=/admin/workshops/")["Location"] == "/sign-in/?next=%2Fadmin%2Fworkshops%2F"


@pytest.mark.parametrize("who", ["owner", "facilitator", "member", "other team's owner"])
def test_whoever_is_signed_in_and_no_operator_finds_nothing_there(client, filled, olga, who):
    user = olga
    if who != "other team's owner":
        user = account("Ana")
        filled.team.add_member(user, who)
    client.force_login(user)

    for page in [*every_page(filled), "/admin/login/"]:
        assert (client.get(page).status_code, client.post(page).status_code) == (404, 404), page


def test_staff_without_permissions_sees_no_table(client, filled):
    user = account("Sam")
    User.objects.filter(pk=user.pk).update(is_staff=True)
    client.force_login(user)

    lists = {table: client.get(list_of(table)).status_code for table in TABLES}

    assert lists == dict.fromkeys(TABLES, 403)
    assert client.get("/admin/").status_code == 200


def test_the_operator_signs_in_with_a_code_and_comes_to_the_page_asked_for(client, filled):
    operator()

    form = client.get("/admin/workshops/job/", follow=True)
    form = client.post("/sign-in/", {"email": "operator@example.com"} | came_from(form), follow=True)
    code = re.search(r"\b\d{6}\b", mail.outbox[0].body)[0]
    response = client.post("/sign-in/code/", {"code": code} | came_from(form), follow=True)

    assert response.redirect_chain[-1] == ("/admin/workshops/job/", 302)
    assert client.get("/admin/login/?next=https://evil.example/")["Location"] == "/admin/"


def came_from(form):
    """The hidden field of a sign-in form that says where to go on."""
    return {"next": re.search(r'name="next" value="([^"]*)"', form.content.decode())[1]}


def test_signing_out_takes_a_post_with_its_token(client, otto):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(otto)

    answers = [client.get("/admin/logout/").status_code, strict.post("/admin/logout/").status_code]
    still_in = client.get("/admin/").status_code
    left = client.post("/admin/logout/")

    assert (answers, still_in) == ([405, 403], 200)
    assert (left.status_code, left["Location"]) == (302, "/")
    assert client.get("/admin/").status_code == 302


def test_createowner_makes_an_operator_only_when_asked(db, capsys):
    call_command("createowner", "ana@example.com")
    call_command("createowner", "otto@example.com", operator=True)

    rights = User.objects.order_by("email").values_list("email", "is_staff", "is_superuser")
    assert list(rights) == [("ana@example.com", False, False), ("otto@example.com", True, True)]
    assert capsys.readouterr().out.count("/admin/") == 1


# -- what can be done --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", sorted(SHOWN))
def test_rows_are_shown_and_neither_added_nor_deleted(client, otto, filled, table):
    shown, _all, add, row, change, history, delete = pages_of(table, filled)

    answers = [client.get(page).status_code for page in (shown, change, history, add, delete)]

    assert answers == [200, 200, 200, 403, 403]
    assert client.get(row)["Location"] == change


@pytest.mark.parametrize("table", sorted(SHOWN - {"user"}))
def test_nothing_that_is_posted_changes_a_row(client, otto, filled, table):
    model = TABLES[table]
    before = list(model.objects.order_by("pk").values())
    chosen = {"action": "delete_selected", "_selected_action": row_in(table, filled), "index": 0, "post": "yes"}
    everything = {field.name: "1" for field in model._meta.concrete_fields}

    for page in pages_of(table, filled):
        client.post(page, everything)
        client.post(page, chosen)

    assert list(model.objects.order_by("pk").values()) == before


def test_an_operator_corrects_a_name_and_nothing_else_of_an_account(client, otto, filled):
    ana = account("Ana")
    changes = {"name": "Anna", "is_active": "on", "email": "x@example.com", "is_staff": "on", "is_superuser": "on"}

    client.post(f"/admin/workshops/user/{ana.pk}/change/", changes)

    ana.refresh_from_db()
    assert (ana.name, ana.email) == ("Anna", "ana@example.com")
    assert (ana.is_active, ana.is_staff, ana.is_superuser) == (True, False, False)


def test_whoever_is_locked_out_loses_open_pages_at_once(client, otto, filled, monkeypatch):
    asked_again = []
    monkeypatch.setattr(people.live, "close_streams", asked_again.extend)
    user = filled.team.memberships.get().user
    page = f"/admin/workshops/user/{user.pk}/change/"

    client.post(page, {"name": user.name, "is_active": "on"})
    renamed = list(asked_again)
    client.post(page, {"name": user.name})

    assert (renamed, asked_again) == ([], [filled])
    assert not User.objects.get(pk=user.pk).is_active


def test_a_failed_job_is_asked_for_again_and_others_are_left_alone(client, otto, filled):
    done = Job.objects.create(workshop=filled_workshop(), kind="analysis", state="done")
    chosen = [filled.jobs.get().pk, done.pk]

    response = client.post(list_of("job"), {"action": "ask_again", "_selected_action": chosen, "index": 0}, follow=True)

    assert "1 job was asked for again." in response.content.decode()
    assert list(filled.jobs.order_by("pk").values_list("state", flat=True)) == ["failed", "waiting"]
    assert not done.workshop.jobs.filter(state="waiting").exists()


@pytest.mark.parametrize("table", sorted(SHOWN))
def test_a_longer_list_takes_as_many_queries(client, otto, filled, table):
    assert_same_queries(lambda: client.get(list_of(table)), lambda: closed(filled_workshop()))
