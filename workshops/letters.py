"""Mail to people: asked for in a transaction, written and sent by the workers, sent again until it is gone.

Neither the database nor Redis nor a log holds a text or a personal link: both are made when the letter is sent.
"""

import logging
import smtplib
from functools import partial

from django.core.mail import EmailMessage
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError
from kombu.exceptions import OperationalError as BrokerError
from redis import RedisError

from . import letter_texts, who_is_in
from .models import Letter
from .models.letter import MOST_ATTEMPTS, PAUSE

log = logging.getLogger("parallax.letters")

Kind = Letter.Kind
CARRIES_A_LINK = (Kind.INVITATION, Kind.LINK, Kind.REMINDER)


def ask(kind, *, participant=None, membership=None):
    """Ask for a letter; a request that still waits is not doubled.

    Returns
    -------
    Letter
        The one that waits. It is sent when the transaction commits; if Redis is away, the sweeper sends it later.
    """
    letter, _made = Letter.objects.get_or_create(
        kind=kind,
        participant=participant,
        membership=membership,
        state=Letter.State.WAITING,
        defaults={"send_again_at": timezone.now() + PAUSE},
    )
    transaction.on_commit(partial(_hand_over_all, [letter.pk]), robust=True)
    return letter


def ask_all(kind, participants):
    """Ask for one letter to each of these people, however many they are, with a few queries."""
    again = timezone.now() + PAUSE
    rows = [Letter(kind=kind, participant=person, send_again_at=again) for person in participants]
    Letter.objects.bulk_create(rows, ignore_conflicts=True)
    waiting = Letter.objects.filter(kind=kind, state=Letter.State.WAITING, participant__in=participants)
    transaction.on_commit(partial(_hand_over_all, list(waiting.values_list("pk", flat=True))), robust=True)


def hand_over(letter_id):
    """Give the letter's id to the workers. False when Redis cannot be reached; the sweeper then sends it later."""
    from .tasks import send_letter

    try:
        send_letter.apply_async((letter_id,), retry=False)
    except (BrokerError, KombuError, RedisError, OSError):
        log.warning("Redis is away; letters wait")
        return False
    return True


def _hand_over_all(letter_ids):
    for letter_id in letter_ids:
        if not hand_over(letter_id):
            return


def sweep():
    """Hand over every letter that is due again; stops at the first that Redis cannot take."""
    now = timezone.now()
    for letter in Letter.objects.due(now).filter(attempts__gte=MOST_ATTEMPTS):  # its worker fell silent each time
        letter.note_failure(_("The mail could not be sent."))
    for letter_id in Letter.objects.due(now).values_list("pk", flat=True)[:100]:
        if not hand_over(letter_id):
            return
        Letter.objects.filter(pk=letter_id, state=Letter.State.WAITING).update(send_again_at=now + PAUSE)


def deliver(letter_id):
    """Write the letter and send it, unless that is done, or no longer wanted."""
    people = ("participant__workshop", "participant__user", "membership__team", "membership__user")
    letter = Letter.objects.select_related(*people).filter(pk=letter_id).first()
    if letter is None or not letter.claim():  # gone with whom it was for, sent, or another worker has it
        return
    if is_needless(letter):
        letter.note_sent()
        return
    try:
        _send(letter)
    except DatabaseError:
        raise  # the lease runs out and the sweeper sends it again
    except Exception as error:
        # Its message and its traceback would name the address; its kind is enough.
        log.warning("letter %d was not sent: %s", letter_id, type(error).__name__)
        reason, for_good = _in_words(error)
        letter.note_failure(reason, for_good=for_good)
    else:
        letter.note_sent()


def is_needless(letter):
    """Whether what it is about has been done or ended since it was asked for."""
    if letter.kind not in (Kind.INVITATION, Kind.REMINDER):  # whoever asks for a link wants to look back, too
        return False
    person = letter.participant
    gone = person.workshop.archived_at is not None or not person.is_admitted
    return gone or (letter.kind == Kind.REMINDER and not who_is_in.is_asked(person))


def address_of(participant):
    """Where a participant gets mail, or nothing."""
    return participant.email or (participant.user.email if participant.user else "")


def _send(letter):
    """Send it with a new personal link. A link that did not leave the house is revoked; others stay valid until then,
    and after it unless a new one was what this letter is for."""
    if letter.kind not in CARRIES_A_LINK:
        _post(letter_texts.of_membership(letter.membership), letter.membership.user.email)
        return
    person = letter.participant
    token = person.new_link(revoke=False)
    try:
        _post(letter_texts.of_participant(letter.kind, person, token), address_of(person))
    except BaseException:
        person.end_link(token)
        raise
    if letter.kind == Kind.LINK:
        person.end_links(but=token)


def _post(written, address):
    subject, text = written
    if not address:
        raise NoAddress
    mail = EmailMessage(subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"})
    mail.send()


class NoAddress(Exception):
    """There is nowhere to send it."""


def _in_words(error):
    """What went wrong, for people, and whether trying again is no use. Says nothing that the mail server said."""
    if isinstance(error, NoAddress):
        return _("There is no e-mail address."), True
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        return _("The mail server takes no mail to this address."), all(code >= 500 for code in codes)
    if isinstance(error, smtplib.SMTPException | OSError):
        return _("The mail server could not be reached or refused the mail."), False
    return _("The mail could not be written. The operator finds the kind of error in the log."), False
