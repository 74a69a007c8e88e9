"""The page of files, who may take which, and that nobody takes what they may not see."""

import csv
import io
import json
import random
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.people import add_items, add_people, compute, make_workshop, rate_at_random, take_seat
from tests.queries import assert_same_queries
from workshops import downloads
from workshops.files import exporting, ratings_csv, storing, workshop_file
from workshops.models import AuditEntry, Participant, Rating, Readiness, Round, Statement, Workshop

NAMES = ["results.json", "results.csv", "ratings.csv", "workshop.json"]
FORMULA = "=HYPERLINK(1)"


def answered(team, candour="open", *, reveal=True, people=16):
    """A workshop with findings, in which everybody wrote and rated."""
    made = make_workshop(team, people=people, items=4)
    Workshop.objects.filter(pk=made.pk).update(candour=candour, k=5 if candour == "team" else 3)
    for n, person in enumerate(made.participants.order_by("key")):
        Statement.objects.create(
            workshop=made, participant=person, item=made.items.first(), key=f"s{n}", kind="goal", label=f"Canary {n}"
        )
    dice = random.Random(1)
    Rating.objects.bulk_create(
        Rating(round=made.rounds.get(), participant=person, item=item, answer="rated", importance=dice.randint(1, 5))
        for person in made.participants.all()
        for item in made.items.all()
    )
    made.rounds.update(closed_at=timezone.now())
    if reveal:
        Workshop.objects.filter(pk=made.pk).update(revealed_at=timezone.now())
    compute(made)
    return made


def become(person, workshop):
    """A browser of somebody: an account, a participant, or nobody."""
    browser = Client()
    if isinstance(person, Participant):
        take_seat(browser, person)
    elif person is not None:
        browser.force_login(person)
    return browser


def take(browser, workshop, name):
    return browser.post(f"/workshops/{workshop.public_id}/files/{name}/")


def statuses(browser, workshop):
    return [take(browser, workshop, name).status_code for name in NAMES]


def observer(workshop):
    return Participant.everybody.create(workshop=workshop, key="watches", name="Vera", standing="observer")


def test_in_open_those_who_take_part_take_everything_after_the_reveal(team, oda, ana, ben, olga):
    workshop = answered(team)
    for person in (oda, ana, workshop.participants.first()):
        assert statuses(become(person, workshop), workshop) == [200, 200, 200, 200]
    for person in (ben, observer(workshop)):
        assert statuses(become(person, workshop), workshop) == [200, 200, 403, 403]
    for stranger in (None, olga):
        assert statuses(become(stranger, workshop), workshop) == [404, 404, 404, 404]


@pytest.mark.parametrize("candour", ["roles", "team"])
def test_without_names_nobody_takes_answers_and_no_file_tells_of_a_person(team, oda, ana, ben, candour):
    workshop = answered(team, candour)
    people = [oda, ana, ben, observer(workshop), *workshop.participants.order_by("key")[:2]]

    for person in people:
        browser = become(person, workshop)
        page = browser.get(f"/workshops/{workshop.public_id}/files/").content.decode()
        assert statuses(browser, workshop) == [200, 200, 403, 403]
        said = b"".join(take(browser, workshop, name).content for name in NAMES[:2]).decode()
        assert "Canary" not in said + page
        assert "Person" not in said
        assert not {key for key in ("p00", "i00", "public_id", workshop.public_id) if key in said}
        if candour == "team":
            assert json.loads(take(browser, workshop, "results.json").content)["groups"] == []


def test_before_the_reveal_there_is_nothing_to_take_and_the_page_says_so(team, ana):
    workshop = answered(team, reveal=False)
    participant = become(workshop.participants.first(), workshop)

    answer = take(participant, workshop, "results.json")

    assert statuses(participant, workshop) == statuses(become(ana, workshop), workshop) == [409, 409, 409, 409]
    assert "The results are not revealed yet." in answer.content.decode()
    assert not AuditEntry.objects.exists()


def test_a_facilitator_who_prepares_takes_results_without_names_and_no_answers(team, ana):
    workshop = answered(team, reveal=False)
    Workshop.objects.filter(pk=workshop.pk).update(prepared_at="2026-11-22T12:00Z")
    facilitator = become(ana, workshop)

    assert statuses(facilitator, workshop) == [200, 200, 409, 409]
    assert statuses(become(workshop.participants.first(), workshop), workshop) == [409, 409, 409, 409]
    assert json.loads(take(facilitator, workshop, "results.json").content)["workshop"]["shown_as"] == "roles"


def test_while_a_round_is_open_answers_stay_blind(team, ana):
    workshop = answered(team)
    Round.objects.create(workshop=workshop, key="r2", kind="revote", position=1)
    facilitator = become(ana, workshop)

    answer = take(facilitator, workshop, "workshop.json")

    assert statuses(facilitator, workshop) == [200, 200, 409, 409]
    assert "A round is open" in answer.content.decode()


