"""What a facilitator's tests need: changing a workshop behind its back, and the words of a page."""

import datetime as dt
import re

from django.utils import timezone

from workshops.models import Workshop


def change(workshop, **fields):
    """Set fields of the workshop as they stand in the database."""
    Workshop.objects.filter(pk=workshop.pk).update(**fields)
    workshop.refresh_from_db()


def submit(workshop, name, *, seconds_ago=1):
    """This person is in, from `seconds_ago` on; below 0 it is not counted yet."""
    moment = timezone.now() - dt.timedelta(seconds=seconds_ago)
    workshop.participants.filter(name=name).update(submitted_at=moment)


def words(response):
    """What a page says, without markup."""
    main = response.content.decode().split("<main")[-1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def shown(client, workshop, part=""):
    """The words of the overview."""
    response = client.get(f"/workshops/{workshop.public_id}/overview/{part}")
    assert response.status_code == 200
    return words(response)
