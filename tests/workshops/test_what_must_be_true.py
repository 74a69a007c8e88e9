"""What the database refuses to keep, whoever writes it: wrong values, doubled rows, other teams' rows."""

import pytest
from django.apps import apps
from django.db import connection

from tests.people import account
from tests.workshops.breaking import add_copy, refused, row_of, write
from tests.workshops.filled import filled_workshop
from workshops.models import (
    Analysis,
    AuditEntry,
    Edit,
    Erasure,
    Finding,
    Item,
    Job,
    Judgement,
    Letter,
    Link,
    Membership,
    Merge,
    Outcome,
    Pace,
    Participant,
    Rating,
    Readiness,
    Restatement,
    Role,
    Round,
    RoundItem,
    RoundPerson,
    Segment,
    Sitting,
    Statement,
    Team,
    Topic,
    User,
    WorkerPulse,
    Workshop,
)
from workshops.models.team_row import TeamRow

# Accounts belong to no team, nor does what is true of the whole server.
TEAMLESS = {
    "Bucket",
    "Letter",
    "Pace",
    "User",
    "User_groups",
    "User_user_permissions",
    "WorkerPulse",
    "Erasure",
    "Team",
}
MODELS = list(apps.get_app_config("workshops").get_models(include_auto_created=True))
OF_A_TEAM = [model for model in MODELS if model.__name__ not in TEAMLESS]
HOMES = ("workshop", "round", "analysis", "participant", "statement")  # the first of these that a row has is its parent
POINTERS = [
    (model, field)
    for model in OF_A_TEAM
    for field in model._meta.concrete_fields
    if field.is_relation and field.name not in ("team", "user")
]

# constraint: model, values that break it, and the reason where a stricter rule speaks first
CHECKS = {
    "erasure_kind_known": (Erasure, {"kind": "thought"}),
    "finding_grouping_known": (Finding, {"grouping": "age"}),
    "finding_severity_0_to_1": (Finding, {"severity": 1.01}),
    "finding_tier_known": (Finding, {"tier": "sure"}),
    "item_has_a_title": (Item, {"title": ""}),
    "item_kind_known": (Item, {"kind": "wish"}),
    "job_state_known": (Job, {"state": "lost"}),
    "judgement_0_to_2": (Judgement, {"same": 3}),
    "link_from_one_thing": (Link, {"from_item": None}),
    "link_kind_known": (Link, {"kind": "likes"}),
    "link_to_one_thing": (Link, {"to_item": None}),
    "member_access_known": (Membership, {"access": "guest"}),
    "merge_answer_known": (Merge, {"answer": "maybe"}),
    "outcome_verdict_known": (Outcome, {"verdict": "won"}),
    "letter_to_one_person": (Letter, {"participant": None}),
    "pace_up_to_an_hour": (Pace, {"part": "goals", "seconds": 3601}),
    "participant_has_a_name": (Participant, {"name": ""}),
    "participant_has_a_role": (Participant, {"role": None}),
    "participant_standing_known": (Participant, {"standing": "queue"}),
    "rating_answer_known": (Rating, {"answer": "skipped", "importance": None}),
    "rating_evidence": (Rating, {"evidence": 10}, "off the scale"),
    "rating_expected": (Rating, {"expected": 0}),
    "rating_fist_0_to_5": (Rating, {"fist": 6}),
    "rating_importance_of_a_rated_item": (Rating, {"answer": "unknown"}),
    "rating_same_meaning": (Rating, {"same_meaning": 10}, "off the scale"),
    "rating_satisfaction": (Rating, {"satisfaction": 0}),
    "readiness_decides_1_to_5": (Readiness, {"decides": 6}),
    "readiness_help_1_to_5": (Readiness, {"help": 0}),
    "readiness_vision_1_to_5": (Readiness, {"vision": 6}),
    "readiness_voice_1_to_5": (Readiness, {"voice": 0}),
    "role_has_a_name": (Role, {"name": ""}),
    "role_lens_known": (Role, {"lens": "wide"}),
    "round_kind_known": (Round, {"kind": "guess"}),
    "round_scales_2_to_10": (Round, {"importance_levels": 1}),
    "segment_has_a_name": (Segment, {"name": ""}),
    "statement_evidence_0_to_3": (Statement, {"evidence": 4}),
    "statement_kind_known": (Statement, {"kind": "wish"}),
    "team_has_a_name": (Team, {"name": ""}),
    "topic_minutes": (Topic, {"minutes": 0}),
    "worker_pulse_is_one_row": (WorkerPulse, {"id": 2, "beat_at": "2026-01-01T00:00Z"}),
    "workshop_has_a_title": (Workshop, {"title": ""}),
    "workshop_k_fits_candour": (Workshop, {"candour": "team", "k": 4}),
    "workshop_stage_known": (Workshop, {"stage": "won"}),
}
NEW_WAYS_IN = {"join_code": "ABCDEFGH", "join_token": "another"}
# constraint: model, what a second row may have of its own
ONCE = {
    "analysis_once_per_input": (Analysis, {}),
    "edit_number_once": (Edit, {}),
    "finding_position_once": (Finding, {}),
    "item_key_once": (Item, {}),
    "job_waits_once_per_kind": (Job, {}),
    "judgement_once": (Judgement, {}),
    "member_once_in_team": (Membership, {}),
    "participant_key_once": (Participant, {"user": None, "email": ""}),
    "participant_once_per_account": (Participant, {"key": "another", "email": ""}),
    "participant_once_per_address": (Participant, {"key": "another", "user": None}),
    "rating_once_per_round": (Rating, {}),
    "restatement_once_per_round": (Restatement, {}),
    "role_key_once_in_team": (Role, {}),
    "round_asks_item_once": (RoundItem, {}),
    "round_asks_person_once": (RoundPerson, {}),
    "round_key_once": (Round, {"position": 7}),
    "round_position_once": (Round, {"key": "another"}),
    "segment_once_in_team": (Segment, {}),
    "sitting_once_per_round": (Sitting, {}),
    "statement_key_once": (Statement, {}),
    "workshops_readiness_participant_id_key": (Readiness, {}),
    "workshop_once_per_sample": (Workshop, {"current_analysis": None, **NEW_WAYS_IN}),
}
TRIED_ON_THEIR_OWN = {
    "item_not_its_own_parent",
    "letter_waits_once_per_member",
    "letter_waits_once_per_participant",
    "user_email_once",
}


