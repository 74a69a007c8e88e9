"""The operator's commands import_workshop, export_workshop, import_samples and analyse."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from workshops.management import files
from workshops.models import Item, Job, Membership, Participant, Rating, Role, Round, Segment, Team, Workshop

NAPIRE = Path("samples/napire.json")
TABLE = "person,role,item,kind,importance\nAna,Sales,Get paid,goal,7\nBen,Support,Get paid,goal,2\n"


def small_file(**changes):
    """A small valid workshop file as a dict."""
    return {
        "format": "parallax-workshop/1",
        "team": {"name": "Tiny", "roles": [{"key": "eng", "name": "Engineering", "lens": "build"}]},
        "workshop": {"title": "T", "candour": "open", "stage": "closed", "revealed": True},
        "people": [{"key": "p1", "name": "Ana", "role": "eng"}],
        "items": [{"key": "i1", "kind": "goal", "title": "Get paid"}],
        "rounds": [
            {
                "key": "r1",
                "kind": "rate",
                "closed": True,
                "ratings": [{"person": "p1", "item": "i1", "answer": "rated", "importance": 5}],
            }
        ],
    } | changes


@pytest.fixture
def stored(tmp_path):
    """Writes a dict or a text to a file and gives its path."""

    def write(said, name="workshop.json"):
        path = tmp_path / name
        path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
        return path

    return write


def everything():
    """How many rows of each kind there are."""
    models = (Team, Role, Segment, Workshop, Participant, Item, Round, Rating, Job, Membership)
    return [model.objects.count() for model in models]


def refused(command, *arguments, **options):
    """The message of a command that is refused with exit code 2."""
    with pytest.raises(CommandError) as error:
        call_command(command, *arguments, **options)
    assert error.value.returncode == 2
    return str(error.value)


# -- import ------------------------------------------------------------------------------------------------------------
def test_napire_goes_in_whole_and_its_findings_are_asked_for(transactional_db):
    call_command("import_workshop", NAPIRE)

    workshop = Workshop.objects.get()
    assert workshop.participants.count() == 228
    assert workshop.items.filter(kind="pain").count() == 22
    assert workshop.rounds.get().importance_levels == 3
    assert workshop.is_revealed
    assert list(workshop.jobs.values_list("kind", "state")) == [("analysis", "waiting")]


def test_samples_are_stored_once_and_belong_to_the_local_owner(db):
    call_command("import_samples")
    stored = sorted(Workshop.objects.values_list("sample", flat=True))
    call_command("import_samples")

    assert sorted(Workshop.objects.values_list("sample", flat=True)) == stored
    assert "napire" in stored
    owners = Membership.objects.values_list("user__email", "access").distinct()
    assert list(owners) == [("owner@example.com", "owner")]


def test_a_file_can_go_into_a_team_that_is_there(team, ana, stored):
    call_command("import_workshop", stored(small_file()), team=team.public_id, owner="ana@example.com")

    assert team.workshops.get().title == "T"
    assert team.roles.filter(key="eng").exists()
    assert Team.objects.count() == 1


def test_a_file_can_be_given_to_an_account(oda, stored):
    call_command("import_workshop", stored(small_file()), owner=" ODA@example.com")

    assert Workshop.objects.get().team.memberships.get().user == oda


def test_a_ratings_csv_goes_in_with_a_title_and_the_points_of_its_scale(db, stored):
    call_command("import_workshop", stored(TABLE, "ratings.CSV"), title="Paying on time", levels=7)

    workshop = Workshop.objects.get()
    assert workshop.title == "Paying on time"
    assert list(workshop.participants.order_by("pk").values_list("name", "role__name", "role__lens")) == [
        ("Ana", "Sales", "sell"),
        ("Ben", "Support", "sell"),
    ]
    assert workshop.rounds.values_list("importance_levels", "satisfaction_levels").get() == (7, None)


def test_a_ratings_csv_goes_into_a_team_with_the_roles_it_has(team, stored):
    Role.objects.filter(team=team, key="sales").update(lens="build", name="Field work")

    call_command("import_workshop", stored(TABLE, "r.csv"), levels=7, team=team.public_id)

    roles = team.workshops.get().participants.order_by("pk").values_list("role__key", "role__name", "role__lens")
    assert list(roles) == [("sales", "Field work", "build"), ("support", "Customer support", "sell")]
    assert team.roles.count() == 8


def test_the_import_says_how_far_it_is(db, stored, capsys):
    call_command("import_workshop", path := stored(small_file()))

    told = capsys.readouterr().err.splitlines()
    assert told[0] == f"{path}: 0.0 MB read, being checked …"
    assert told[1].startswith("1 people, 1 items, 1 answers, checked in ")
    assert told[2:-1] == [
        "Storing: 1 people, 1 items …",
        "Storing: 0 statements, 0 links …",
        "Storing: round r1 with 1 answers …",
    ]
    assert told[-1].startswith("Stored in ")


def test_a_quiet_import_says_only_what_it_stored(db, stored, capsys):
    call_command("import_workshop", stored(small_file()), verbosity=0)

    said = capsys.readouterr()
    assert said.err == ""
    assert said.out == f"Stored 'T' for the team 'Tiny': /workshops/{Workshop.objects.get().public_id}/\n"


# -- what is refused ---------------------------------------------------------------------------------------------------
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


# -- export ------------------------------------------------------------------------------------------------------------
def test_a_workshop_is_printed_without_a_file_to_write_to(db, stored, capsys):
    call_command("import_workshop", stored(small_file()), verbosity=0)
    capsys.readouterr()

    call_command("export_workshop", Workshop.objects.get().public_id)

    assert json.loads(capsys.readouterr().out) == small_file()


def test_an_export_of_nothing_or_to_nowhere_is_refused(db, tmp_path, stored):
    call_command("import_workshop", stored(small_file(rounds=[])))
    known = Workshop.objects.get().public_id

    assert refused("export_workshop", "nobody") == "There is no workshop with the id 'nobody'."
    assert refused("export_workshop", known, output=tmp_path) == f"{tmp_path}: cannot be written: Is a directory"
    assert refused("export_workshop", known, ratings=True) == (
        "There are no ratings to write: no rating round is closed yet."
    )


# -- analyse -----------------------------------------------------------------------------------------------------------
def test_analyse_prints_the_published_figures_and_the_same_bytes_twice(capsys):
    call_command("analyse", NAPIRE)
    first = capsys.readouterr().out
    call_command("analyse", NAPIRE)
    second = capsys.readouterr().out

    said = json.loads(first)
    assert first == second
    assert said["alignment"]["all"] == {"value": 0.1509, "low": 0.114, "high": 0.1878, "people": 209, "items": 22}
    assert [found["kind"] for found in said["findings"] if found["kind"] == "role_gap"] == []


def test_analyse_reads_a_ratings_csv(stored, capsys):
    rows = [f"P{person},Sales,Item {item},goal,{1 + 6 * item}\n" for person in range(4) for item in (0, 1)]

    call_command("analyse", stored(TABLE.partition("\n")[0] + "\n" + "".join(rows), "r.csv"), levels=7)

    said = json.loads(capsys.readouterr().out)
    assert said["alignment"]["all"] == {"value": 1.0, "low": 1.0, "high": 1.0, "people": 4, "items": 2}


def test_analyse_refuses_a_file_without_a_closed_round(stored):
    path = stored(small_file(rounds=[]))

    assert refused("analyse", path) == f"{path}: rounds: no rating round is closed yet"
