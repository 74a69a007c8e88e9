import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from workshops.models import Job, Membership, Participant, Rating, Role, Segment, Team, Workshop

NAPIRE = Path("samples/napire.json")


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
    """Writes a dict to a file and gives its path."""

    def write(said):
        path = tmp_path / "workshop.json"
        path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
        return path

    return write


def everything():
    """How many rows of each kind there are."""
    return [model.objects.count() for model in (Team, Role, Segment, Workshop, Participant, Rating, Job)]


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
    call_command("import_samples")

    assert list(Workshop.objects.values_list("sample", flat=True)) == ["napire"]
    membership = Membership.objects.get()
    assert (membership.user.email, membership.access) == ("owner@example.com", "owner")


def test_a_file_can_go_into_a_team_that_is_there(team, ana, stored):
    call_command("import_workshop", stored(small_file()), team=team.public_id, owner="ana@example.com")

    assert team.workshops.get().title == "T"
    assert team.roles.filter(key="eng").exists()
    assert Team.objects.count() == 1


def test_a_role_that_the_team_sees_through_another_lens_is_refused(team, stored):
    Role.objects.create(team=team, key="eng", name="Engineers", lens="sell")
    before = everything()

    with pytest.raises(CommandError, match=r"team\.roles\[0\]\.lens: the team has this role with the lens sell"):
        call_command("import_workshop", stored(small_file()), team=team.public_id)

    assert everything() == before


@pytest.mark.parametrize(
    "said, problem",
    [
        ('{"format": "parallax-workshop/1", "team": {', "is not valid JSON"),
        (
            small_file(rounds=[{"key": "r1", "kind": "rate", "ratings": [
                {"person": "p1", "item": "i1", "answer": "rated", "importance": 7}]}]),
            r"rounds\[0\]\.ratings\[0\]\.importance: must be between 1 and 5 .*7",
        ),
        (small_file(statements=[{"key": "s1", "person": "p1", "kind": "goal", "label": "x"}]),
         "statements: this version of Parallax cannot store it yet"),
    ],
)  # fmt: skip
def test_a_refused_file_says_where_and_why_and_changes_nothing(db, stored, said, problem):
    before = everything()

    with pytest.raises(CommandError, match=problem) as refused:
        call_command("import_workshop", stored(said))

    assert refused.value.returncode == 2
    assert everything() == before


def test_a_file_that_is_not_there_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory") as refused:
        call_command("import_workshop", tmp_path / "none.json")

    assert refused.value.returncode == 2


def test_analyse_prints_the_published_figures_and_the_same_bytes_twice(capsys):
    call_command("analyse", NAPIRE)
    first = capsys.readouterr().out
    call_command("analyse", NAPIRE)
    second = capsys.readouterr().out

    said = json.loads(first)
    assert first == second
    assert said["alignment"]["all"] == {"value": 0.1509, "low": 0.114, "high": 0.1878, "people": 209, "items": 22}
    assert [found["kind"] for found in said["findings"] if found["kind"] == "role_gap"] == []


def test_analyse_refuses_a_file_without_a_closed_round(stored):
    path = stored(small_file(rounds=[]))

    with pytest.raises(CommandError, match="rounds: no rating round is closed yet") as refused:
        call_command("analyse", path)

    assert refused.value.returncode == 2