@pytest.fixture
def filled(db):
    """A workshop with a row in every table, all its rounds open."""
    return filled_workshop()


def test_every_constraint_is_tried():
    declared = {constraint.name for model in MODELS for constraint in model._meta.constraints}

    assert declared - set(CHECKS) - set(ONCE) == TRIED_ON_THEIR_OWN


@pytest.mark.parametrize("model", MODELS)
def test_every_row_says_of_which_team_it_is(db, model):
    with connection.cursor() as cursor:
        columns = {
            column.name: column
            for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
        }

    assert ("team_id" in columns) == (model.__name__ not in TEAMLESS)
    assert "team_id" not in columns or not columns["team_id"].null_ok


@pytest.mark.parametrize("model", OF_A_TEAM)
def test_a_filled_workshop_has_a_row_of_every_kind(filled, model):
    assert row_of(model, filled).team_id == filled.team_id


@pytest.mark.parametrize("model", [model for model in OF_A_TEAM if issubclass(model, TeamRow)])
def test_the_team_is_the_parent_s_whatever_is_written(filled, model):
    another = Team.objects.create(name="Another")
    row = row_of(model, filled)

    if model in (Analysis, AuditEntry, Finding):
        refused("never changes", write, row, team_id=another.pk)
    else:
        write(row, team_id=another.pk)

    assert model.objects.get(pk=row.pk).team_id == filled.team_id


@pytest.mark.parametrize("model", [model for model in OF_A_TEAM if not issubclass(model, TeamRow)])
def test_what_a_team_owns_never_moves_to_another_team(filled, model):
    another = Team.objects.create(name="Another")

    refused("it stays where it was made", write, row_of(model, filled), team_id=another.pk)


