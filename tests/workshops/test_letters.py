"""Mail: written and sent by the workers, with links that exist nowhere else."""

import datetime as dt
import logging
import re
import smtplib
import time

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from tests.people import account
from workshops import letters
from workshops.models import AuditEntry, Letter, Membership, Participant, PersonalLink, Workshop
from workshops.models.letter import MOST_ATTEMPTS
from workshops.models.public_id import hash_of


@pytest.fixture
def mia(workshop):
    """A participant with an address."""
    person = workshop.participants.first()
    Participant.objects.filter(pk=person.pk).update(name="Mia", email="mia@example.com")
    person.refresh_from_db()
    return person


@pytest.fixture
def broken(monkeypatch):
    """Makes the mail server answer with an error from now on, or work again with None."""
    answers = [None]

    def send(self, messages):
        if answers[-1]:
            raise answers[-1]
        return sent(self, messages)

    sent = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return answers.append


def token_in(message):
    """The token of the personal link in a mail."""
    return re.search(r"http://127.0.0.1:8000/in/([\w-]{43})/\n", message.body)[1]


def living(person):
    """The hashes of the links that still work."""
    return set(person.personal_links.filter(revoked_at__isnull=True).values_list("token_hash", flat=True))


def state_of(letter):
    letter.refresh_from_db()
    return letter.state


def test_an_invitation_says_what_it_is_about_and_brings_a_personal_link(mia, workshop):
    AuditEntry.objects.create(workshop=workshop, action="invited", actor="Ana")
    Workshop.objects.update(
        stage="write", deadline=dt.datetime(2027, 1, 8, 16, 30, tzinfo=dt.UTC), time_zone="Europe/Berlin"
    )
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)

    letters.deliver(letter.pk)

    [message] = mail.outbox
    assert message.to == ["mia@example.com"]
    assert message.subject == "Your view is asked for: Getting paid"
    for words in (
        "Hello Mia,",
        "Ana invites you to “Getting paid”.",
        "Why do builders get paid late?",
        "It takes about 10 minutes",
        "Please write until Friday, 8 January 2027, 17:30 (Europe/Berlin).",
        "Until this stage closes, nobody can see what you write, not even the facilitator.",
        "After the reveal, everybody who takes part, and the facilitator, sees who answered what, by name.",
    ):
        assert words in message.body
    assert living(mia) == {hash_of(token_in(message))}
    assert state_of(letter) == "sent"


def test_asking_twice_while_one_waits_is_one_letter(mia):
    first = letters.ask(Letter.Kind.LINK, participant=mia)
    second = letters.ask(Letter.Kind.LINK, participant=mia)
    letters.ask_all(Letter.Kind.LINK, [mia])

    assert first == second
    assert mia.letters.count() == 1


def test_a_message_that_comes_three_times_sends_one_mail(mia):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)

    for _time in range(3):
        letters.deliver(letter.pk)

    assert len(mail.outbox) == 1


def test_a_letter_that_another_worker_has_is_left_to_it(mia):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)
    letter.claim()

    letters.deliver(letter.pk)

    assert mail.outbox == []


def test_a_letter_whose_worker_died_is_sent_by_the_next(mia):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)
    letter.claim()
    Letter.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))

    letters.deliver(letter.pk)

    assert len(mail.outbox) == 1


def test_a_reminder_and_a_second_invitation_leave_the_earlier_link_alone(mia):
    own = mia.new_link()

    for kind in (Letter.Kind.REMINDER, Letter.Kind.INVITATION):
        letters.deliver(letters.ask(kind, participant=mia).pk)

    assert living(mia) == {hash_of(own), *(hash_of(token_in(message)) for message in mail.outbox)}


def test_a_new_link_ends_earlier_ones_when_it_is_sent_and_not_before(mia, broken):
    own = mia.new_link()
    letter = letters.ask(Letter.Kind.LINK, participant=mia)
    broken(ConnectionRefusedError())
    letters.deliver(letter.pk)
    before = living(mia)
    broken(None)

    letters.deliver(letter.pk)

    assert before == {hash_of(own)}
    assert living(mia) == {hash_of(token_in(mail.outbox[0]))}


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected("gone"), ValueError("mia@example.com")]
)
def test_a_mail_that_could_not_be_sent_is_tried_again_later_and_its_link_is_revoked(mia, broken, error):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)
    broken(error)

    letters.deliver(letter.pk)

    assert state_of(letter) == "waiting"
    assert letter.send_again_at > timezone.now() + dt.timedelta(seconds=15)
    assert "mia@" not in letter.error
    assert living(mia) == set()
    assert PersonalLink.objects.count() == 1


def test_a_mail_server_that_is_away_for_an_hour_loses_no_letter(mia, broken):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)
    broken(ConnectionRefusedError())
    waited = dt.timedelta()
    while waited < dt.timedelta(hours=1):
        asked_at = timezone.now()
        letters.deliver(letter.pk)
        letter.refresh_from_db()
        waited += letter.send_again_at - asked_at
    broken(None)

    letters.deliver(letter.pk)

    assert state_of(letter) == "sent"
    assert len(mail.outbox) == 1


