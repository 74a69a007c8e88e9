"""A workshop made of an uploaded file: taken whole or not at all, and refused in words, never with an error."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.people import account
from tests.workshops.small_file import TABLE, everything, small_file
from workshops import uploading
from workshops.files import exporting, workshop_file
from workshops.models import AuditEntry, Bucket, Role, Workshop

LIST = "kind,title,meaning\ngoal,Be paid on time,Within 30 days\nPain,Nobody answers,\n"
ROLES = {"key": "engineering", "name": "Engineering", "lens": "build"}


def file_of_the_team(**changes):
    """A small workshop file whose role the team has."""
    tree = small_file(**changes)
    tree["team"] = {"name": "Tiny", "roles": [ROLES]}
    tree["people"] = [{"key": "p1", "name": "Ana", "role": "engineering"}]
    return tree


@pytest.fixture
def send(client, team, ana):
    """Uploads a dict, a text or bytes as the facilitator, or as another."""

    def post(said, name="file", who=ana, **fields):
        client.force_login(who)
        data = (
            said if isinstance(said, bytes) else said.encode() if isinstance(said, str) else json.dumps(said).encode()
        )
        return client.post(address(team), {"file": SimpleUploadedFile(name, data), **fields})

    return post


def address(team):
    return f"/teams/{team.public_id}/workshops/file/"


def problems(response):
    """What the page says is wrong with the file."""
    assert response.status_code == 422
    refusal = response.context["refusal"]
    return [(problem.path, problem.reason) for problem in refusal.problems]


@pytest.mark.parametrize("sample", ["invoicing", "reqt"])
def test_a_sample_comes_in_and_goes_out_as_it_was(send, team, oda, sample):
    data = Path(f"samples/{sample}.json").read_bytes()
    file = workshop_file.read(data)
    may_come_in = file.workshop.candour == "open"

    answer = send(data, who=oda)

    assert answer.status_code == (302 if may_come_in else 422)
    if may_come_in:
        workshop = team.workshops.get()
        assert answer.url == f"/workshops/{workshop.public_id}/"
        back = exporting.as_file(workshop)
        assert back.model_copy(update={"team": file.team}) == file
        assert AuditEntry.objects.get().action == "uploaded"
        assert workshop.participants.count() == len(file.people)
        assert not workshop.participants.filter(user__isnull=False).exists()


def test_stage_and_reveal_of_the_file_hold(send, team):
    workshop = file_of_the_team()["workshop"] | {"stage": "rate", "revealed": False}

    send(file_of_the_team(workshop=workshop))

    made = team.workshops.get()
    assert (made.stage, made.is_revealed) == ("rate", False)


def test_a_list_of_items_makes_a_workshop_at_setup(send, team):
    answer = send(LIST, "Getting paid_late.csv")

    made = team.workshops.get()
    assert answer.url == f"/workshops/{made.public_id}/setup/"
    assert (made.title, made.stage, made.candour) == ("Getting paid late", "setup", "open")
    assert list(made.items.values_list("kind", "title", "definition")) == [
        ("goal", "Be paid on time", "Within 30 days"),
        ("pain", "Nobody answers", ""),
    ]


def test_ratings_make_a_workshop_that_is_closed_and_revealed_with_its_findings_asked_for(send, team):
    roles = Role.objects.count()

    send(TABLE.replace("Support", "Customer support"), "any.bin", title="From elsewhere", levels="7")

    made = team.workshops.get()
    assert (made.title, made.stage, made.is_revealed) == ("From elsewhere", "closed", True)
    assert made.rounds.get().importance_levels == 7
    assert list(made.participants.values_list("name", "role__key")) == [("Ana", "sales"), ("Ben", "support")]
    assert made.jobs.count() == 1
    assert Role.objects.count() == roles


def test_only_those_who_run_the_team_s_workshops_upload(client, team, ben, olga):
    before = everything()
    answers = {}
    for who, person in {"member": ben, "stranger": olga, "nobody": None}.items():
        browser = Client()
        if person:
            browser.force_login(person)
        file = SimpleUploadedFile("f", json.dumps(file_of_the_team()).encode())
        answers[who] = (browser.get(address(team)).status_code, browser.post(address(team), {"file": file}).status_code)

    assert answers == {"member": (403, 403), "stranger": (404, 404), "nobody": (404, 404)}
    assert everything() == before


@pytest.mark.parametrize("candour", ["roles", "team"])
def test_where_no_names_are_shown_no_answers_come_in_by_a_page(send, team, candour):
    workshop = file_of_the_team()["workshop"] | {"candour": candour}
    before = everything()

    refused = problems(send(file_of_the_team(workshop=workshop)))

    assert [path for path, _reason in refused] == ["workshop.candour"]
    assert everything() == before
    assert (
        send(file_of_the_team(workshop=workshop | {"stage": "setup", "revealed": False}, rounds=[])).status_code == 302
    )


@pytest.mark.parametrize(
    "part",
    [
        {"statements": [{"key": "s1", "person": "p1", "kind": "goal", "label": "L"}]},
        {"readiness": [{"person": "p1", "voice": 1}]},
        {"rounds": [{"key": "r", "kind": "restate", "restatements": [{"person": "p1", "item": "i1", "action": "A"}]}]},
    ],
    ids=lambda part: next(iter(part)),
)
def test_any_answer_of_anybody_counts(send, part):
    workshop = file_of_the_team()["workshop"] | {"candour": "roles"}

    assert problems(send(file_of_the_team(workshop=workshop, **({"rounds": []} | part))))[0][0] == "workshop.candour"


def test_roles_that_the_team_does_not_have_come_in_only_by_an_owner(send, team, oda):
    before = everything()

    assert problems(send(small_file())) == [
        (
            "team.roles[0]",
            "the team has no role “Engineering”; an owner of the team can add it, or upload this file",
        )
    ]
    assert everything() == before
    assert send(small_file(), who=oda).status_code == 302


def test_a_role_with_another_lens_than_the_team_s_is_refused(send, team):
    before = everything()
    tree = file_of_the_team()
    tree["team"]["roles"] = [ROLES | {"lens": "sell"}]

    assert problems(send(tree)) == [("team.roles[0].lens", "the team has this role with the lens build")]
    assert everything() == before


def test_what_is_wrong_stands_on_the_page_with_its_place_as_many_as_are_shown(send, team):
    before = everything()
    tree = file_of_the_team()
    tree["rounds"][0]["ratings"] = [
        {"person": f"<b>{n}", "item": "i1", "answer": "rated", "importance": 9} for n in range(60)
    ]

    answer = send(tree, title="Kept as typed")

    page = answer.content.decode()
    assert len(problems(answer)) == 20
    assert "rounds[0].ratings[0].importance" in page or "rounds[0].ratings[0].person" in page
    assert "<b>0" not in page
    assert "more" in page
    assert 'value="Kept as typed"' in page
    assert everything() == before


def zipped(data=b"0" * 10_000_000):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.json", data)
    return packed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\0" * 300,
        b"\xff\xfe\x00\xd8",
        b"{",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"[" + b"[]," * 700_000 + b"[]]",
        b'{"a":' * 50_000,
        b'{"format": 1e999999}',
        b'{"format": ' + b"9" * 5_000 + b"}",
        json.dumps(file_of_the_team()).encode("utf-16"),
        json.dumps(file_of_the_team()).replace("Ana", "A\\u0000").encode(),
        json.dumps(file_of_the_team()).replace("Ana", "\\ud800").encode(),
        LIST.encode("utf-16"),
        LIST.replace("Nobody", "\0").encode(),
        LIST.replace("Nobody", "=cmd").encode(),
        LIST.replace("Pain", "Joy").encode(),
        LIST.replace("Nobody answers", "").encode(),
        (LIST + "goal,Be paid on time,Within 30 days\n").encode(),
        b"kind,title\n",
        b"kind,title\n" + b"goal,G\n" * 40_000,
        b"kind,title\n" + b"".join(b"goal,G%d\n" % n for n in range(5_001)),
        b'kind,title\ngoal,"' + b"a" * 200_000,
        b"kind,title\ngoal," + "é".encode("latin-1"),
        TABLE.replace(",7", ",=7").encode(),
        TABLE.encode() + b"Cy,Sales,Get paid,goal,1\n" * 50_000,
        zipped(),
        b"\x1f\x8b" + b"\0" * 100,
        b"%PDF-1.7 \xe2\xe3",
        b"just some words",
    ],
    ids=lambda data: repr(data[:24]),
)
def test_bytes_that_make_no_workshop_are_refused_in_words(send, data):
    before = everything()

    answer = send(data)

    assert answer.status_code == 422
    assert everything() == before


def test_a_file_that_is_none_is_asked_for(send, client, team):
    send(b"")

    for body, kind in [({}, None), ("{}", "application/json"), (b"\0\xff", "multipart/form-data; boundary=x")]:
        answer = client.post(address(team), body, **({"content_type": kind} if kind else {}))
        assert answer.status_code in (400, 422)


def test_a_file_beyond_the_limit_is_refused_before_it_is_looked_into(send, monkeypatch):
    monkeypatch.setattr("workshops.forms.upload.BYTES", 100)

    answer = send(file_of_the_team())

    assert answer.status_code == 413
    assert "at most 100\xa0bytes are taken" in answer.content.decode()


def test_more_people_or_answers_than_a_page_takes_are_refused_in_words(send, monkeypatch):
    people = [{"key": f"p{n}", "name": f"P {n}", "role": "engineering"} for n in range(501)]
    tree = file_of_the_team(rounds=[]) | {"people": people}
    assert problems(send(tree)) == [("people", "must have at most 500 entries, got 501")]

    monkeypatch.setattr(uploading, "MOST_ROWS", 0)
    ((where, why),) = problems(send(file_of_the_team()))
    assert where == "(file)"
    assert "whoever runs this server can import it" in why


def test_a_form_sent_twice_makes_one_workshop(send, client, team, ana):
    client.force_login(ana)
    page = client.get(address(team))
    ticket = page.context["form"].ticket

    where = {send(file_of_the_team(), ticket=ticket).url for _ in range(2)}

    assert where == {f"/workshops/{team.workshops.get().public_id}/"}


def test_whoever_sends_file_after_file_has_to_wait(send, monkeypatch):
    monkeypatch.setattr(Bucket.objects, "take", lambda *args, **options: False)

    answer = send(file_of_the_team())

    assert answer.status_code == 429
    assert not Workshop.objects.exists()


def test_a_workshop_of_another_team_is_not_found_by_a_ticket(send, client, team, olga):
    send(file_of_the_team())
    elsewhere = olga.memberships.get().team
    client.force_login(olga)
    ticket = client.get(address(elsewhere)).context["form"].ticket

    assert send(file_of_the_team(), ticket=ticket).url.split("/")[2] not in ticket
    assert elsewhere.workshops.count() == 0
    assert account("Olga") == olga
