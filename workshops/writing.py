"""Writing alone: every change of what one participant says, each in one transaction in which the stage cannot close.

A write names the version it changes. One that lost an answer and is sent again does nothing twice; one that another
window overtook is told what stands there now, and nothing is lost silently.
"""

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import writing_links
from .models import Readiness, Statement
from .writing_links import Refused

MOST_STATEMENTS = 60
MOST_WITH_DELETED = 240
MOST_IN_WORKSHOP = 5000
TEXTS = ("label", "meaning", "example", "evidence")
QUESTIONS = ("vision", "voice", "decides", "help")


class Stale(Exception):
    """Another window was faster; `current` is what stands there now, None when there is nothing any more."""

    def __init__(self, current):
        super().__init__()
        self.current = current


# -- statements --------------------------------------------------------------------------------------------------------
# Saving runs on every pause in typing, so its statements are plain SQL: through the ORM they cost twice as much.
FIELDS = ["id", "public_id", "workshop_id", "participant_id", "kind", *TEXTS, "version", "deleted_at"]
LINKED = """ARRAY(
    SELECT l.kind || ' ' || t.public_id FROM workshops_link l JOIN workshops_statement t ON t.id = l.to_statement_id
    WHERE l.from_statement_id = s.id AND t.deleted_at IS NULL ORDER BY l.kind COLLATE "C", t.public_id COLLATE "C")"""
READ = f"""
SELECT {", ".join(f"s.{name}" for name in FIELDS)}, {LINKED}
FROM workshops_statement s WHERE s.public_id = %s
"""  # noqa: S608  names of columns
WRITE = """
UPDATE workshops_statement
SET label = %s, meaning = %s, example = %s, evidence = %s, draft = %s, deleted_at = NULL, version = version + 1
WHERE id = %s
"""
# Mostly somebody types on, and nothing but their words has changed: then this is all it takes. It leaves alone whatever
# needs a second look: another version, a deleted one, the same words again, other links.
TYPE_ON = f"""
UPDATE workshops_statement s
SET ({", ".join(TEXTS)}) = (%(label)s, %(meaning)s, %(example)s, %(evidence)s), draft = %(draft)s, version = version + 1
WHERE public_id = %(key)s AND participant_id = %(participant)s AND version = %(version)s AND kind = %(kind)s
    AND deleted_at IS NULL
    AND ({", ".join(TEXTS)}) IS DISTINCT FROM (%(label)s, %(meaning)s, %(example)s, %(evidence)s)
    AND {LINKED} = %(links)s::text[]
RETURNING version
"""  # noqa: S608  names of columns


