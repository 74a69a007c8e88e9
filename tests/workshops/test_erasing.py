import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.people import account, make_workshop, rate_at_random
from tests.workshops.breaking import refused
from tests.workshops.filled import filled_workshop
from workshops import erasing, jobs
from workshops.models import Erasure, Round, Team, User, Workshop

RECORD = "workshops_erasure"


def rows():
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def closed(workshop):
    """The workshop with its rounds closed and everything revealed: as hard to delete as it gets."""
    workshop.rounds.filter(closed_at=None).update(closed_at=timezone.now())
    Workshop.objects.filter(pk=workshop.pk).update(revealed_at=timezone.now())
    workshop.refresh_from_db()
    return workshop


@pytest.fixture
def samples(settings, tmp_path):
    """A folder of samples: those that everybody gets, and one that is only stored by name."""
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "samples"
    folder.mkdir()
    for name in ("invoicing", "napire", "reqt"):
        write_sample(folder / f"{name}.json", name)
    return folder


def write_sample(path, name):
    """A small workshop file with a closed round."""
    rating = {"person": "p1", "item": "i1", "answer": "rated", "importance": 5}
    said = {
        "format": "parallax-workshop/1",
        "team": {"name": name, "roles": [{"key": "eng", "name": "Engineering", "lens": "build"}]},
        "workshop": {"title": f"Sample {name}", "candour": "open", "stage": "closed", "revealed": True},
        "people": [{"key": "p1", "name": "Ana", "role": "eng"}],
        "items": [{"key": "i1", "kind": "goal", "title": "Get paid"}],
        "rounds": [{"key": "r1", "kind": "rate", "closed": True, "ratings": [rating]}],
    }
    path.write_text(json.dumps(said), encoding="utf-8")


def stored():
    """The samples that are there."""
    return sorted(Workshop.objects.exclude(sample="").values_list("sample", flat=True))


# -- workshops and teams -----------------------------------------------------------------------------------------------
def test_erasing_a_workshop_leaves_nothing_of_it_and_everything_of_the_others(db):
    neighbour = closed(filled_workshop())
    before = rows()
    workshop = closed(filled_workshop())
    of_the_team = ("team", "role", "segment", "membership")
    expected = before | {f"workshops_{name}": before[f"workshops_{name}"] + 1 for name in of_the_team}

    erasing.erase_workshop(workshop)

    assert rows() == expected | {RECORD: 1}
    assert Workshop.objects.get() == neighbour
    assert Erasure.objects.values_list("kind", "sample").get() == ("workshop", "")


def test_erasing_a_team_leaves_nothing_but_its_members_accounts(db):
    account("zq-user-name")
    before = rows()
    first = closed(filled_workshop())
    closed(make_workshop(first.team))

    erasing.erase_team(first.team)

    assert rows() == before | {RECORD: 3}
    assert sorted(Erasure.objects.values_list("kind", flat=True)) == ["team", "workshop", "workshop"]
    assert User.objects.get().name == "zq-user-name"


def test_the_permission_to_delete_ends_with_the_erasing_also_within_one_transaction(db):
    first, second = closed(filled_workshop()), closed(filled_workshop())

    with transaction.atomic():
        erasing.erase_workshop(first)

        refused("DELETE of .* is refused", Round.objects.filter(workshop=second).delete)


def test_an_erasing_that_fails_erases_nothing_and_permits_nothing(db):
    workshop = closed(filled_workshop())
    before = rows()

    def fail():
        with erasing.erasing(Erasure.Kind.WORKSHOP):
            workshop.rounds.first().ratings.all().delete()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert rows() == before
    refused("DELETE of .* is refused", workshop.rounds.first().ratings.all().delete)


def test_a_job_whose_workshop_was_erased_does_nothing(workshop):
    rate_at_random(workshop)
    job = jobs.request_analysis(workshop)
    erasing.erase_workshop(workshop)

    jobs.run(job.pk)

    assert not Workshop.objects.exists()


# -- samples -----------------------------------------------------------------------------------------------------------
def test_removing_a_sample_removes_all_that_it_brought(db, samples):
    account("owner")
    before = rows()
    call_command("import_samples", "napire", owner="owner@example.com")

    call_command("remove_sample", "napire")

    assert rows() == before | {RECORD: 2}


def test_a_start_brings_the_two_samples_for_everybody_once(db, samples):
    call_command("import_samples")
    call_command("import_samples")

    assert stored() == ["invoicing", "napire"]


def test_a_start_without_the_file_of_a_sample_brings_the_others(db, samples):
    (samples / "invoicing.json").unlink()

    call_command("import_samples")

    assert stored() == ["napire"]


def test_a_removed_sample_stays_away_until_it_is_named(db, samples):
    call_command("import_samples")
    call_command("remove_sample", "napire")

    call_command("import_samples")
    after_the_next_start = stored()
    call_command("import_samples", "napire")

    assert after_the_next_start == ["invoicing"]
    assert stored() == ["invoicing", "napire"]


def test_other_samples_come_when_they_are_named_and_go_again(db, samples):
    call_command("import_samples", "reqt")
    named = stored()

    call_command("remove_sample", "reqt")

    assert (named, stored()) == (["reqt"], [])


def test_a_sample_that_does_not_exist_is_refused_and_nothing_stored(db, samples):
    (samples.parent / "secret.json").write_text("{}")

    for name in ("nothing", "../secret"):
        with pytest.raises(CommandError, match=r"There is no sample .*; the samples are invoicing, napire, reqt"):
            call_command("import_samples", "napire", name)

    assert stored() == []


@pytest.mark.parametrize("name", ["napire", ""])
def test_a_sample_that_is_not_there_cannot_be_removed(workshop, name):
    with pytest.raises(CommandError, match="There is no sample"):
        call_command("remove_sample", name)

    assert Workshop.objects.get() == workshop


def test_a_team_that_began_its_own_workshop_stays_when_its_sample_goes(db, samples, capsys):
    call_command("import_samples", "napire")
    team = Team.objects.get()
    own = make_workshop(team)

    call_command("remove_sample", "napire")

    assert "its team stays, for it has other workshops" in capsys.readouterr().out
    assert Workshop.objects.get() == own
    assert team.memberships.get().user.email == "owner@example.com"