def test_a_letter_is_given_up_after_enough_attempts(mia, broken):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)
    broken(ConnectionRefusedError())

    for _time in range(MOST_ATTEMPTS):
        letters.deliver(letter.pk)

    assert state_of(letter) == "failed"
    assert letter.error == "The mail server could not be reached or refused the mail."


def test_an_address_that_the_mail_server_refuses_is_not_tried_again(mia, broken):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)
    broken(smtplib.SMTPRecipientsRefused({"mia@example.com": (550, b"no such user")}))

    letters.deliver(letter.pk)

    assert state_of(letter) == "failed"
    assert letter.error == "The mail server takes no mail to this address."


def test_a_letter_that_was_asked_for_again_meanwhile_makes_room_for_the_newer_one(mia, broken):
    letter = letters.ask(Letter.Kind.LINK, participant=mia)
    newer = []

    class AskedForAgain(OSError):
        def __init__(self):
            newer.append(letters.ask(Letter.Kind.LINK, participant=mia))

    letter.claim()
    AskedForAgain()
    letter.note_failure("The mail server is away.")

    assert (state_of(letter), state_of(newer[0])) == ("failed", "waiting")


def test_somebody_without_an_address_is_told_about_at_once(workshop):
    letter = letters.ask(Letter.Kind.INVITATION, participant=workshop.participants.first())

    letters.deliver(letter.pk)

    assert state_of(letter) == "failed"
    assert letter.error == "There is no e-mail address."


def test_nobody_is_reminded_of_what_they_have_done_meanwhile(mia):
    Workshop.objects.update(stage="write")
    letter = letters.ask(Letter.Kind.REMINDER, participant=mia)
    Participant.objects.update(submitted_at=timezone.now())

    letters.deliver(letter.pk)

    assert mail.outbox == []
    assert state_of(letter) == "sent"


def test_neither_database_nor_log_has_the_token_the_text_or_the_address(mia, broken, caplog):
    caplog.set_level(logging.DEBUG)
    sent = letters.ask(Letter.Kind.INVITATION, participant=mia)
    letters.deliver(sent.pk)
    failed = letters.ask(Letter.Kind.REMINDER, participant=mia)
    broken(smtplib.SMTPRecipientsRefused({"mia@example.com": (550, b"no such user: mia@example.com")}))
    letters.deliver(failed.pk)
    token = token_in(mail.outbox[0])

    stored = [str(row) for model in (Letter, PersonalLink) for row in model.objects.values()]

    for text in [*stored, caplog.text]:
        assert token not in text
        assert "mia@example.com" not in text
        assert "Getting paid" not in text


def test_a_new_member_is_told_where_to_sign_in(team, oda):
    membership = team.add_member(account("Mia"), Membership.Access.MEMBER)
    letter = letters.ask(Letter.Kind.MEMBERSHIP, membership=membership)

    letters.deliver(letter.pk)

    [message] = mail.outbox
    assert message.to == ["mia@example.com"]
    assert message.subject == "You are in the team “Invoicing for builders”"
    assert "Oda added you to the team “Invoicing for builders”." in message.body
    assert "Sign in with this address, mia@example.com:\nhttp://127.0.0.1:8000/sign-in/\n" in message.body
    assert "/in/" not in message.body.replace("/sign-in/", "")


def test_a_letter_to_somebody_who_was_removed_is_forgotten(mia):
    letter = letters.ask(Letter.Kind.INVITATION, participant=mia)
    mia.delete()

    letters.deliver(letter.pk)

    assert mail.outbox == []


def test_the_sweeper_hands_over_what_is_due_and_gives_up_what_takes_its_worker_down(mia, monkeypatch):
    handed_over = []
    monkeypatch.setattr(letters, "hand_over", lambda pk: handed_over.append(pk) or True)
    due = letters.ask(Letter.Kind.INVITATION, participant=mia)
    Letter.objects.update(send_again_at=timezone.now())
    later = letters.ask(Letter.Kind.REMINDER, participant=mia)
    deadly = letters.ask(Letter.Kind.LINK, participant=mia)
    silent_since = timezone.now() - dt.timedelta(seconds=1)
    Letter.objects.filter(pk=deadly.pk).update(state="sending", attempts=MOST_ATTEMPTS, lease_until=silent_since)

    letters.sweep()

    assert handed_over == [due.pk]
    assert (state_of(later), state_of(deadly)) == ("waiting", "failed")


def test_a_real_worker_sends_it_from_its_number_alone(workshop, worker):
    person = workshop.participants.first()
    Participant.objects.filter(pk=person.pk).update(email="mia@example.com")

    letter = letters.ask(Letter.Kind.INVITATION, participant=person)  # by on_commit: there is no transaction around

    deadline = timezone.now() + dt.timedelta(seconds=30)
    while state_of(letter) != "sent" and timezone.now() < deadline:
        time.sleep(0.05)
    assert letter.state == "sent"
    assert len(living(person)) == 1