def test_a_workshop_too_large_for_a_page_is_not_handed_out(team, ana, monkeypatch):
    workshop = answered(team)
    monkeypatch.setattr(downloads, "MOST_ANSWERS", 63)

    assert statuses(become(ana, workshop), workshop) == [200, 200, 409, 409]


@pytest.mark.parametrize("path", sorted(Path("samples").glob("*.json")), ids=lambda path: path.stem)
def test_the_workshop_file_is_the_operator_s(db, tmp_path, path, oda, team):
    file = workshop_file.read(path.read_bytes())
    if file.workshop.candour != "open" or file.workshop.revealed is not True:
        file = file.model_copy(
            update={"workshop": file.workshop.model_copy(update={"candour": "open", "k": 3, "revealed": True})}
        )
    file = file.model_copy(update={"readiness": ()})
    workshop = storing.store(file, team=team)
    workshop.rounds.filter(closed_at__isnull=True).delete()
    call_command("export_workshop", workshop.public_id, output=tmp_path / "exported", verbosity=0)

    answer = take(become(oda, workshop), workshop, "workshop.json")

    assert answer.content == (tmp_path / "exported").read_bytes()


def test_drafts_and_warm_ups_stay_each_person_s_own_also_in_open(team, ana):
    workshop = answered(team)
    person = workshop.participants.first()
    Statement.objects.create(
        workshop=workshop, participant=person, key="draft", kind="goal", label="Half a thought", draft=True
    )
    Readiness.objects.create(workshop=workshop, participant=person, voice=1, strategy="I dare not say")

    said = take(become(ana, workshop), workshop, "workshop.json").content

    assert b"Canary 3" in said
    assert b"Half a thought" not in said
    assert b"I dare not say" not in said
    assert b"readiness" not in said
    workshop_file.read(said)


def test_the_ratings_are_a_table_that_a_spreadsheet_runs_nothing_of_and_that_comes_back_in(team, ana):
    workshop = answered(team, people=5)
    workshop.items.filter(key="i001").update(title=FORMULA)
    workshop.participants.filter(key="p001").update(name="@Ben")

    said = take(become(ana, workshop), workshop, "ratings.csv").content

    file = exporting.as_file(workshop)
    assert said == ratings_csv.write(file, file.rounds[0])
    rows = list(csv.DictReader(io.StringIO(said.decode("utf-8-sig"))))
    assert {row["item"] for row in rows} == {"Item 0", "'" + FORMULA, "Item 2", "Item 3"}
    assert "'@Ben" in {row["person"] for row in rows}
    back = ratings_csv.read(said, title="Back")
    assert sorted(person.name for person in back.people) == sorted(person.name for person in file.people)
    assert len(back.rounds[0].ratings) == 20


def test_a_file_is_sent_so_that_it_is_saved_and_kept_by_nobody_on_the_way(team, ana):
    workshop = answered(team)
    Workshop.objects.filter(pk=workshop.pk).update(title='Zahlung "sofort"\r\nX: y/../☂')

    answer = take(become(ana, workshop), workshop, "ratings.csv")

    assert answer["Content-Disposition"] == 'attachment; filename="zahlung-sofort-x-y-ratings.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_a_download_stands_in_the_audit_trail_and_a_look_at_the_page_does_not(team, ana):
    workshop = answered(team)
    facilitator = become(ana, workshop)
    facilitator.get(f"/workshops/{workshop.public_id}/files/")
    assert not AuditEntry.objects.exists()

    take(facilitator, workshop, "workshop.json")

    trail = facilitator.get(f"/workshops/{workshop.public_id}/audit/").content.decode()
    assert "Ana downloaded a file: workshop.json." in trail


def test_without_names_the_trail_does_not_tell_who_took_what(team):
    workshop = answered(team, "roles")
    person = become(workshop.participants.first(), workshop)

    take(person, workshop, "results.csv")

    trail = person.get(f"/workshops/{workshop.public_id}/audit/").content.decode()
    assert "Somebody downloaded a file" in trail
    assert "Person 0" not in trail


def test_there_are_no_other_files(team, ana):
    assert take(become(ana, workshop := answered(team)), workshop, "people.csv").status_code == 404


@pytest.mark.parametrize("name", ["", *NAMES])
def test_a_file_costs_the_same_however_much_there_is(team, ana, name):
    sizes = [answered(team, people=5)]
    browser = become(ana, sizes[0])

    def grow():
        more = make_workshop(team, people=5, items=4)
        add_people(more, 9)
        add_items(more, 12)
        rate_at_random(more)
        compute(more)
        sizes.append(more)

    def read():
        where = f"/workshops/{sizes[-1].public_id}/files/"
        answer = browser.post(f"{where}{name}/") if name else browser.get(where)
        assert answer.status_code == 200

    assert_same_queries(read, grow)
