"""How often somebody may try something. Counted in PostgreSQL, so it holds over all processes and without Redis."""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core import signing
from django.db import transaction

from .models import Bucket

MISSES_A_MINUTE, MISSES_AN_HOUR = 10, 100  # of one address
MISSES_OF_ALL = 300  # a minute; beyond it everybody waits a little before each try
ASKED_AN_HOUR = 5  # letters with a new link, of one address that mail goes to
WAIT = 5  # seconds
TICKET_AGE = 3600


def address_of(request):
    """Whom to count an attempt for: the visitor's address; for IPv6 the /64 that one household or host has for itself.

    Only what `TRUSTED_PROXY_COUNT` proxies added to X-Forwarded-For is believed.
    """
    address = ipaddress.ip_address(get_adapter().get_client_ip(request).split("%")[0])
    if address.version == 6:
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


class TooManyMisses(Exception):
    """This visitor has guessed often enough for now."""


@transaction.atomic
def guess(request, look_up):
    """What `look_up()` finds, or None, which counts as a miss of this visitor; what is found costs nothing.

    Taken before it is known whether the guess is right, and given back then: of guesses sent at the same moment no
    more are answered than of guesses sent one after the other.

    Raises
    ------
    TooManyMisses
    """
    address = address_of(request)
    in_a_minute = Bucket.objects.take("miss a minute", address, most=MISSES_A_MINUTE, seconds=60)
    if not (in_a_minute and Bucket.objects.take("miss an hour", address, most=MISSES_AN_HOUR, seconds=3600)):
        raise TooManyMisses
    found = look_up()
    if found is None:
        Bucket.objects.take("miss", "of all", most=MISSES_OF_ALL, seconds=60)
    else:
        transaction.set_rollback(True)
    return found


def is_under_attack():
    """Whether so many codes were guessed in the last minute, by whoever, that everybody has to wait before a try."""
    return not Bucket.objects.peek("miss", "of all", most=MISSES_OF_ALL, seconds=60)


def may_ask_for_link(request, email):
    """Take one of the letters that may be asked for this address, and by this visitor."""
    by_visitor = Bucket.objects.take("lost by", address_of(request), most=20, seconds=3600)
    return by_visitor and Bucket.objects.take("lost", email.lower(), most=ASKED_AN_HOUR, seconds=3600)


def new_ticket():
    """What a form carries that shows when it was opened."""
    return signing.dumps(str(time.time_ns()), salt="workshops.ticket")


def use_ticket(ticket):
    """Whether a ticket is ours, old enough, and used for the first time."""
    try:
        opened = int(signing.loads(ticket, salt="workshops.ticket", max_age=TICKET_AGE))
    except (signing.BadSignature, ValueError):
        return False
    if time.time_ns() - opened < WAIT * 10**9:
        return False
    return Bucket.objects.take("ticket", ticket, most=1, seconds=TICKET_AGE * 24)
