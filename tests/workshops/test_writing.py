"""What is taken of what somebody writes, and what is said when it is not."""

import pytest
from django.test import Client

from tests.people import account
from tests.workshops.writers import KEY, OTHER, kept, post, sit_down, words, write
from workshops.models import Link, Readiness, Statement

pytestmark = pytest.mark.usefixtures("at_leisure")


@pytest.fixture
def client(client, mia):
    return sit_down(client, mia)


def test_a_new_statement_is_kept_as_a_draft_of_its_author(client, writing, mia):
    response = post(client, writing, KEY, label=" Get  paid ", meaning="On Friday.\r\nAll of it.", evidence="2")

    found = Statement.objects.get()
    assert response.status_code == 200
    assert set(response.json()) == {"version", "saved_at", "next"}
    assert (found.public_id, found.key, found.participant, found.draft) == (KEY, KEY, mia, True)
    assert (found.label, found.meaning, found.evidence) == ("Get paid", "On Friday.\nAll of it.", 2)


@pytest.mark.parametrize(
    "text",
    [
        "\u200fלקבל תשלום בזמן",
        "يدفع في الوقت",
        "👩🏽‍🚒 pays 🇪🇺 on time",
        "e\u0301 ñ 中文",
        "<b>&amp;</b> {{ 7 }}",
        "=1+1",
    ],
)
def test_every_script_and_emoji_comes_back_exactly(client, writing, text):
    post(client, writing, KEY, label=text, meaning=f"{text}\n\n  {text}")

    found = Statement.objects.get()
    assert (found.label, found.meaning) == (text, f"{text}\n\n  {text}")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"label": ""}, "Say it in a few words first."),
        ({"label": " \t"}, "Say it in a few words first."),
        ({"label": "x" * 121}, "This is too long: at most 120 characters, and it has 121."),
        ({"meaning": "x" * 601}, "This is too long: at most 600 characters, and it has 601."),
        ({"example": "x" * 601}, "This is too long: at most 600 characters, and it has 601."),
        ({"label": "a\0b"}, "This text holds a broken character. Please type it again."),
        ({"meaning": "a\0b"}, "This text holds a broken character. Please type it again."),
        ({"kind": "dream"}, "Select a valid choice. dream is not one of the available choices."),
        ({"evidence": "4"}, "Select a valid choice. 4 is not one of the available choices."),
        ({"kind": "pain", "blocks": ["short"]}, "One of the ticks leads nowhere. Reload the page and tick again."),
        ({"kind": "pain", "blocks": [OTHER]}, "One of the ticks leads nowhere. Reload the page and tick again."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(client, writing, mia, said, complaint):
    response = post(client, writing, KEY, **said)

    assert (response.status_code, words(response)) == (422, [complaint])
    assert kept(mia) == []


@pytest.mark.parametrize("broken", ["%ED%A0%BD", "%F0%9F%98", "%FF"])
def test_half_an_emoji_is_refused(client, writing, mia, broken):
    response = client.post(
        f"/workshops/{writing.public_id}/write/statements/{KEY}/",
        f"version=0&kind=goal&label=Paid+{broken}",
        content_type="application/x-www-form-urlencoded",
        headers={"accept": "application/json"},
    )

    assert (response.status_code, words(response)) == (
        422,
        ["This text holds a broken character. Please type it again."],
    )
    assert kept(mia) == []


@pytest.mark.parametrize("version", ["", "one", "-1", "1.5", str(2**31), None])
def test_nothing_is_written_without_a_version(client, writing, mia, version):
    write(mia, public_id=KEY, key=KEY)
    said = {} if version is None else {"version": version}

    answers = [
        client.post(
            f"/workshops/{writing.public_id}/write/{where}", said | more, headers={"accept": "application/json"}
        )
        for where, more in [
            (f"statements/{KEY}/", {"kind": "goal", "label": "Other"}),
            (f"statements/{KEY}/deletion/", {}),
            (f"statements/{KEY}/restoration/", {}),
            (f"statements/{KEY}/place/", {"to": "up"}),
            ("warm-up/", {"strategy": "Other"}),
        ]
    ]

    assert [answer.status_code for answer in answers] == [422] * 5
    assert kept(mia) == [(KEY, 1, "Get paid on time")]
    assert not Readiness.objects.exists()


def test_a_change_counts_the_version_up_and_a_repeated_one_does_nothing(client, writing, mia):
    post(client, writing, KEY)

    answers = [post(client, writing, KEY, version=1, label="Paid on Friday").json()["version"] for _n in range(3)]

    assert answers == [2, 2, 2]
    assert kept(mia) == [(KEY, 2, "Paid on Friday")]


def test_a_stale_change_is_told_what_stands_there_and_changes_nothing(client, writing, mia):
    post(client, writing, KEY)
    post(client, writing, KEY, version=1, label="From the phone", meaning="All of it")

    response = post(client, writing, KEY, version=1, label="From the laptop")

    answer = response.json()
    assert response.status_code == 409
    assert (answer["reason"], answer["version"], answer["is_gone"]) == ("stale", 2, False)
    assert answer["theirs"] == {"label": "From the phone", "meaning": "All of it", "example": "", "evidence": None}
    assert kept(mia) == [(KEY, 2, "From the phone")]


def test_without_a_script_a_stale_change_shows_both_texts_and_the_person_chooses(client, writing, mia):
    post(client, writing, KEY)
    post(client, writing, KEY, version=1, label="From the phone")
    address = f"/workshops/{writing.public_id}/write/statements/{KEY}/"

    page = client.post(address, {"version": 1, "kind": "goal", "label": "From the laptop"})
    client.post(address, {"version": 2, "kind": "goal", "label": "From the laptop"})

    assert page.status_code == 409
    assert "From the phone" in page.content.decode()
    assert '<input type="hidden" name="label" value="From the laptop">' in page.content.decode()
    assert '<input type="hidden" name="version" value="2">' in page.content.decode()
    assert kept(mia) == [(KEY, 3, "From the laptop")]


def test_a_form_takes_only_its_own_fields(client, writing, mia, tom):
    post(
        client,
        writing,
        KEY,
        draft="false",
        participant=tom.pk,
        position=99,
        item=1,
        public_id=OTHER,
        team=1,
        deleted_at="2026-01-01",
    )

    found = Statement.objects.get()
    assert (found.public_id, found.participant, found.draft, found.position) == (KEY, mia, True, 0)


def test_the_kind_of_a_statement_stays_and_says_what_links_it_has(client, writing, mia):
    goal, found = write(mia, "Goal"), write(mia, "Ask around", "alternative", public_id=KEY)

    post(client, writing, KEY, version=1, kind="pain", label="Ask again", serves=[goal.public_id])

    found.refresh_from_db()
    assert (found.kind, found.version, found.label) == ("alternative", 2, "Ask again")
    assert Link.objects.values_list("kind", "from_statement").get() == ("serves", found.pk)


@pytest.mark.parametrize("by", ["a link", "an account"])
def test_typing_on_takes_three_queries(writing, mia, by, django_assert_num_queries):
    goal, pain = write(mia, "Goal"), write(mia, "Pain", "pain")
    browser = Client()
    if by == "a link":
        sit_down(browser, mia)
    else:
        mia.user = account("Mia")
        mia.save(update_fields=["user"])
        writing.team.add_member(mia.user, "member")
        browser.force_login(mia.user)
    said = {"kind": "pain", "blocks": [goal.public_id], "causes": [write(mia, "Other", "pain").public_id]}
    post(browser, writing, pain.public_id, version=1, label="Pain", **said)

    with django_assert_num_queries(3 + 2):  # session, seat, statement; and a savepoint, as tests are transactions
        response = post(browser, writing, pain.public_id, version=2, label="Pain, worse", **said)

    assert response.json()["version"] == 3
    assert (pain.public_id, 3, "Pain, worse") in kept(mia)
    assert Link.objects.count() == 2
