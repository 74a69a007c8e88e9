"""A workshop that is open for writing: Mia and Tom take part in it, each with a browser of their own."""

from tests.people import make_workshop, take_seat
from workshops.models import Participant, Statement, Workshop
from workshops.models.public_id import new_public_id

KEY = "a-key-16-letters"
OTHER = "another-key-of-16"[:16]


def open_workshop(team, **fields):
    """A workshop in its writing stage, with a strategy in its brief and nobody in it yet."""
    made = make_workshop(team, people=0, items=0)
    made.rounds.all().delete()
    brief = {"stage": "write", "strategy": "We win the smallest builders first.", "question": "What do builders want?"}
    Workshop.objects.filter(pk=made.pk).update(**(brief | fields))
    made.refresh_from_db()
    return made


def join(workshop, name, role="sales"):
    """A participant of this name."""
    found = workshop.team.roles.get(key=role)
    return Participant.objects.create(workshop=workshop, key=name.lower(), name=name, role=found)


def sit_down(client, participant):
    """This client is the participant's browser."""
    take_seat(client, participant)
    return client


def write(participant, label="Get paid on time", kind="goal", **fields):
    """A statement that is kept already."""
    key = new_public_id()
    position = Statement.with_deleted.filter(participant=participant).count()
    defaults = {"draft": True, "position": position, "public_id": key, "key": key}
    return Statement.objects.create(
        workshop=participant.workshop, participant=participant, kind=kind, label=label, **(defaults | fields)
    )


def post(client, workshop, key, action="", **said):
    """Send a form as the page's script does; `said` begins as a new goal."""
    data = said if action else {"version": 0, "kind": "goal", "label": "Get paid on time"} | said
    address = f"/workshops/{workshop.public_id}/write/statements/{key}/{action}"
    return client.post(address, data, headers={"accept": "application/json"})


def kept(participant):
    """What is kept of somebody: key, version and label."""
    return list(Statement.objects.filter(participant=participant).values_list("public_id", "version", "label"))


def words(response):
    """Every error of a refusal."""
    return [line for lines in response.json()["errors"].values() for line in lines]
