"""The brief of a workshop: read as a whole, and saved as a whole only over what whoever saves it has seen."""

import hashlib
import json
from datetime import UTC

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from . import audit, candour, live
from .models import Segment, Workshop

FIELDS = (
    "title",
    "question",
    "segment",
    "strategy",
    "horizon",
    "candour",
    "k",
    "deadline",
    "live_at",
    "time_zone",
)
PROMISE = {"candour", "k"}


class ChangedMeanwhile(Exception):
    """Somebody saved another brief since this one was read. `stored` is theirs."""

    def __init__(self, stored):
        super().__init__()
        self.stored = stored


class CannotLoosen(Exception):
    """The promise that people have answered under would be broken; the message says so in words for people."""

    def __init__(self):
        super().__init__(_("Somebody has answered under this promise already: it can only be made stricter now."))


def values_of(workshop):
    """The brief as it is stored: the segment by its name, moments to the minute."""
    values = {name: getattr(workshop, name) for name in FIELDS}
    values["segment"] = workshop.segment.name if workshop.segment else ""
    for name in ("deadline", "live_at"):
        values[name] = values[name] and values[name].astimezone(UTC).replace(second=0, microsecond=0)
    return values


def version_of(values):
    """A short name of exactly these values, for a form to carry."""
    written = json.dumps([str(values[name] or "") for name in FIELDS])
    return hashlib.sha256(written.encode()).hexdigest()[:24]


def save(workshop, values, *, seen, viewer):
    """Store the brief; saving the same twice changes nothing.

    Parameters
    ----------
    workshop : Workshop
    values : dict
        A value for each of FIELDS.
    seen : str
        The version that the form was filled with.
    viewer : Viewer
        Who saves it, for the audit trail.

    Raises
    ------
    ChangedMeanwhile
        If the stored brief is neither what was seen nor what is to be saved. Nothing has changed then.
    CannotLoosen
        If it would show more than was promised to somebody who has answered. Nothing has changed then.
    """
    try:
        with transaction.atomic():
            _save(workshop, values, seen, viewer)
    except IntegrityError as error:
        # The trigger has seen an answer that came after we asked.
        if "candour only tightens" in str(error):
            raise CannotLoosen from error
        raise


def _save(workshop, values, seen, viewer):
    locked = Workshop.objects.select_for_update(of=["self"]).select_related("segment").get(pk=workshop.pk)
    stored = values_of(locked)
    if stored != values and version_of(stored) != seen:
        raise ChangedMeanwhile(stored)
    changed = {name for name in FIELDS if stored[name] != values[name]}
    if not changed:
        return
    if candour.loosens(locked, values["candour"], values["k"]) and candour.has_answers(locked):
        raise CannotLoosen
    for name in changed - {"segment"}:
        setattr(locked, name, values[name])
    if "segment" in changed:
        locked.segment = segment_named(locked.team_id, values["segment"])
    locked.save(update_fields=changed)
    _record(locked, changed, viewer)
    live.announce(locked, "stage")


def segment_named(team_id, name):
    """The team's segment of this name, made where there is none; None for no name."""
    return Segment.objects.get_or_create(team_id=team_id, name=name)[0] if name else None


def _record(workshop, changed, viewer):
    if changed & PROMISE:
        audit.record(workshop, viewer, audit.Action.CANDOUR, f"{workshop.candour}, k = {workshop.k}")
    if changed - PROMISE:
        about = ", ".join(name for name in FIELDS if name in changed - PROMISE)
        audit.record(workshop, viewer, audit.Action.BRIEF, about)
