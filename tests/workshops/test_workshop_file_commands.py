"""The operator's commands import_workshop, export_workshop, import_samples and analyse."""

import json
from pathlib import Path

from django.core.management import call_command

from tests.workshops.small_file import TABLE, refused, small_file
from workshops.models import Membership, Role, Team, Workshop

NAPIRE = Path("samples/napire.json")


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
    assert told[1].startswith("Checked in ")
    assert told[1].endswith(" s: people 1, items 1, answers 1.")
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
