"""What import_workshop and analyse refuse: exit code 2, where and why, and nothing is changed."""

import pytest
from django.db import connection

from tests.workshops.small_file import TABLE, everything, refused, small_file
from workshops.management import files
from workshops.models import Role

OFF_SCALE = [{"person": "p1", "item": "i1", "answer": "rated", "importance": 7}]
DANGLING = [{"person": "p9", "item": "i1", "answer": "asked"}]


@pytest.mark.parametrize(
    "said, problem",
    [
        ('{"format": "parallax-workshop/1", "team": {', "(file): is not valid JSON: it breaks off in what starts"),
        (
            small_file(rounds=[{"key": "r1", "kind": "rate", "ratings": OFF_SCALE}]),
            "rounds[0].ratings[0].importance: must be between 1 and 5 on this round’s scale, got 7",
        ),
        (
            small_file(rounds=[{"key": "r1", "kind": "rate", "ratings": DANGLING}]),
            'rounds[0].ratings[0].person: names the person "p9", who is not among the people',
        ),
        (small_file(colour="red"), "colour: is not a key of this format"),
        (small_file() | {"team": {"name": "a\0", "roles": []}}, "team.name: holds a NUL character"),
        (small_file() | {"team": {"name": "\ud800", "roles": []}}, "team.name: holds half of a character"),
        ('{"format": "parallax-workshop/1", "format": "x"}', "format: this key stands here more than once"),
    ],
)
def test_a_refused_file_says_where_and_why_and_changes_nothing(db, stored, said, problem):
    before = everything()

    message = refused("import_workshop", path := stored(said))

    assert message.startswith(f"{path}: {problem}")
    assert everything() == before


@pytest.mark.parametrize(
    "said, problem",
    [
        ("a,b\n1,2\n", "row 1: must name the columns: person, role, item, kind, importance"),
        (TABLE, "row 2, importance: must be between 1 and 5, got 7"),
        (TABLE.replace("Ben", "=cmd|' /C calc'!A0"), "row 3, person: begins like a formula"),
    ],
)
def test_a_refused_csv_says_in_which_row_and_why_and_changes_nothing(db, stored, said, problem):
    before = everything()

    message = refused("import_workshop", path := stored(said, "r.csv"), levels=7 if "cmd" in said else None)

    assert message.startswith(f"{path}: {problem}")
    assert everything() == before


@pytest.mark.parametrize("option", [{"title": "T"}, {"levels": 5}])
def test_what_a_workshop_file_says_itself_cannot_be_said_beside_it(db, stored, option):
    message = refused("import_workshop", path := stored(small_file()), **option)

    assert message == f"{path}: --title and --levels are for a ratings CSV; a workshop file says both itself"


def test_a_role_that_the_team_sees_through_another_lens_is_refused(team, stored):
    Role.objects.create(team=team, key="eng", name="Engineers", lens="sell")
    before = everything()

    message = refused("import_workshop", path := stored(small_file()), team=team.public_id)

    assert message == f"{path}: team.roles[0].lens: the team has this role with the lens sell"
    assert everything() == before


@pytest.mark.parametrize("option", [{"team": "nobody"}, {"owner": "nobody@example.com"}])
def test_a_team_or_an_owner_that_is_not_there_is_refused(db, stored, option):
    before = everything()

    assert "nobody" in refused("import_workshop", stored(small_file()), **option)
    assert everything() == before


@pytest.mark.parametrize("command", ["import_workshop", "analyse"])
def test_a_file_that_is_not_there_or_a_folder_is_refused(db, tmp_path, command):
    missing = tmp_path / "none.json"

    assert refused(command, missing) == f"{missing}: cannot be read: No such file or directory"
    assert refused(command, tmp_path) == f"{tmp_path}: cannot be read: Is a directory"


@pytest.mark.parametrize("command", ["import_workshop", "analyse"])
@pytest.mark.parametrize("name", ["large.json", "large.csv"])
def test_a_file_over_the_cap_is_refused_before_it_is_read(db, tmp_path, monkeypatch, command, name):
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(50_331_649)  # of nothing: it takes no room, and reading would find no JSON
    monkeypatch.setattr(files.workshop_file, "read", None)
    monkeypatch.setattr(files.ratings_csv, "read", None)

    assert refused(command, path) == f"{path}: is too large: 50331649 bytes, at most 50331648 are taken"


@pytest.mark.parametrize("table", ["workshops_rating", "workshops_round", "workshops_outcome"])
def test_nothing_stays_when_the_database_refuses_in_the_middle(transactional_db, table):
    before = everything()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT refusing CHECK (false) NOT VALID")

    try:
        message = refused("import_workshop", "tests/files/whole.json")
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT refusing")

    assert message.startswith("tests/files/whole.json: the database refuses it, and nothing was stored: new row for ")
    assert everything() == before


def test_nothing_stays_when_the_database_refuses_the_owner_at_the_end(transactional_db, oda, stored):
    before = everything()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workshops_membership ADD CONSTRAINT refusing CHECK (false) NOT VALID")

    try:
        message = refused("import_workshop", stored(small_file()), owner="oda@example.com")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE workshops_membership DROP CONSTRAINT refusing")

    assert "the database refuses it" in message
    assert everything() == before
