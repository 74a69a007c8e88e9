"""What the workers find in texts, with the real model, and how the board shows it to facilitators."""

import pytest

from tests.queries import assert_same_queries
from tests.workshops.consolidated import Table, gathered
from tests.workshops.facilitating import words
from tests.workshops.writers import join, open_workshop, write
from workshops import meaning
from workshops.models import Merge, Statement, StatementVector, SuggestedMerges, Workshop

ALIKE = {
    "mia": [("Get paid on time", "The client pays by the date on the invoice")],
    "tom": [("Receive the money by the due date", "Invoices are paid when they are due")],
    "eva": [("Sleep well", "No work at night")],
}
CONTRARY = {
    "mia": [("Send more invoices during a job", "So that money comes in before the end")],
    "tom": [("Send fewer invoices during a job", "So that the client is not asked every week")],
}


@pytest.fixture
def table(client, team):
    return at_board(client, team, ALIKE)


def at_board(client, team, said):
    """Ana at the board of what these people wrote, after a worker has read it."""
    workshop = gathered(team, **said)
    meaning.refresh(workshop.pk)
    client.force_login(workshop.team.memberships.get(user__name="Ana").user)
    return Table(client, workshop)


def page(table):
    return words(table.client.get(table.address))


def test_statements_about_the_same_in_other_words_are_suggested_with_both_texts(table):
    told = page(table)

    assert "1 pair that may mean the same" in told
    assert "Possibly the same (likeness ." in told
    assert "The client pays by the date on the invoice" in told
    assert "Invoices are paid when they are due" in told


def test_pairs_that_say_the_contrary_are_shown_and_never_offered_to_be_put_together(client, team):
    table = at_board(client, team, CONTRARY)

    told = page(table)

    assert "Possibly opposite: “more” and “fewer”" in told or "Possibly opposite: “fewer” and “more”" in told
    assert "put together:" not in told
    assert "Keep them apart" in told


def test_a_suggestion_that_was_refused_is_not_made_again_and_the_hits_are_counted(table):
    one, other = table.workshop.statements.exclude(label="Sleep well")
    known = table.known("Get paid on time", "Receive the money by the due date")

    table.post("suggestions/", one=one.public_id, other=other.public_id, item=known, answer=Merge.Answer.REJECTED)

    told = page(table)
    assert "Possibly the same" not in told
    assert not table.workshop.merges.filter(answer="accepted").exists()


def test_two_statements_of_one_author_are_suggested_too_as_leaving_them_out_would_tell(client, team):
    table = at_board(client, team, {"mia": [ALIKE["mia"][0], ALIKE["tom"][0]], "eva": ALIKE["eva"]})

    assert "1 pair that may mean the same" in page(table)


def test_in_a_language_that_the_model_does_not_read_only_words_are_compared(client, team):
    workshop = gathered(team, **ALIKE)
    Workshop.objects.filter(pk=workshop.pk).update(language="de")

    meaning.refresh(workshop.pk)

    assert not StatementVector.objects.exists()
    assert not SuggestedMerges.objects.exists()


def test_without_a_model_only_words_are_compared_and_the_page_says_so(client, team, monkeypatch):
    monkeypatch.setattr(meaning, "model", lambda: None)

    table = at_board(client, team, {"mia": [("Get paid", "Cash")], "tom": [("Get paid", "On the account")]})

    assert "1 pair in nearly the same words" in page(table)
    assert "Only the labels are compared" in page(table)


def test_a_text_is_read_once_and_again_only_when_it_changes(team, monkeypatch):
    read = []
    encoder = meaning.model()

    class Counting:
        def encode(self, texts):
            read.extend(texts)
            return encoder.encode(texts)

    monkeypatch.setattr(meaning, "model", Counting)
    workshop = open_workshop(team)
    mia, tom = join(workshop, "Mia"), join(workshop, "Tom")
    statement = write(mia, "Get paid", draft=False)
    write(tom, "Get paid", draft=False)
    write(tom, "A draft")

    meaning.refresh(workshop.pk)
    meaning.refresh(workshop.pk)
    Statement.objects.filter(pk=statement.pk).update(label="Get paid late", version=statement.version + 1)
    meaning.refresh(workshop.pk)

    assert read == ["Get paid", "Get paid late"]
    assert StatementVector.objects.count() == 2


def test_the_same_text_has_the_same_bytes_alone_and_among_others(team):
    workshop = open_workshop(team)
    mia = join(workshop, "Mia")
    write(mia, "Get paid", draft=False)
    meaning.refresh(workshop.pk)
    [alone] = StatementVector.objects.values_list("values", flat=True)
    for n in range(9):
        write(mia, f"Something else {n}", draft=False)
    StatementVector.objects.all().delete()

    meaning.refresh(workshop.pk)

    assert bytes(StatementVector.objects.get(statement__label="Get paid").values) == bytes(alone)


def test_the_workers_are_asked_where_texts_wait_and_nowhere_else(team):
    workshop = open_workshop(team)
    write(join(workshop, "Mia"), "Get paid", draft=False)
    german = open_workshop(team)
    Workshop.objects.filter(pk=german.pk).update(language="de")
    write(join(german, "Max"), "Geld", draft=False)
    asked = []

    meaning.sweep(asked.append)
    meaning.refresh(workshop.pk)
    meaning.sweep(asked.append)

    assert asked == [workshop.pk]


def test_a_vector_goes_with_its_statement(team):
    workshop = open_workshop(team)
    statement = write(join(workshop, "Mia"), "Get paid", draft=False)
    meaning.refresh(workshop.pk)

    Statement.objects.filter(pk=statement.pk).delete()

    assert not StatementVector.objects.exists()


def test_no_word_of_anybody_is_logged_or_stored_beside_the_statement(team, caplog):
    caplog.set_level("DEBUG")
    workshop = gathered(team, **ALIKE)

    meaning.refresh(workshop.pk)

    stored = str(SuggestedMerges.objects.values().get())
    for text in ("Get paid", "due date", "Mia", "Tom"):
        assert text not in caplog.text
        assert text not in stored


def test_queries_of_the_board_do_not_depend_on_how_much_is_suggested(client, team):
    table = at_board(client, team, ALIKE | {"max": [(f"Get paid on time {n}", "") for n in range(3)]})

    def grow():
        for n in range(20):
            write(
                join(table.workshop, f"P{n}"),
                f"Get paid by the due date {n}",
                draft=False,
                item=table.item("Sleep well"),
            )
        meaning.refresh(table.workshop.pk)

    assert_same_queries(lambda: table.client.get(table.address), grow)
