"""Who is looking: a signed-in user, a participant without an account, or neither."""

from dataclasses import dataclass

from django.utils.functional import SimpleLazyObject

from .models import Participant, User

PARTICIPANT_KEY = "participant"  # in the session: the id of the guest's participant


@dataclass(frozen=True)
class Viewer:
    """What every `visible_to` asks about."""

    user: User | None = None
    participant: Participant | None = None

    def participant_in(self, workshop):
        """This viewer's own participant in `workshop`, or None."""
        if self.participant is not None and self.participant.workshop_id == workshop.pk:
            return self.participant
        if self.user is not None:
            return Participant.objects.filter(workshop=workshop, user=self.user).first()
        return None


NOBODY = Viewer()


def viewer_of(user, session):
    """The viewer behind a request's `user` and session."""
    participant_id = session.get(PARTICIPANT_KEY)
    participant = Participant.objects.filter(pk=participant_id).first() if participant_id else None
    return Viewer(user=user if user.is_authenticated else None, participant=participant)


class ViewerMiddleware:
    """Sets `request.viewer`, looked up when first asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user, request.session))
        return self.get_response(request)
