import re
from itertools import product

from axe_playwright_python.sync_playwright import Axe
from django.core import mail


def test_the_code_field_lets_phones_fill_it_in(client, oda):
    response = client.post("/sign-in/", {"email": "oda@example.com"}, follow=True)

    field = re.search(r'<input [^>]*name="code"[^>]*>', response.text)[0]
    assert 'autocomplete="one-time-code"' in field
    assert 'inputmode="numeric"' in field
    assert "oda@example.com" in response.text


def test_a_wrong_code_is_explained_at_the_field(client, oda):
    client.post("/sign-in/", {"email": "oda@example.com"})

    response = client.post("/sign-in/code/", {"code": "12345x"})

    assert 'aria-invalid="true" aria-describedby="id_code_error"' in response.text
    assert '<p class="error" id="id_code_error">These are not the digits we sent.' in response.text


def test_an_address_that_is_none_stays_in_the_field_with_the_reason(client, db):
    response = client.post("/sign-in/", {"email": "<oda>"})

    assert 'value="&lt;oda&gt;"' in response.text
    assert '<p class="error" id="id_email_error">Enter a valid email address.</p>' in response.text


def test_the_mail_has_the_code_in_its_subject_and_on_a_line_of_its_own(client, oda):
    client.post("/sign-in/", {"email": "oda@example.com"})

    message = mail.outbox[0]
    code = message.subject.split()[0]
    assert message.subject == f"{code} is your code to sign in"
    assert message.body.splitlines()[2] == code
    assert message.body.endswith("Parallax at testserver")


def test_the_code_page_is_accessible_also_with_an_error(new_context, oda):
    page = new_context(reduced_motion="reduce").new_page()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("oda@example.com")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill("12345x")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("These are not the digits").wait_for()

    violations = []
    for scheme, width in product(["light", "dark"], [360, 1280]):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        violations += [(scheme, width, found["id"]) for found in Axe().run(page).response["violations"]]

    assert violations == []