@pytest.mark.parametrize("model, field", POINTERS)
def test_a_row_never_comes_to_point_into_another_workshop_or_team(filled, model, field):
    theirs = row_of(field.related_model, filled_workshop())

    reason = "points into another workshop|of another team|it stays where it was made|never changes"
    refused(reason, write, row_of(model, filled), **{field.column: theirs.pk})


@pytest.mark.parametrize(
    "model, field",
    [
        (model, field)
        for model, field in POINTERS
        if field.name != next((home for home in HOMES if home in {f.name for f in model._meta.fields}), None)
    ],
)
def test_a_row_is_never_made_pointing_into_another_workshop_or_team(filled, model, field):
    theirs = row_of(field.related_model, filled_workshop())

    refused(
        "points into another workshop|of another team", add_copy, row_of(model, filled), **{field.attname: theirs.pk}
    )


def test_a_second_workshop_of_the_team_is_another_workshop_too(filled):
    second = add_copy(filled, current_analysis=None, **NEW_WAYS_IN)
    item = Item.objects.create(workshop=second, key="i", kind="goal", title="Get paid", position=0)

    refused("rating.item_id points into another workshop", write, row_of(Rating, filled), item_id=item.pk)


@pytest.mark.parametrize("constraint", CHECKS)
def test_a_wrong_value_is_refused(filled, constraint):
    model, values, *reason = CHECKS[constraint]
    row = row_of(model, filled) if model in OF_A_TEAM else model()

    refused(*(reason or [constraint]), add_copy, row, **values)


@pytest.mark.parametrize("candour, k", [("open", 2), ("roles", 2), ("team", 4), ("names", 5)])
def test_k_is_at_least_what_the_candour_mode_promises(filled, candour, k):
    refused("workshop_k_fits_candour", add_copy, filled, candour=candour, k=k)


@pytest.mark.parametrize("constraint", ONCE)
def test_a_doubled_row_is_refused(filled, constraint):
    model, own = ONCE[constraint]
    row = row_of(model, filled)
    if model is Job:
        write(row, state="waiting")
    elif model is Workshop:
        write(row, sample="napire")

    refused(constraint, add_copy, row, **own)


@pytest.mark.parametrize("end", ["from", "to"])
def test_the_end_of_a_link_is_not_two_things(filled, end):
    statement = row_of(Statement, filled)

    refused(f"link_{end}_one_thing", write, row_of(Link, filled), **{f"{end}_statement_id": statement.pk})


def test_an_item_is_not_its_own_parent(filled):
    item = row_of(Item, filled)

    refused("item_not_its_own_parent", write, item, parent_id=item.pk)


def test_an_address_has_one_account_however_it_is_written(db):
    account("Ana")

    refused("user_email_once", User.objects.create, email="ANA@Example.com")


def test_a_role_is_of_the_participant_s_team_also_where_two_teams_share_a_name(filled):
    theirs = filled_workshop().team.roles.get()

    refused("role_id is a role of another team", write, row_of(Participant, filled), role_id=theirs.pk)


def test_a_letter_that_waits_is_not_asked_for_twice(filled):
    to_participant = {"kind": "reminder", "participant": row_of(Participant, filled)}
    to_member = {"kind": "membership", "membership": row_of(Membership, filled)}

    for end in (to_participant, to_member):
        Letter.objects.create(**end)
        refused("letter_waits_once_per", Letter.objects.create, **end)


def test_a_role_is_fixed_once_a_rating_without_names_has_closed(filled):
    other = filled.team.roles.create(key="other", name="Other")
    write(filled, candour="roles")
    write(filled.rounds.get(kind="rate"), closed_at="2026-01-01T00:00Z")

    refused("fixed once a rating has closed", write, row_of(Participant, filled), role_id=other.pk)


def test_no_rule_stands_in_the_way_of_emptying_the_tables(filled):
    filled.rounds.update(closed_at="2026-01-01T00:00Z")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE workshops_team CASCADE")

    assert {model.__name__ for model in OF_A_TEAM if model.objects.exists()} == set()
