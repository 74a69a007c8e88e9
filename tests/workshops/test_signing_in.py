import re

import pytest
from django.core import mail
from django.test import Client

from workshops.models import User


def code_in(message):
    """The six digits of a mail."""
    return re.search(r"\b\d{6}\b", message.body)[0]


def test_an_owner_signs_in_with_the_code_from_the_mail(client, oda):
    client.post("/sign-in/", {"email": "Oda@Example.com"})
    response = client.post("/sign-in/code/", {"code": code_in(mail.outbox[0])}, follow=True)

    assert mail.outbox[0].to == ["oda@example.com"]
    assert response.redirect_chain[-1] == ("/", 302)
    assert "Invoicing for builders" in response.content.decode()


def test_a_wrong_code_is_refused_and_after_three_tries_the_code_is_dead(client, oda):
    client.post("/sign-in/", {"email": "oda@example.com"})
    right = code_in(mail.outbox[0])
    wrong = "000000" if right != "000000" else "111111"

    for _ in range(3):
        client.post("/sign-in/code/", {"code": wrong})
    client.post("/sign-in/code/", {"code": right})

    assert "_auth_user_id" not in client.session


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, oda):
    known = client.post("/sign-in/", {"email": "oda@example.com"})
    unknown = client.post("/sign-in/", {"email": "nobody@example.com"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [["oda@example.com"]]


def test_signing_up_is_closed_unless_the_operator_opens_it(client, db):
    response = client.post("/sign-up/", {"email": "mia@example.com"})

    assert "sign" in response.content.decode().lower()
    assert not User.objects.exists()


def test_codes_are_limited_by_address_and_by_sender_also_while_redis_is_away(oda, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    to_one = [Client().post("/sign-in/", {"email": "oda@example.com"}) for _ in range(6)]
    to_many = [Client().post("/sign-in/", {"email": f"nobody{n}@example.com"}) for n in range(25)]

    assert len(mail.outbox) <= 3
    for refused in (to_one[-1], to_many[-1]):
        assert refused.status_code == 200  # the page again, with the reason
        assert "Too many" in refused.content.decode()


@pytest.mark.parametrize("address", ["", "not an address", "a\x00b@example.com"])
def test_what_is_no_address_is_refused_in_words(client, db, address):
    response = client.post("/sign-in/", {"email": address})

    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    assert mail.outbox == []


def test_signing_out_needs_a_post(client, oda):
    client.force_login(oda)

    client.get("/sign-out/")
    still_in = "_auth_user_id" in client.session
    client.post("/sign-out/")

    assert still_in
    assert "_auth_user_id" not in client.session


def test_a_mistyped_address_can_be_replaced(client, oda):
    client.post("/sign-in/", {"email": "odo@example.com"})
    page = client.get("/sign-in/code/").content.decode()

    client.post("/sign-out/", {"next": "/sign-in/"})
    client.post("/sign-in/", {"email": "oda@example.com"})

    assert "odo@example.com" in page
    assert 'name="next" value="/sign-in/"' in page
    assert "oda@example.com" in client.get("/sign-in/code/").content.decode()
