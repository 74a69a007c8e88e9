"""What goes in comes out: workshop file -> rows -> workshop file, the same bytes; and the ratings CSV likewise."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings

from tests.files.trees import whole_files
from tests.people import add_items, add_people, rate_at_random
from tests.queries import assert_same_queries
from workshops.files import exporting, ratings_csv, storing, storing_rounds, workshop_file
from workshops.models import Team, Workshop

WHOLE = Path("tests/files/whole.json")
FILES = [WHOLE, *sorted(Path("samples").glob("*.json"))]
TABLE = (
    "\ufeffperson,role,item,kind,importance,satisfaction,evidence,expected,same_meaning,star,answer,lens,late\r\n"
    '"Ana","Crew","Get paid","goal",5,2,0,4,2,1,"rated","build",\r\n'
    '"Ben","Sales","Get paid","goal",,,,,,,"unknown","sell",1\r\n'
    '"Ana","Crew","\'=Late","pain",,1,,,,,"not_real","build",\r\n'
    '"Ben","Sales","\'=Late","pain",,,,,,,"asked","sell",\r\n'
)


def canonical(path):
    return workshop_file.write(workshop_file.read(path.read_bytes()))


def exported(tmp_path, workshop, **options):
    path = tmp_path / "exported"
    call_command("export_workshop", workshop.public_id, output=path, verbosity=0, **options)
    return path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_comes_out_as_it_went_in(db, tmp_path, path):
    call_command("import_workshop", path, verbosity=0)

    assert exported(tmp_path, Workshop.objects.get()) == canonical(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_comes_out_as_it_went_in_when_its_team_is_there_already(db, tmp_path, path):
    call_command("import_workshop", path, verbosity=0)
    team = Team.objects.get()

    call_command("import_workshop", path, team=team.public_id, verbosity=0)

    first, second = team.workshops.order_by("pk")
    assert exported(tmp_path, second) == canonical(path)
    assert exported(tmp_path, first) == canonical(path)


def test_a_workshop_of_a_team_with_more_roles_comes_out_with_the_roles_of_the_team(team, tmp_path):
    call_command("import_workshop", WHOLE, team=team.public_id, verbosity=0)

    said = json.loads(exported(tmp_path, team.workshops.get()))
    given = json.loads(canonical(WHOLE))
    assert said.pop("team") == {
        "name": "Invoicing for builders",
        "roles": [
            {"key": "executive", "name": "Executive", "lens": "decide"},
            {"key": "product", "name": "Product management", "lens": "decide"},
            {"key": "marketing", "name": "Marketing", "lens": "sell"},
            {"key": "design", "name": "Design", "lens": "build"},
            {"key": "engineering", "name": "Engineering", "lens": "build"},
            {"key": "sales", "name": "Sales", "lens": "sell"},
            {"key": "support", "name": "Customer support", "lens": "sell"},
            {"key": "other", "name": "Other"},
            {"key": "eng", "name": "Engineering", "lens": "build"},
        ],
    }
    assert given.pop("team")
    assert said == given


def test_items_that_were_revealed_on_their_own_come_out_in_the_order_they_were_revealed_in(db):
    tree = json.loads(WHOLE.read_bytes())
    tree["workshop"]["revealed"] = ["i3", "i1", "i2"]

    workshop = storing.store(workshop_file.read(json.dumps(tree).encode()))

    assert exporting.as_file(workshop).workshop.revealed == ("i3", "i1", "i2")


@settings(derandomize=True, deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tree=whole_files())
def test_any_file_comes_out_as_it_went_in(db, tree):
    file = workshop_file.read(json.dumps(tree).encode())

    assert workshop_file.write(exporting.as_file(storing.store(file))) == workshop_file.write(file)


def test_the_export_takes_the_same_number_of_queries_however_much_there_is(workshop):
    def grow():
        add_people(workshop, 9)
        add_items(workshop, 12)
        rate_at_random(workshop)

    assert_same_queries(lambda: exporting.as_file(Workshop.objects.get(pk=workshop.pk)), grow)


def test_the_export_of_every_part_takes_the_same_number_of_queries_when_there_is_twice_of_each(db):
    tree = json.loads(WHOLE.read_bytes())
    twice = json.loads(WHOLE.read_text().replace('"s1"', '"s9"').replace('"s3"', '"s8"'))
    doubled = {
        **tree,
        "statements": [*tree["statements"], *(each for each in twice["statements"] if each["key"] != "s2")],
        "rounds": [*tree["rounds"], *({**each, "key": each["key"] + "x"} for each in tree["rounds"])],
        **{name: tree[name] * 2 for name in ("topics", "glossary", "outcomes")},
        "links": [*tree["links"], *(each for each in twice["links"] if each not in tree["links"])],
    }
    sizes = [storing.store(workshop_file.read(json.dumps(each).encode())).pk for each in (tree, doubled)]
    shown = [sizes[0]]

    assert_same_queries(
        lambda: exporting.as_file(Workshop.objects.get(pk=shown[0])), lambda: shown.__setitem__(0, sizes[1])
    )


def test_many_answers_are_stored_some_at_a_time_and_come_out_in_their_order(db, monkeypatch):
    monkeypatch.setattr(storing_rounds, "RATINGS_AT_A_TIME", 3)
    said = workshop_file.read(WHOLE.read_bytes())
    ratings = [
        {"person": person.key, "item": item.key, "answer": "asked"} for item in said.items for person in said.people
    ]
    tree = json.loads(WHOLE.read_bytes())
    tree["rounds"] = [{"key": "r1", "kind": "rate", "ratings": ratings}]
    told = []

    workshop = storing.store(workshop_file.read(json.dumps({**tree, "outcomes": []}).encode()), on_progress=told.append)

    assert [f"{n} of 12 answers" for n in (3, 6, 9)] == told[-3:]
    stored = exporting.as_file(workshop).rounds[0].ratings
    assert [(each.person, each.item) for each in stored] == [(each["person"], each["item"]) for each in ratings]


def test_a_ratings_csv_comes_out_as_it_went_in(db, tmp_path):
    path = tmp_path / "Paying on time.csv"
    path.write_bytes(TABLE.encode())

    call_command("import_workshop", path, verbosity=0)

    workshop = Workshop.objects.get()
    assert (workshop.title, workshop.team.name) == ("Paying on time", "Paying on time")
    assert (workshop.stage, workshop.candour, workshop.is_revealed) == ("closed", "open", True)
    assert list(workshop.jobs.values_list("kind", "state")) == [("analysis", "waiting")]
    assert exported(tmp_path, workshop, ratings=True).decode() == TABLE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_ratings_of_a_workshop_come_out_as_they_stand_in_its_file(db, tmp_path, path):
    said = workshop_file.read(path.read_bytes())

    call_command("import_workshop", path, verbosity=0)

    first_closed = next(each for each in said.rounds if each.kind == "rate" and each.closed)
    assert exported(tmp_path, Workshop.objects.get(), ratings=True) == ratings_csv.write(said, first_closed)
