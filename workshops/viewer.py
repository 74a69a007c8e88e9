"""Who is looking: a signed-in user, somebody who came in by a link or a code, both, or neither."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from .models import Participant, User
from .models.public_id import hash_of

DEVICES_KEY = "devices"  # in the session: the secrets of the seats that this browser holds, the newest last
MOST_DEVICES = 20


@dataclass(frozen=True)
class Viewer:
    """What every `visible_to` asks about.

    `seats` are the participants, observers and waiting guests whose personal link or code was used in this browser.
    """

    user: User | None = None
    seats: tuple[Participant, ...] = ()

    def seat_in(self, workshop):
        """This viewer's own row in `workshop`, be it as participant, observer or guest who waits; or None."""
        held = next((seat for seat in reversed(self.seats) if seat.workshop_id == workshop.pk), None)
        if held is None and self.user is not None:
            return Participant.everybody.filter(workshop=workshop, user=self.user).first()
        return held

    def participant_in(self, workshop):
        """This viewer's own participant in `workshop`, or None; observers and waiting guests are none."""
        seat = self.seat_in(workshop)
        return seat if seat is not None and seat.standing == Participant.Standing.ACCEPTED else None


NOBODY = Viewer()


@dataclass(frozen=True)
class Claim:
    """The account that a session says it is signed in to. Whoever reads the account next asks whether it `holds`."""

    user: int
    session_hash: str | None

    def holds(self, password):
        """Whether the session is still that account's, whose field `password` this is: what Django asks as well."""
        account = User.from_db(None, ["password"], [password])
        hashes = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
        return any(constant_time_compare(self.session_hash or "", each) for each in hashes)


def claim_of(session):
    """What a session claims, without a look at the account; None when it is nobody's."""
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or SESSION_KEY not in session:
        return None
    return Claim(User._meta.pk.to_python(session[SESSION_KEY]), session.get(HASH_SESSION_KEY))


def device_hashes(session):
    """Hashes of the secrets that this browser holds, the newest last."""
    return [hash_of(secret) for secret in session.get(DEVICES_KEY) or []]


def viewer_of(user, session):
    """The viewer behind a request's `user` and session."""
    hashes = device_hashes(session)
    seats = Participant.everybody.filter(devices__secret_hash__in=hashes).order_by("devices__pk") if hashes else ()
    return Viewer(user=user if user.is_authenticated else None, seats=tuple(seats))


def admit(request, participant):
    """Let this browser in as `participant`, under a new session id."""
    request.session.cycle_key()
    held = [*request.session.get(DEVICES_KEY, []), participant.new_device()]
    request.session[DEVICES_KEY] = held[-MOST_DEVICES:]


def forget_device(request, device):
    """Drop what this browser holds of a device that was signed out."""
    held = request.session.get(DEVICES_KEY) or []
    request.session[DEVICES_KEY] = [secret for secret in held if hash_of(secret) != device.secret_hash]


class ViewerMiddleware:
    """Sets `request.viewer`, looked up when first asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user, request.session))
        return self.get_response(request)
