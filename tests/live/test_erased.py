from tests.live.listening import Listener, session_of
from workshops import erasing
from workshops.models import Workshop


def test_an_erased_workshop_s_streams_end_at_once_and_no_other_s(serve, workshop, ana):
    second = Workshop.objects.create(team=workshop.team, title="Spring")
    address = serve()
    with (
        Listener(address, workshop.public_id, session_of(ana)) as erased,
        Listener(address, second.public_id, session_of(ana)) as other,
    ):
        erased.next_event()
        other.next_event()

        erasing.erase_workshop(workshop)

        assert erased.ends_within(3)
        assert not other.ends_within(1)


def test_an_erased_team_s_streams_end_at_once(serve, workshop, ana):
    with Listener(serve(), workshop.public_id, session_of(ana)) as page:
        page.next_event()

        erasing.erase_team(workshop.team)

        assert page.ends_within(3)
