"""The operator's pages show nobody's answer before its reveal, and none at all where answers carry no names."""

import pytest
from django.apps import apps
from django.utils import timezone

from tests.workshops.filled import fill_server, filled_workshop, said, text_fields
from tests.workshops.operators import NO_ROW, TABLES, every_page, list_of, operator, row_in
from tests.workshops.test_erasing import closed
from workshops.erasing import erasing
from workshops.models import (
    Erasure,
    Finding,
    Item,
    Judgement,
    Link,
    Merge,
    Rating,
    Readiness,
    Restatement,
    Statement,
    Workshop,
)

MODELS = list(apps.get_app_config("workshops").get_models())
WORDS = {f"{m._meta.model_name}.{f.name}": said(m, f.name) for m in MODELS for f in text_fields(m)}
# Vocabulary of the program, and what no row of a workshop holds.
NOT_WRITTEN = {
    "finding.dimension",
    "finding.grouping",
    "round.common",  # keys of items
    "workshop.language",
    "workshop.sample",
    "workshop.time_zone",
    "workshop.join_code",
    "erasure.sample",
}
ALWAYS = {
    "user.name",
    "user.email",
    "team.name",
    "role.name",
    "segment.name",
    "workshop.title",
    "workshop.question",
    "workshop.strategy",
    "participant.name",
    "round.key",
    "job.error",
    "job.step_name",
    "analysis.digest",
    "analysis.engine",
}
WHEN_NAMES_SHOW = {
    "statement.label",
    "statement.meaning",
    "statement.example",
    "item.title",
    "restatement.outcome",
    "restatement.action",
    "restatement.tradeoff",
    "finding.kind",
    "finding.variant",
    "finding.groups",
    "finding.people",
    "finding.numbers",
}
ANSWERS = ("statement", "link", "rating", "restatement", "finding")
HIDDEN = [("open", False), ("roles", False), ("roles", True), ("team", False), ("team", True)]
WORDS["user.email"] = f"{WORDS['user.name']}@"


@pytest.fixture
def otto(client, db):
    """The operator, signed in."""
    client.force_login(operator())


def workshop_in(candour, *, revealed):
    """A filled workshop with its rounds closed."""
    made = filled_workshop(candour=candour, k=5)
    made.rounds.update(closed_at=timezone.now())
    return closed(made) if revealed else made


def fields_on(client, workshop):
    """The fields whose words appear on any of the operator's pages."""
    text = "".join(client.get(page, follow=True).content.decode() for page in every_page(workshop))
    return {field for field, word in WORDS.items() if word in text}


def counts(client, **asked):
    """How many rows the list of each kind of answer tells of."""
    return {table: client.get(list_of(table), asked).context["cl"].result_count for table in ANSWERS}


def test_every_text_of_every_table_is_one_that_would_be_noticed(otto):
    filled_workshop()
    fill_server()

    stored = {
        f"{model._meta.model_name}.{field.name}"
        for model in MODELS
        for field in text_fields(model)
        for value in model.objects.values_list(field.name, flat=True)
        if WORDS[f"{model._meta.model_name}.{field.name}"] in str(value)
    }

    assert set(WORDS) - stored == NOT_WRITTEN


@pytest.mark.parametrize("candour, revealed", HIDDEN)
def test_no_page_shows_an_answer(client, otto, candour, revealed):
    workshop = workshop_in(candour, revealed=revealed)

    assert fields_on(client, workshop) == ALWAYS
    assert counts(client) == dict.fromkeys(ANSWERS, 0)


def test_where_everybody_reads_answers_with_names_the_operator_does_too(client, otto):
    workshop = workshop_in("open", revealed=True)

    assert fields_on(client, workshop) == ALWAYS | WHEN_NAMES_SHOW
    assert counts(client) == {"statement": 2, "link": 2, "rating": 1, "restatement": 1, "finding": 1}


def test_one_revealed_item_does_not_open_the_rest(client, otto):
    workshop = workshop_in("open", revealed=False)
    workshop.items.update(revealed_at=timezone.now())

    assert fields_on(client, workshop) == ALWAYS


def test_a_round_that_is_still_open_stays_blind_after_the_reveal(client, otto):
    workshop = filled_workshop()
    Workshop.objects.filter(pk=workshop.pk).update(revealed_at=timezone.now())

    shown = counts(client)

    assert (shown["rating"], shown["restatement"]) == (0, 0)
    assert not {"restatement.outcome", "restatement.action"} & fields_on(client, workshop)


