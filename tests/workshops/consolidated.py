"""A workshop whose writing is closed: each statement is an item of its own, and Ana's client is at the board."""

from tests.people import account
from tests.workshops.writers import join, open_workshop, write
from workshops import stages
from workshops.models import Membership, Participant
from workshops.viewer import Viewer


def gathered(team, **said):
    """Closes writing after each person, by name, submitted (label, meaning) goals, or (label, meaning, kind)."""
    workshop = open_workshop(team)
    for name, statements in said.items():
        person = join(workshop, name.title())
        for label, meaning, *kind in statements:
            write(person, label, *kind, meaning=meaning, draft=False)
    close_writing(workshop)
    return workshop


def close_writing(workshop):
    """What the facilitator's button does; everybody is in."""
    Participant.objects.filter(workshop=workshop).update(submitted_at=workshop.created_at)
    user = account("Ana")
    workshop.team.add_member(user, Membership.Access.FACILITATOR)
    workshop.refresh_from_db()
    stages.move(workshop, "consolidate", seen=workshop.stage_version, viewer=Viewer(user=user))


class Table:
    """One facilitator at the board, through the front door."""

    def __init__(self, client, workshop):
        self.client, self.workshop = client, workshop
        self.address = f"/workshops/{workshop.public_id}/consolidate/"

    def item(self, title):
        """The item of this title."""
        return self.workshop.items.get(title=title)

    def known(self, *titles):
        """Items of these titles as the page names them, with their versions."""
        return [f"{item.public_id}:{item.version}" for item in map(self.item, titles)]

    def post(self, where, **data):
        """Send a form."""
        return self.client.post(self.address + where, data)

    def merge(self, *titles, **more):
        """Tick these and put them together."""
        return self.post("merge/", item=self.known(*titles), **more)

    def change(self, title, what, /, **data):
        """Send one of the forms of an item's panel."""
        item = self.item(title)
        return self.post(f"items/{item.public_id}/{what}/", **({"version": item.version} | data))

    def move(self, label, to=""):
        """Move a statement to the item of this title, or out."""
        row = self.workshop.statements.get(label=label)
        target = self.known(to)[0] if to else ""
        return self.post(f"statements/{row.public_id}/place/", from_version=row.item.version, to=target)

    @property
    def stands(self):
        """What the items hold: labels by title, in alphabetical order."""
        return {
            item.title: sorted(item.statements.values_list("label", flat=True)) for item in self.workshop.items.all()
        }

    @property
    def everything(self):
        """All that undo has to bring back: of each item every field but its number and version."""
        fields = ("public_id", "key", "kind", "title", "definition", "parent__key", "set_aside")
        holds = self.workshop.statements.order_by("label", "pk").values_list("label", "item__key")
        merges = self.workshop.merges.values_list("one__label", "other__label", "answer")
        return sorted(self.workshop.items.values_list(*fields)), list(holds), sorted(merges)

    @property
    def seen(self):
        """The number of the last change that holds."""
        last = self.workshop.edits.filter(undone_at__isnull=True).first()
        return last.number if last else 0

    def undo(self):
        """Press Undo."""
        return self.post("undo/", seen=self.seen)

    def redo(self):
        """Press Redo."""
        return self.post("redo/", seen=self.seen)
