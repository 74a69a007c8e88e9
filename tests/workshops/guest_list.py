"""The people of a workshop for tests of the pages about them."""

from workshops.models import Participant


def put_in(workshop, name, role="design", **more):
    """Somebody in the workshop, of NAME@example.com."""
    standing = more.pop("standing", "accepted")
    held = None if standing == "observer" else workshop.team.roles.get(key=role)
    defaults = {"email": f"{name.lower()}@example.com", "key": name} | more
    return Participant.everybody.create(workshop=workshop, name=name, role=held, standing=standing, **defaults)


def there(workshop):
    """Who is in the workshop: name, address, role or standing, and whether an account belongs to it."""
    people = Participant.everybody.filter(workshop=workshop).select_related("role").order_by("name")
    return [(p.name, p.email, p.role.key if p.role else p.standing, p.user.name if p.user else None) for p in people]


def audited(workshop):
    """The trail, the oldest first."""
    return [(e.actor, e.action, e.about) for e in reversed(workshop.audit.all())]


def paste(client, workshop, lines, place=""):
    """Add people by a pasted list."""
    return client.post(f"/workshops/{workshop.public_id}/people/", {"lines": lines, "place": place})


def read(client, workshop):
    """The page as HTML."""
    return client.get(f"/workshops/{workshop.public_id}/people/").content.decode()