def test_drafts_stay_their_author_s_also_where_links_lead_to_them(client, otto):
    workshop = workshop_in("open", revealed=True)
    Statement.objects.update(draft=True)

    shown = counts(client)

    assert (shown["statement"], shown["link"]) == (0, 1)
    assert not {"statement.label", "statement.meaning", "statement.example"} & fields_on(client, workshop)


def test_what_was_open_is_gone_once_candour_is_tightened(client, otto):
    workshop = workshop_in("open", revealed=True)
    Workshop.objects.update(candour="roles")

    assert fields_on(client, workshop) == ALWAYS


@pytest.mark.parametrize("candour, revealed", HIDDEN)
def test_an_answer_that_is_hidden_looks_like_one_that_is_not_there(client, otto, candour, revealed):
    workshop = workshop_in(candour, revealed=revealed)

    for table in ANSWERS:
        row = row_in(table, workshop)
        hidden, missing = (client.get(f"{list_of(table)}{pk}/change/", follow=True) for pk in (row, NO_ROW))
        assert hidden.redirect_chain == missing.redirect_chain == [("/admin/", 302)]
        assert f"“{row}”" in hidden.content.decode()
        assert f"“{NO_ROW}”" in missing.content.decode()


@pytest.mark.parametrize("candour, revealed", HIDDEN)
def test_a_search_finds_nothing_in_answers_that_are_hidden(client, otto, candour, revealed):
    workshop_in(candour, revealed=revealed)

    for word in ("zq", said(Statement, "label"), said(Item, "title"), said(Finding, "kind"), "5", "goal"):
        assert counts(client, q=word) == dict.fromkeys(ANSWERS, 0), word


def test_a_search_in_other_tables_does_not_reach_answers(client, otto):
    workshop_in("open", revealed=False)
    answers = [WORDS[field] for field in ("statement.label", "item.title", "restatement.outcome", "readiness.strategy")]

    for table in set(TABLES) - set(ANSWERS):
        found = [client.get(list_of(table), {"q": word}).context["cl"].result_count for word in answers]
        assert found == [0, 0, 0, 0], table


@pytest.mark.parametrize(
    "table, question",
    [
        ("participant", "ratings__isnull=False"),
        ("participant", "statements__isnull=False"),
        ("participant", "restatements__isnull=True"),
        ("participant", "readiness__isnull=False"),
        ("participant", "readiness__vision=4"),
        ("participant", "ratings__importance__gt=3"),
        ("participant", "ratings=1"),
        ("user", "participations__ratings__importance=5"),
        ("user", "last_login__gt=2026-01-01"),
        ("workshop", "items__title__startswith=z"),
        ("workshop", "current_analysis__figures__zq__startswith=z"),
        ("round", "ratings__answer=rated"),
        ("round", "closed_at__gt=2026-01-01"),
        ("analysis", "figures__zq__startswith=z"),
        ("analysis", "findings__kind=split"),
        ("finding", "analysis__workshop__title__startswith=z"),
        ("rating", "importance__gt=3"),
        ("rating", "participant__readiness__vision=4"),
        ("statement", "participant__readiness__strategy__startswith=z"),
    ],
)
def test_no_filter_asks_for_more_than_the_page_offers(client, otto, table, question):
    workshop_in("open", revealed=True)

    assert client.get(f"{list_of(table)}?{question}").status_code == 400


@pytest.mark.parametrize(
    "table, question",
    [("user", "is_active__exact=1"), ("workshop", "stage__exact=setup"), ("job", "state__exact=failed")],
)
def test_the_filters_that_a_page_offers_work(client, otto, table, question):
    workshop_in("team", revealed=False)

    response = client.get(f"{list_of(table)}?{question}")

    assert response.context["cl"].result_count >= 1


def test_readiness_and_who_judged_whom_have_no_page(client, otto):
    for table in ("readiness", "judgement", "item", "merge", "topic", "outcome", "glossaryentry", "erasure"):
        assert table not in TABLES
        assert client.get(list_of(table)).status_code == 404


def test_who_answered_is_not_told_by_any_list(client, otto):
    workshop_in("roles", revealed=False)
    lists = [list_of(table) for table in ("participant", "user", "membership", "workshop")]
    after_answers = [page_without_token(client, page) for page in lists]

    with erasing(Erasure.Kind.WORKSHOP):
        for model in (Link, Merge, Statement, Readiness, Judgement, Restatement, Rating):
            model.objects.all().delete()

    assert [page_without_token(client, page) for page in lists] == after_answers


def page_without_token(client, page):
    """The page without the line that differs at every request."""
    lines = client.get(page).content.decode().splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]