def own(seat, key):
    """The statement of this key, deleted or not; `linked` says what its links lead to. None when there is none.

    Raises
    ------
    Statement.DoesNotExist
        If it is somebody else's.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    found = Statement.from_db(connection.alias, FIELDS, row[:-1])
    found.linked = row[-1]
    if found.participant_id != seat.participant_id:
        raise Statement.DoesNotExist
    return found


def _existing(seat, key):
    found = own(seat, key)
    if found is None:
        raise Statement.DoesNotExist
    return found


def save(seat, key, said):
    """Keep what was written under `key`; equal requests, however many and however late, make one statement.

    Parameters
    ----------
    seat : Seat
    key : str
        Made by the server for a form that was blank then.
    said : dict
        What `StatementForm` cleaned.

    Returns
    -------
    int
        The version that stands there now.

    Raises
    ------
    Stale, Refused
    Statement.DoesNotExist
        If the key is somebody else's.
    """
    version = _type_on(seat, key, said) if said["version"] else None
    if version is None:
        found = own(seat, key)
        version = (_add(seat, key, said) if found is None else _change(seat, found, said)).version
    return version


def _type_on(seat, key, said):
    """Keep new words where nothing else is new. None when it is not that simple, and then nothing has changed."""
    place = {"key": key, "participant": seat.participant_id, "version": said["version"], "kind": said["kind"]}
    words = {name: said[name] for name in TEXTS} | {"draft": _is_draft(seat, said["label"])}
    links = sorted(f"{link} {key}" for link in writing_links.MAY[said["kind"]] for key in said[link])
    with connection.cursor() as cursor:
        cursor.execute(TYPE_ON, place | words | {"links": links})
        row = cursor.fetchone()
    return row and row[0]


def _add(seat, key, said):
    if said["version"]:
        raise Stale(None)
    statement = Statement(
        public_id=key,
        key=key,
        workshop_id=seat.workshop_id,
        participant_id=seat.participant_id,
        kind=said["kind"],
        position=_room(seat),
        **{name: said[name] for name in TEXTS},
    )
    statement.draft = _is_draft(seat, statement.label)
    ends = writing_links.ends(statement, said)
    try:
        with transaction.atomic():
            statement.save(force_insert=True)
    except IntegrityError as error:  # somebody else's, made this instant
        raise Statement.DoesNotExist from error
    writing_links.draw(statement, ends)
    return statement


def _is_draft(seat, label):
    """Once somebody has submitted, whatever they add or change counts too, as soon as it has a label."""
    return not (seat.has_submitted and label)


def _room(seat):
    """The place after the last one; refused when there are too many."""
    mine = Statement.with_deleted.filter(participant=seat.participant_id).aggregate(
        kept=Count("pk", filter=Q(deleted_at__isnull=True)), all=Count("pk"), last=Max("position")
    )
    if mine["kept"] >= MOST_STATEMENTS or mine["all"] >= MOST_WITH_DELETED:
        raise Refused(
            ngettext(
                "You have %(n)d statement; more are not taken. Delete one to add another.",
                "You have %(n)d statements; more are not taken. Delete one to add another.",
                mine["kept"],
            )
            % {"n": mine["kept"]}
        )
    if Statement.with_deleted.filter(workshop=seat.workshop_id).count() >= MOST_IN_WORKSHOP:
        raise Refused(_("This workshop is full: it takes no more statements. Please tell the facilitator."))
    return 0 if mine["last"] is None else mine["last"] + 1


def _change(seat, found, said):
    links = writing_links.Change(found, said)
    new = {name: said[name] for name in TEXTS}
    is_same = not links and all(getattr(found, name) == value for name, value in new.items())
    if is_same and found.deleted_at is None:
        return found  # sent again, because the answer got lost
    if said["version"] != found.version:
        raise Stale(found)
    for name, value in new.items():
        setattr(found, name, value)
    # Whoever keeps writing on a deleted one was told, and wants it back.
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [*new.values(), _is_draft(seat, found.label), found.pk])
    found.version += 1
    links.apply()
    return found


def delete(seat, key, version):
    """Take a statement away, until `restore` or until the stage closes. Deleting it twice is deleting it."""
    return _mark(seat, key, version, deleted=True)


def restore(seat, key, version):
    """Bring back what was deleted, with its links."""
    return _mark(seat, key, version, deleted=False)


def _mark(seat, key, version, *, deleted):
    found = _existing(seat, key)
    if (found.deleted_at is not None) == deleted:
        return found
    if found.version != version:
        raise Stale(found)
    if not deleted and Statement.objects.filter(participant=seat.participant_id).count() >= MOST_STATEMENTS:
        raise Refused(_("You have as many statements as are taken. Delete another one first."))
    found.deleted_at = timezone.now() if deleted else None
    found.draft = _is_draft(seat, found.label)
    found.version += 1
    found.save(update_fields=["deleted_at", "draft", "version"])
    return found


def move(seat, key, version, *, to):
    """Move a statement one place `up` or `down` among those of its kind; at the end it stays where it is."""
    found = _existing(seat, key)
    if found.version != version or found.deleted_at is not None:
        raise Stale(found)
    order = list(Statement.objects.filter(participant=seat.participant_id, kind=found.kind))
    here = order.index(found)
    there = here + (1 if to == "down" else -1)
    if not 0 <= there < len(order):
        return found
    order[here].version += 1
    _swap(order, here, there)
    return order[there]


def _swap(order, here, there):
    """The places of the kind stay the same set, so that no other kind's are touched; rows of equal place part."""
    places = sorted(each.position for each in order)
    if len(set(places)) < len(places):
        places = list(range(places[0], places[0] + len(places)))
    order[here], order[there] = order[there], order[here]
    for statement, place in zip(order, places, strict=True):
        statement.position = place
    Statement.objects.bulk_update(order, ["position", "version"])


# -- warm-up -----------------------------------------------------------------------------------------------------------
def save_readiness(seat, said):
    """Keep the strategy in their words and the four answers. That it is there also says that the question was met."""
    new = {name: said[name] for name in ("strategy", *QUESTIONS)}
    found = Readiness.objects.filter(participant=seat.participant_id).first()
    if found is None:
        if said["version"]:
            raise Stale(None)
        return Readiness.objects.create(workshop_id=seat.workshop_id, participant_id=seat.participant_id, **new)
    if all(getattr(found, name) == value for name, value in new.items()):
        return found
    if said["version"] != found.version:
        raise Stale(found)
    for name, value in new.items():
        setattr(found, name, value)
    found.version += 1
    found.save(update_fields=[*new, "version"])
    return found
